using System.Reflection.Emit;
using Nacre.Syntax;

namespace Nacre.Compiler;

/// <content>What happens at function entries and at the beginnings of stretches of code, and what is emitted last.</content>
internal sealed unsafe partial class FunctionLowering
{
    // Beyond this many, the runtime clears locals faster than stores one by one would, and in less code.
    private const int MaxLocalsClearedOneByOne = 100;

    private readonly List<Action> _lateBlocks = [];
    private LocalBuilder[] _locals = [];
    private LocalBuilder? _base;
    private LocalBuilder? _memory;
    private LocalBuilder? _globals;
    private Label _stackExhausted;
    private Label _interrupted;
    private bool _canBeInterrupted;

    private readonly int _contextArgument;

    private void EmitContext() => _il.Emit(OpCodes.Ldarg, (short)_contextArgument);

    private void EmitContextField(System.Reflection.FieldInfo field)
    {
        EmitContext();
        _il.Emit(OpCodes.Ldfld, field);
    }

    private void EmitEntry()
    {
        if (!LargeFrame.IsSmallLeaf(_function)) EmitStackCheck();
        DeclareLocals();
        LoadInvariants();
        BeginStretch();
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
        _lateBlocks.Add(() =>
        {
            _il.MarkLabel(_stackExhausted);
            EmitThrow(nameof(Support.ThrowStackExhausted));
        });
    }

    private void DeclareLocals()
    {
        long count = 0;
        foreach (LocalRun run in _function.Locals) count += run.Count;
        _locals = new LocalBuilder[count];
        int local = 0;
        foreach (LocalRun run in _function.Locals)
            for (uint i = 0; i < run.Count; i++) _locals[local++] = _il.DeclareLocal(ValueKinds.Of(run.Type).ClrType());

        if (count > MaxLocalsClearedOneByOne) _self.InitLocals = true;
        else foreach (LocalBuilder declared in _locals) EmitClear(declared);
    }

    private void EmitClear(LocalBuilder local)
    {
        _il.Emit(OpCodes.Ldloca, local);
        _il.Emit(OpCodes.Initobj, local.LocalType);
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
        if (_options.ConsumeFuel)
        {
            _control = _il.DeclareLocal(typeof(Runtime.ControlCell*));
            _fuel = _il.DeclareLocal(typeof(long));
            EmitContextField(Members.Control);
            _il.Emit(OpCodes.Stloc, _control);
        }
        if (_module.Memories.Length > 0 && !_code.IsGuarded && !_module.Memories[0].IsShared)
        {
            _base = _il.DeclareLocal(typeof(byte*));
            _byteLength = _il.DeclareLocal(typeof(ulong));
        }
        LoadVariants();
    }

    private LocalBuilder? _control;
    private LocalBuilder? _fuel;
    private LocalBuilder? _byteLength;

    /// <summary>Loads what only other code changes: that is done again after calls, and where an exception was caught.</summary>
    private void LoadVariants()
    {
        if (_fuel is not null)
        {
            _il.Emit(OpCodes.Ldloc, _control!);
            _il.Emit(OpCodes.Ldfld, Members.Fuel);
            _il.Emit(OpCodes.Stloc, _fuel);
        }
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

    private ulong* _stretchCost;

    /// <summary>Begins a stretch of code that is entered only at its beginning; with fuel on, it is paid for there.</summary>
    /// <remarks>
    /// What it costs is known when it ends, so the code loads it from a cell. What is left lies in a variable, which becomes a register;
    /// it is written to the store's cell each time, which costs little, and read from there only after calls.
    /// </remarks>
    private void BeginStretch()
    {
        if (_fuel is null) return;
        _stretchCost = _code.AllocateConstant(1);
        Label enough = _il.DefineLabel();
        _il.Emit(OpCodes.Ldloc, _fuel);
        EmitAddressOf(_stretchCost);
        _il.Emit(OpCodes.Ldind_I8);
        _il.Emit(OpCodes.Sub);
        _il.Emit(OpCodes.Stloc, _fuel);
        _il.Emit(OpCodes.Ldloc, _control!);
        _il.Emit(OpCodes.Ldloc, _fuel);
        _il.Emit(OpCodes.Stfld, Members.Fuel);
        _il.Emit(OpCodes.Ldloc, _fuel);
        _il.Emit(OpCodes.Ldc_I4_0);
        _il.Emit(OpCodes.Conv_I8);
        _il.Emit(OpCodes.Bge, enough);
        EmitContext();
        EmitThrow(nameof(Support.ThrowFuelExhausted));
        _il.MarkLabel(enough);
    }

    private void CountInstruction()
    {
        if (_stretchCost != null) (*_stretchCost)++;
    }

    private void EmitAddressOf(ulong* cell) => _code.EmitAddressOf(_il, cell);

    private void EmitPoll()
    {
        if (!_canBeInterrupted)
        {
            _canBeInterrupted = true;
            _interrupted = _il.DefineLabel();
            _lateBlocks.Add(() =>
            {
                _il.MarkLabel(_interrupted);
                EmitThrow(nameof(Support.ThrowInterrupted));
            });
        }
        EmitContextField(Members.Control);
        _il.Emit(OpCodes.Volatile);
        _il.Emit(OpCodes.Ldfld, Members.Interruption);
        if (_tryDepth == 0) _il.Emit(OpCodes.Brtrue, _interrupted);
        else
        {
            Label goOn = _il.DefineLabel();
            _il.Emit(OpCodes.Brfalse, goOn);
            EmitThrow(nameof(Support.ThrowInterrupted));
            _il.MarkLabel(goOn);
        }
    }

    /// <summary>Calls what never returns; CIL wants to see that nothing follows.</summary>
    private void EmitThrow(string helper)
    {
        _il.Emit(OpCodes.Call, Members.Helper(helper));
        _il.Emit(OpCodes.Ldnull);
        _il.Emit(OpCodes.Throw);
    }

    // Cold blocks, and those that lie outside of every try.
    private void EmitLateBlocks()
    {
        foreach (Action block in _lateBlocks) block();
    }
}
