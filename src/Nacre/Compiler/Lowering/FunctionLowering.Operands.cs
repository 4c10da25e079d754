using System.Diagnostics.CodeAnalysis;
using System.Reflection.Emit;

namespace Nacre.Compiler;

/// <content>The operand stack.</content>
/// <remarks>
/// Of the operands that belong to the innermost block, some of the lowest lie on CIL's stack, in order, and those above are loaded when
/// something below an instruction's result needs them. Those of the blocks around are not on CIL's stack.
/// </remarks>
internal sealed partial class FunctionLowering
{
    private enum Home : byte
    {
        /// <summary>On CIL's stack.</summary>
        Stack,
        /// <summary>Known: <see cref="Operand.Bits"/>. Of kind reference: null.</summary>
        Constant,
        /// <summary>In a local of the guest, which has not been changed since.</summary>
        Local,
        /// <summary>In a variable of its own.</summary>
        Variable,
        /// <summary>In the array for operands of its kind, as element <see cref="Operand.Local"/>.</summary>
        Element,
    }

    private struct Operand
    {
        public ValueKind Kind;
        public Home Home;
        public bool OwnsVariable;
        /// <summary>Whether <see cref="Bits"/> is the value, wherever it is.</summary>
        public bool IsConstant;
        /// <summary>Where the value comes from, but for what <see cref="Home"/> tells.</summary>
        public Origin Origin;
        public uint Local;
        public ulong Bits;
        public LocalBuilder? Variable;
    }

    private readonly Stack<LocalBuilder>[] _freeVariables = [.. Enumerable.Range(0, ValueKinds.Count).Select(_ => new Stack<LocalBuilder>())];
    private Operand[] _operands = new Operand[32];
    private int _count;
    private int _base0;         // where the innermost block's operands begin, but for those that were settled to keep CIL's stack low
    private int _onStack;       // how many of those are on CIL's stack
    private int _unbroken;      // how many instructions were lowered since CIL's stack was empty

    private ref Operand Top => ref _operands[_count - 1];

    // RyuJIT makes a tree of what happens on CIL's stack, and walks trees by calling itself.
    private const int MaxPendingOperands = 64, MaxUnbrokenInstructions = 128;

    /// <summary>Keeps expressions from becoming deeper than RyuJIT can take.</summary>
    private void BoundPendingOperands()
    {
        LowerFloor();
        if (_count - _base0 > MaxPendingOperands)
        {
            Settle();
            _base0 = _count;
        }
        if (_onStack == 0) _unbroken = 0;
        else if (++_unbroken > MaxUnbrokenInstructions) Unstack();
    }

    // An instruction may use operands that were settled.
    private void LowerFloor()
    {
        if (_count < _base0) _base0 = _count;
    }

    /// <summary>Sees to it that the topmost operands belong to those that are loaded onto CIL's stack.</summary>
    private void Reach(int count)
    {
        if (_count - count >= _base0) return;
        Unstack();
        _base0 = _count - count;
    }

    private void Push(Operand operand)
    {
        LowerFloor();
        if (_count == _operands.Length) Array.Resize(ref _operands, _count * 2);
        _operands[_count++] = operand;
    }

    /// <summary>Says that the emitted code left a value on CIL's stack.</summary>
    private void PushStack(ValueKind kind)
    {
        Push(new Operand { Kind = kind, Home = Home.Stack });
        _onStack++;
    }

    private void PushConstant(ValueKind kind, ulong bits) => Push(new Operand { Kind = kind, Home = Home.Constant, IsConstant = true, Bits = bits });

    private void PushVariable(ValueKind kind, LocalBuilder variable, bool owns, Origin origin = Origin.None)
        => Push(new Operand { Kind = kind, Home = Home.Variable, Variable = variable, OwnsVariable = owns, Origin = origin });

    /// <summary>Loads the top <paramref name="count"/> operands and all below them onto CIL's stack and takes the former off the operand stack.</summary>
    private void Take(int count)
    {
        Load(count);
        _count -= count;
        _onStack -= count;
    }

    /// <summary>Takes the top operands into variables, to be given back when they have been loaded.</summary>
    private LocalBuilder[] TakeIntoVariables(int count)
    {
        var variables = new LocalBuilder[count];
        Load(count);
        for (int i = count - 1; i >= 0; i--)
        {
            variables[i] = Rent(Top.Kind);
            _il.Emit(OpCodes.Stloc, variables[i]);
            _count--;
            _onStack--;
        }
        return variables;
    }

    /// <summary>Loads the topmost operands onto CIL's stack, wherever they are, and all below them that belong there.</summary>
    private void Load(int count)
    {
        Reach(count);
        LoadAll();
    }

    /// <summary>Loads all operands onto CIL's stack but those that were settled, for an instruction that takes none.</summary>
    private void LoadAll()
    {
        LowerFloor();
        for (int i = _base0 + _onStack; i < _count; i++) LoadAt(i);
        _onStack = _count - _base0;
    }

    private void LoadAt(int index)
    {
        ref Operand operand = ref _operands[index];
        EmitLoad(in operand);
        operand.Origin = OriginOf(in operand);
        Forget(ref operand);
        operand.Home = Home.Stack;
    }

    private void Forget(ref Operand operand)
    {
        if (operand.OwnsVariable) Free(operand.Variable!, operand.Kind);
        operand.OwnsVariable = false;
        operand.Variable = null;
    }

