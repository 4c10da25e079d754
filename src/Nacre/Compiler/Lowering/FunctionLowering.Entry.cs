using System.Reflection.Emit;
using System.Runtime.Intrinsics;
using Nacre.Syntax;

namespace Nacre.Compiler;

/// <content>What happens at function entries and at the beginnings of stretches of code, and what is emitted last.</content>
internal sealed unsafe partial class FunctionLowering
{
    // Beyond this many, the runtime clears locals faster than stores one by one would, and in less code.
    private const int MaxLocalsClearedOneByOne = 100;

    // Beyond this many locals, RyuJIT may not see that a local is set before it is used.
    private const int MaxLocalsWithHiddenZeros = 500;

    private readonly List<Action> _lateBlocks = [];
    private LocalBuilder[] _locals = [];
    private LocalBuilder? _base;
    private LocalBuilder? _memory;
    private LocalBuilder? _globals;
    private Label _stackExhausted;
    private Label? _interrupted;

    private readonly int _contextArgument;

    private void EmitContext() => _il.Emit(OpCodes.Ldarg, (short)_contextArgument);

    private void EmitContextField(System.Reflection.FieldInfo field)
    {
        EmitContext();
        _il.Emit(OpCodes.Ldfld, field);
    }

    private void EmitEntry()
    {
        if (!LargeFrame.IsSmallLeaf(_function, _code)) EmitStackCheck();
        DeclareLocals();
        LoadInvariants();
        EnterMetered();
        if (_options.Interruptible) EmitPoll();
    }

    // The address of a local tells how deep the stack is.
    private void EmitStackCheck()
    {
        LocalBuilder here = _il.DeclareLocal(typeof(long));
        _stackExhausted = _il.DefineLabel();
        _il.Emit(OpCodes.Ldloca, here);
        _il.Emit(OpCodes.Conv_U);
        EmitContextField(Members.Control);
        _il.Emit(OpCodes.Ldfld, Members.StackLimit);
        _il.Emit(OpCodes.Blt_Un, _stackExhausted);
        AddLateBlock(() =>
        {
            _il.MarkLabel(_stackExhausted);
            EmitThrow(nameof(Support.ThrowStackExhausted));
        });
    }

    private void DeclareLocals()
    {
        _locals = new LocalBuilder[_function.LocalCount];
        int local = 0;
        foreach (LocalRun run in _function.Locals)
            for (uint i = 0; i < run.Count; i++) _locals[local++] = _il.DeclareLocal(ValueKinds.Of(run.Type).ClrType());

        if (_locals.Length > MaxLocalsClearedOneByOne) _self.InitLocals = true;
        foreach (LocalBuilder declared in _locals)
            if (HasHiddenZero(declared.LocalType)) EmitHiddenClear(declared);
            else if (!_self.InitLocals) EmitClear(declared);
    }

    private void EmitClear(LocalBuilder local)
    {
        _il.Emit(OpCodes.Ldloca, local);
        _il.Emit(OpCodes.Initobj, local.LocalType);
    }

    private bool HasHiddenZero(Type type)
        => _locals.Length <= MaxLocalsWithHiddenZeros && (type == typeof(float) || type == typeof(double) || type == typeof(Vector128<byte>));

    // What RyuJIT knows to be 0 it folds (see Origin). To prevent that at each use takes a meaning, and of those it inlines only so many.
    private void EmitHiddenClear(LocalBuilder local)
    {
        EmitContext();
        if (local.LocalType == typeof(Vector128<byte>)) _il.Emit(OpCodes.Ldfld, Members.NoLanes);
        else
        {
            _il.Emit(OpCodes.Ldflda, Members.NoBits);
            _il.Emit(local.LocalType == typeof(float) ? OpCodes.Ldind_R4 : OpCodes.Ldind_R8);
        }
        _il.Emit(OpCodes.Stloc, local);
    }

