using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Nacre.Binary;
using Nacre.Runtime;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre.Compiler;

/// <summary>A module's code for instances whose memory 0 is protected in one of the two ways.</summary>
/// <remarks>
/// Each function becomes a class of its own in a collectible assembly, so that nothing is compiled that is not called, and the code goes
/// with the module. Safe because entries are written once, under the lock, when the code behind them is complete.
/// </remarks>
[RequiresDynamicCode("Compiles guest code at run time.")]
internal sealed unsafe class CodeVariant : CodeTarget
{
    // Beyond this many bytes a function takes so long to compile that a thread for it does not matter.
    private const int LargeByteCount = 4 * 1024;

    private const int FirstCatchTables = 4;

    private readonly Lock _compiling = new();
    private readonly CellArena _arena = new();
    private readonly ModuleBuilder _classes;
    private readonly MethodInfo?[] _methods;
    private readonly OffsetMap?[][] _offsets;         // of each function, of each piece
    private readonly Dictionary<int, SplitFunction> _split = [];
    private readonly Dictionary<int, Exception> _failures = [];
    private CatchTable[] _catchTables = [];
    private int _catchTableCount;

    /// <summary>Makes no code yet.</summary>
    public CodeVariant(CompilerEngine engine, ValidatedModule module, bool isGuarded) : base(module, engine.Options, isGuarded)
    {
        Engine = engine;
        int count = module.Definition.Functions.Length;
        Entries = (nint*)_arena.Allocate(count);
        _methods = new MethodInfo?[count];
        _offsets = new OffsetMap?[count][];
        _classes = DynamicCode.DefineModule(DynamicCode.GuestPrefix, out string assemblyName);
        AssemblyName = assemblyName;
        engine.GuestCode.Add(this);
    }

    /// <summary>The engine.</summary>
    public CompilerEngine Engine { get; }

    /// <summary>Name of the assembly that the code is in, by which its frames are recognised.</summary>
    public string AssemblyName { get; }

    /// <summary>Addresses of the defined functions, 0 until compiled. They stay where they are as long as this object.</summary>
    public nint* Entries { get; }

    /// <summary>Compiles defined function <paramref name="definedIndex"/>, unless another thread has.</summary>
    /// <returns>Its address.</returns>
    /// <exception cref="NotSupportedException">It is more than the .NET runtime can take. No function is known that is.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public nint Compile(int definedIndex)
    {
        lock (_compiling)
        {
            if (Entries[definedIndex] != 0) return Entries[definedIndex];
            if (_failures.TryGetValue(definedIndex, out Exception? known)) throw Failure(definedIndex, known);
            bool isLarge = Module.Definition.Functions[definedIndex].Body.Bytes.Length > LargeByteCount;
            try
            {
                return AmpleStack.Run(isLarge, () => CompileNow(definedIndex));
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // Its class is there, half-made, so there is no second attempt; and nothing may call what is in it.
                _failures.Add(definedIndex, exception);
                _methods[definedIndex] = null;
                if (!Engine.Options.InterpretsRefused) throw Failure(definedIndex, exception);
                nint detour = Adapters.MakeDetour(_classes, Module.IndexOf(definedIndex), Module);
                Volatile.Write(ref Entries[definedIndex], detour);
                return detour;
            }
        }
    }

    /// <summary>Whether a function could not be compiled.</summary>
    public bool IsRefused(int definedIndex)
    {
        lock (_compiling) return _failures.ContainsKey(definedIndex);
    }

    private NotSupportedException Failure(int definedIndex, Exception reason)
        => new($"Function {Module.IndexOf(definedIndex).Value} cannot be compiled ({reason.Message}); the interpreter can run it.", reason);