    /// <summary>Moves what is on CIL's stack into variables.</summary>
    private void Unstack()
    {
        for (int i = _base0 + _onStack - 1; i >= _base0; i--)
        {
            ref Operand operand = ref _operands[i];
            operand.Variable = Rent(operand.Kind);
            operand.OwnsVariable = true;
            operand.Home = Home.Variable;
            _il.Emit(OpCodes.Stloc, operand.Variable);
        }
        _onStack = 0;
    }

    /// <summary>The same, and locals are copied: what follows may change them.</summary>
    private void Settle()
    {
        Unstack();
        if (_count > MaxOperandsInVariables) MoveToArrays();
        for (int i = _base0; i < _count; i++)
        {
            ref Operand operand = ref _operands[i];
            if (operand.Home != Home.Local) continue;
            EmitLoad(in operand);
            operand.Origin = OriginOf(in operand);
            operand.Variable = Rent(operand.Kind);
            operand.OwnsVariable = true;
            operand.Home = Home.Variable;
            _il.Emit(OpCodes.Stloc, operand.Variable);
        }
    }

    // CIL has no more than 65,535 local variables.
    private const int MaxOperandsInVariables = 1_000;

    private readonly LocalBuilder?[] _arrays = new LocalBuilder?[ValueKinds.Count];

    private void MoveToArrays()
    {
        Span<bool> isReady = stackalloc bool[ValueKinds.Count];
        for (int i = _base0; i < _count; i++)
        {
            ref Operand operand = ref _operands[i];
            if (operand.Home is Home.Constant or Home.Element) continue;
            LocalBuilder array = ArrayFor(operand.Kind);
            if (!isReady[(int)operand.Kind]) EmitEnsureArray(array, operand.Kind);
            isReady[(int)operand.Kind] = true;
            _il.Emit(OpCodes.Ldloc, array);
            _il.Emit(OpCodes.Ldc_I4, i);
            EmitLoad(in operand);
            _il.Emit(OpCodes.Stelem, operand.Kind.ClrType());
            Forget(ref operand);
            (operand.Home, operand.Local) = (Home.Element, (uint)i);
        }
    }

    private LocalBuilder ArrayFor(ValueKind kind)
    {
        _self.InitLocals = true;        // so that it is known not to be there yet
        return _arrays[(int)kind] ??= _il.DeclareLocal(kind.ClrType().MakeArrayType());
    }

    [UnconditionalSuppressMessage("Trimming", "IL2060", Justification = "The method asks nothing of the type of its elements.")]
    private void EmitEnsureArray(LocalBuilder array, ValueKind kind)
    {
        _il.Emit(OpCodes.Ldloca, array);
        _il.Emit(OpCodes.Ldc_I4, _count);
        _il.Emit(OpCodes.Call, Members.Helper(nameof(Support.EnsureOperands)).MakeGenericMethod(kind.ClrType()));
    }

    /// <summary>Takes an operand that nobody wants any more off the stack, whatever its home.</summary>
    private void Drop()
    {
        if (Top.Home == Home.Stack)
        {
            if (_code.IsGuarded && (Top.Origin & Origin.Load) != 0 && Top.Kind is ValueKind.I64 or ValueKind.F64 or ValueKind.V128) EmitUse(Top.Kind);
            else _il.Emit(OpCodes.Pop);
            _onStack--;
        }
        Forget(ref Top);
        _count--;
    }

    private LocalBuilder Rent(ValueKind kind)
        => _freeVariables[(int)kind].TryPop(out LocalBuilder? variable) ? variable : _il.DeclareLocal(kind.ClrType());

    private void Free(LocalBuilder variable, ValueKind kind) => _freeVariables[(int)kind].Push(variable);

    private void Free(LocalBuilder[] variables, ReadOnlySpan<ValueKind> kinds)
    {
        for (int i = 0; i < variables.Length; i++) Free(variables[i], kinds[i]);
    }

    private void EmitLoad(in Operand operand)
    {
        switch (operand.Home)
        {
            case Home.Constant: EmitConstant(operand.Kind, operand.Bits); break;
            case Home.Local: EmitLocalLoad(operand.Local); break;
            case Home.Variable: _il.Emit(OpCodes.Ldloc, operand.Variable!); break;
            case Home.Element:
                _il.Emit(OpCodes.Ldloc, _arrays[(int)operand.Kind]!);
                _il.Emit(OpCodes.Ldc_I4, (int)operand.Local);
                _il.Emit(OpCodes.Ldelem, operand.Kind.ClrType());
                break;
        }
    }

    private void EmitLocalLoad(uint local)
    {
        if (_piece is not null) _il.Emit(OpCodes.Ldloc, PieceLocal(local));
        else if (local < _signature.Parameters.Length) _il.Emit(OpCodes.Ldarg, (short)local);
        else _il.Emit(OpCodes.Ldloc, _locals[local - _signature.Parameters.Length]);
    }

    private void EmitLocalStore(uint local)
    {
        if (_piece is not null) EmitPieceLocalStore(local);
        else if (local < _signature.Parameters.Length) _il.Emit(OpCodes.Starg, (short)local);
        else _il.Emit(OpCodes.Stloc, _locals[local - _signature.Parameters.Length]);
    }

    private ValueKind LocalKind(uint local)
    {
        if (_piece is not null) return _plan!.Frame.LocalKinds[local];
        if (local < _signature.Parameters.Length) return _signature.Parameters[local];
        Type type = _locals[local - _signature.Parameters.Length].LocalType;
        for (var kind = ValueKind.I32; kind < ValueKind.Reference; kind++)
            if (kind.ClrType() == type) return kind;
        return ValueKind.Reference;
    }
}