    // What does not change while the function runs is loaded once; what turns out to be unused costs nothing.
    private void LoadInvariants()
    {
        if (_module.Memories.Length > 0)
        {
            if (_code.IsGuarded)
            {
                _base = _il.DeclareLocal(typeof(byte*));
                EmitContextField(Members.Base0);
                _il.Emit(OpCodes.Stloc, _base);
            }
            _memory = _il.DeclareLocal(typeof(Runtime.MemoryCell*));
            EmitContextField(Members.Memory0);
            _il.Emit(OpCodes.Stloc, _memory);
        }
        if (_module.Globals.Length > 0)
        {
            _globals = _il.DeclareLocal(typeof(ulong**));
            EmitContextField(Members.GlobalCells);
            _il.Emit(OpCodes.Stloc, _globals);
        }
        if (_options.ConsumeFuel || _options.Interruptible)
        {
            _control = _il.DeclareLocal(typeof(Runtime.ControlCell*));
            EmitContextField(Members.Control);
            _il.Emit(OpCodes.Stloc, _control);
        }
        if (_options.ConsumeFuel) _fuel = _il.DeclareLocal(typeof(long));
        if (_module.Memories.Length > 0 && !_code.IsGuarded && !_module.Memories[0].IsShared)
        {
            _base = _il.DeclareLocal(typeof(byte*));
            _byteLength = _il.DeclareLocal(typeof(ulong));
        }
        LoadVariants();
    }

    private LocalBuilder? _control;
    private LocalBuilder? _byteLength;

    /// <summary>Loads what only other code changes: that is done again after calls, and where an exception was caught.</summary>
    private void LoadVariants()
    {
        LoadFuel();
        LoadMemoryBounds();
    }

    /// <summary>Loads where memory 0 begins and how long it is, unless guard pages or another thread know better.</summary>
    private void LoadMemoryBounds()
    {
        if (_byteLength is null) return;
        _il.Emit(OpCodes.Ldloc, _memory!);
        _il.Emit(OpCodes.Ldfld, Members.MemoryBase);
        _il.Emit(OpCodes.Stloc, _base!);
        _il.Emit(OpCodes.Ldloc, _memory!);
        _il.Emit(OpCodes.Ldfld, Members.MemoryByteLength);
        _il.Emit(OpCodes.Stloc, _byteLength);
    }

    private void EmitAddressOf(ulong* cell) => _code.EmitAddressOf(_il, cell);

    /// <summary>Ends the guest if that was asked for, and goes on here or where it is told to; CIL's stack is empty.</summary>
    private void EmitPoll(Label? target = null)
    {
        _il.Emit(OpCodes.Ldloc, _control!);
        _il.Emit(OpCodes.Volatile);
        _il.Emit(OpCodes.Ldfld, Members.Interruption);
        EmitGuard(OpCodes.Brfalse, OpCodes.Brtrue, target, ref _interrupted, () => EmitThrow(nameof(Support.ThrowInterrupted)));
    }

    /// <summary>Emits the branches of a check whose operands are on CIL's stack: on to the target if there is one, or out.</summary>
    /// <param name="pass">Branches when the guest may go on.</param>
    /// <param name="fail">Branches when it may not.</param>
    /// <param name="target">Where it goes on, if not here.</param>
    /// <param name="exit">The block at the method's end that ends the guest, made when first needed. A try cannot reach it.</param>
    /// <param name="emitExit">Emits what ends the guest.</param>
    private void EmitGuard(OpCode pass, OpCode fail, Label? target, ref Label? exit, Action emitExit)
    {
        if (_tryDepth == 0 && exit is null)
        {
            Label late = _il.DefineLabel();
            exit = late;
            AddLateBlock(() =>
            {
                _il.MarkLabel(late);
                emitExit();
            });
        }
        if (_tryDepth == 0 && target is null)
        {
            _il.Emit(fail, exit!.Value);
            return;
        }
        Label goOn = target ?? _il.DefineLabel();
        _il.Emit(pass, goOn);
        if (_tryDepth == 0) _il.Emit(OpCodes.Br, exit!.Value);
        else emitExit();
        if (target is null) _il.MarkLabel(goOn);
    }

    /// <summary>Calls what never returns; CIL wants to see that nothing follows.</summary>
    private void EmitThrow(string helper)
    {
        _il.Emit(OpCodes.Call, Members.Helper(helper));
        _il.Emit(OpCodes.Ldnull);
        _il.Emit(OpCodes.Throw);
    }

    // What a late block raises, the instruction raises that first wanted the block.
    private void AddLateBlock(Action emit)
    {
        int byteOffset = _byteOffset;
        _lateBlocks.Add(() =>
        {
            _offsets.Add(_il.ILOffset, byteOffset);
            emit();
        });
    }

    // Cold blocks, and those that lie outside of every try. One may want another.
    private void EmitLateBlocks()
    {
        for (int i = 0; i < _lateBlocks.Count; i++) _lateBlocks[i]();
    }
}