    // To be called under the lock, though perhaps by another thread than holds it.
    private nint CompileNow(int definedIndex)
    {
        FuncIndex index = Module.IndexOf(definedIndex);
        var signature = new ClrSignature(Module.Functions[index.Value].Func!);
        MethodBuilder method = Define(index, signature);
        LargeFrame? large = LargeFrame.Of(Module.Definition.Functions[definedIndex], this);
        MethodBuilder? gate = large is null
            ? null
            : LargeFrame.DefineGate(DynamicCode.DefineClass(_classes, DynamicCode.GateClassName(index)), method.Name, signature);
        _methods[definedIndex] = gate ?? method;
        var lowering = new FunctionLowering(this, index, signature, method, method.GetILGenerator());
        OffsetMap offsets = lowering.Lower();
        if (SplitPlanOf(lowering, signature, definedIndex) is { } plan) return Split(index, signature, plan);
        _offsets[definedIndex] = [offsets];
        nint entry = large is null ? MakeCode(method) : MakeGated(large, gate!, method, signature);
        Volatile.Write(ref Entries[definedIndex], entry);
        return entry;
    }

    private static nint MakeCode(MethodBuilder method)
        => DynamicCode.AddressOf(DynamicCode.Create((TypeBuilder)method.DeclaringType!), method);

    // The body is compiled here as well, and not on the stack of whoever comes through the gate first.
    private nint MakeGated(LargeFrame large, MethodBuilder gate, MethodBuilder method, ClrSignature signature)
    {
        if (FitsStack(large.ByteCount))
        {
            large.EmitGate(gate.GetILGenerator(), method, signature);
            MakeCode(method);
        }
        else if (Engine.Options.InterpretsRefused) throw TooLargeFrame(large.ByteCount);
        else LargeFrame.EmitClosedGate(gate.GetILGenerator());
        return MakeCode(gate);
    }

    private bool FitsStack(long byteCount) => byteCount <= Engine.StackByteCount;

    private NotSupportedException TooLargeFrame(long byteCount)
        => new($"its frame may take {byteCount} bytes, and there are {Engine.StackByteCount} for the whole stack");

    /// <summary>Defines the class and the method of a function, which have no code yet.</summary>
    public MethodBuilder Define(FuncIndex function, ClrSignature signature)
    {
        TypeBuilder type = DynamicCode.DefineClass(_classes, DynamicCode.ClassName(function));
        return DynamicCode.DefineMethod(type, MethodName(function), signature.ClrResult, signature.ClrParameters);
    }

    /// <summary>Compiles a defined function with all of its pieces, unless it is.</summary>
    public void CompileWhole(int definedIndex)
    {
        Compile(definedIndex);
        SplitFunction? split;
        lock (_compiling) split = SplitOf(definedIndex);
        foreach (Piece piece in split?.Plan.Pieces ?? [])
            if (piece.Index == 0 || !piece.IsCopied) CompilePiece(definedIndex, piece.Entries[0].Number);
    }

    /// <summary>How a function that was lowered is cut into pieces; null when it is compiled as one.</summary>
    public SplitPlan? SplitPlanOf(FunctionLowering lowering, ClrSignature signature, int definedIndex)
    {
        if (lowering.Survey is not { } survey) return null;
        FuncDefinition function = Module.Definition.Functions[definedIndex];
        var kinds = new List<ValueKind>(signature.Parameters);
        foreach (LocalRun run in function.Locals) kinds.AddRange(Enumerable.Repeat(ValueKinds.Of(run.Type), (int)run.Count));
        return SplitPlanner.Plan(survey, [.. kinds], function.Body.ByteOffset, signature.Results.Length, Engine.Options.SplitLimits);
    }

    // The method that was lowered in one piece is left without a class.
    private nint Split(FuncIndex index, ClrSignature signature, SplitPlan plan)
    {
        int definedIndex = Module.DefinedIndexOf(index);
        SplitFunction split = Cut(index, signature, plan);
        if (Engine.Options.InterpretsRefused && !FitsStack(split.FrameByteCount)) throw TooLargeFrame(split.FrameByteCount);
        _split.Add(definedIndex, split);
        _offsets[definedIndex] = new OffsetMap?[plan.Pieces.Length];
        nint entry = split.Create(out MethodInfo method);
        _methods[definedIndex] = method;
        Volatile.Write(ref Entries[definedIndex], entry);
        return entry;
    }

    /// <summary>A function in pieces, of which none is compiled yet.</summary>
    public SplitFunction Cut(FuncIndex function, ClrSignature signature, SplitPlan plan)
        => new(this, _classes, function, MethodName(function), signature, plan);

    /// <summary>Compiles the piece of a function that a way in belongs to, unless another thread has.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void CompilePiece(int definedIndex, int entryNumber)
    {
        lock (_compiling)
        {
            SplitFunction split = _split[definedIndex];
            Piece piece = split.PieceOfEntry(entryNumber);
            if (_offsets[definedIndex][piece.Index] is null)
                _offsets[definedIndex][piece.Index] = AmpleStack.Run(needsMuch: true, () => split.Compile(piece));
        }
    }

    /// <summary>A function that was cut into pieces; null for others.</summary>
    public SplitFunction? SplitOf(int definedIndex) => _split.GetValueOrDefault(definedIndex);

    // There are methods for what is compiled, and for the function that is being compiled and may call itself.
    /// <inheritdoc/>
    public override MethodInfo? MethodOf(int definedIndex) => _methods[definedIndex];

    /// <inheritdoc/>
    public override void EmitEntry(ILGenerator il, int definedIndex)
    {
        EmitAddress(il, Entries + definedIndex);
        il.Emit(OpCodes.Ldind_I);
    }

    /// <inheritdoc/>
    public override ulong* AllocateConstant(int slotCount) => _arena.Allocate(slotCount);

    /// <inheritdoc/>
    public override void EmitAddressOf(ILGenerator il, ulong* constant) => EmitAddress(il, constant);

    /// <inheritdoc/>
    public override void EmitTypeId(ILGenerator il, int type) => il.Emit(OpCodes.Ldc_I4, (int)Module.Types[type].Id);

    /// <inheritdoc/>
    public override void EmitWayIn(ILGenerator il, SplitFunction function, int number) => EmitAddress(il, function.Entries + number);

    // Running code of other threads reads the array, but no more of it than was there when that code was made.
    /// <inheritdoc/>
    public override int Add(CatchTable table)
    {
        if (_catchTableCount == _catchTables.Length)
        {
            CatchTable[] larger = new CatchTable[Math.Max(FirstCatchTables, 2 * _catchTableCount)];
            _catchTables.CopyTo(larger, 0);
            Volatile.Write(ref _catchTables, larger);
        }
        _catchTables[_catchTableCount] = table;
        return _catchTableCount++;
    }

    private static void EmitAddress(ILGenerator il, void* address)
    {
        il.Emit(OpCodes.Ldc_I8, (long)address);
        il.Emit(OpCodes.Conv_I);
    }

    /// <summary>The clauses of a <c>try</c>.</summary>
    public CatchTable CatchTableAt(int number) => _catchTables[number];

    /// <summary>Where the instruction lies that a frame of a function is at.</summary>
    /// <param name="function">The function.</param>
    /// <param name="piece">Its piece, if it is cut.</param>
    /// <param name="ilOffset">The place in CIL. RyuJIT tells where the expression begins, and forgets what is inside of it.</param>
    /// <param name="isCause">Whether an instruction can be what is looked for: the first one is taken that can.</param>
    public int ByteOffsetOf(FuncIndex function, int piece, int ilOffset, Func<Opcode, bool> isCause)
    {
        int definedIndex = Module.DefinedIndexOf(function);
        Expr body = Module.Definition.Functions[definedIndex].Body;
        int first = _offsets[definedIndex]?[piece]?.ByteOffsetOf(ilOffset) ?? body.ByteOffset;
        var reader = new InstructionReader(body.Bytes.Span[(first - body.ByteOffset)..], first, WasmFeatures.All);
        while (reader.Read())
            if (isCause(reader.Opcode)) return reader.ByteOffset;
        return first;
    }

    // For people who look at profiles.
    private string MethodName(FuncIndex index)
    {
        const int LongestName = 200;
        string name = Module.Names.FunctionName(index) ?? $"func{index.Value}";
        name = string.Concat(name.Select(letter => char.IsControl(letter) ? '_' : letter));     // names are lines of profiles
        if (name == ConstructorInfo.ConstructorName || name == ConstructorInfo.TypeConstructorName) name += '_';     // which no other method may be called
        return name.Length == 0 ? "_" : name.Length > LongestName ? name[..LongestName] : name;
    }
}
