using System.Reflection.Emit;
using Nacre.Syntax;

namespace Nacre.Compiler;

/// <content>Tries nested deeper than RyuJIT can do with.</content>
/// <remarks>
/// The innermost region of CIL that a function may have stands for all tries inside it as well. A variable tells which of them protects
/// the code that runs; the region's filter goes from there outwards. As CIL lets nobody branch from a handler into the middle of a region,
/// the handler enters the region again, whose first instruction leads to the clauses that were found.
/// </remarks>
internal sealed partial class FunctionLowering
{
    // RyuJIT takes seconds to optimise a function with so many regions inside each other, and minutes for twice as many tries in the innermost.
    private const int MaxRegionDepth = 30;

    // Stands for no try of the region but that which it belongs to.
    private const int RegionItself = 0;

    private sealed class DeepRegion(LocalBuilder active, LocalBuilder resumed, Label again, Label dispatch)
    {
        /// <summary>Number of the try inside that protects the code that runs.</summary>
        public readonly LocalBuilder Active = active;
        /// <summary>Number of the try inside whose clauses are to be gone on with.</summary>
        public readonly LocalBuilder Resumed = resumed;
        /// <summary>Before the region.</summary>
        public readonly Label Again = again;
        /// <summary>Where the region leads to the clauses.</summary>
        public readonly Label Dispatch = dispatch;
        /// <summary>The tries inside; their numbers count from 1.</summary>
        public readonly List<TryState> Tries = [];
    }

    private DeepRegion? _deepRegion;
    private int _activeTry;

    private void BeginDeepRegion()
    {
        _deepRegion = new DeepRegion(_il.DeclareLocal(typeof(int)), _il.DeclareLocal(typeof(int)), _il.DefineLabel(), _il.DefineLabel());
        _activeTry = RegionItself;
        EmitSet(_deepRegion.Active, RegionItself);
        EmitSet(_deepRegion.Resumed, RegionItself);
        _il.MarkLabel(_deepRegion.Again);
    }

    private void EmitResumption(DeepRegion region)
    {
        _il.Emit(OpCodes.Ldloc, region.Resumed);
        _il.Emit(OpCodes.Brtrue, region.Dispatch);
    }

    private void BeginDeepTry(TryState state)
    {
        DeepRegion region = _deepRegion!;
        DynamicCode.DoNotOptimise(_self);
        region.Tries.Add(state);
        state.NumberInRegion = region.Tries.Count;
        state.Around = _activeTry;
        _activeTry = state.NumberInRegion;
        EmitActiveTry();
    }

    private void EndDeepTryBody(TryState state, Label end)
    {
        _il.Emit(OpCodes.Br, end);
        _activeTry = state.Around;
        _il.MarkLabel(state.Clauses);
        EmitSet(_deepRegion!.Resumed, RegionItself);
        EmitActiveTry();
        LoadVariants();
    }

    /// <summary>Tells the filter which try protects what follows: control may have come from inside another one.</summary>
    private void EmitActiveTry()
    {
        if (_deepRegion is { } region) EmitSet(region.Active, _activeTry);
    }

    /// <summary>Ends the region's body: leads to the clauses of tries inside.</summary>
    private void EmitDispatch(DeepRegion region, Label end)
    {
        _il.Emit(OpCodes.Leave, end);
        _il.MarkLabel(region.Dispatch);
        _il.Emit(OpCodes.Ldloc, region.Resumed);
        _il.Emit(OpCodes.Ldc_I4_1);
        _il.Emit(OpCodes.Sub);
        _il.Emit(OpCodes.Switch, region.Tries.ConvertAll(state => state.Clauses).ToArray());
        _il.Emit(OpCodes.Ldnull);
        _il.Emit(OpCodes.Throw);
    }

    /// <summary>In the region's filter: asks the tries inside, from the active one outwards, and goes on behind when it is the region's own turn.</summary>
    private void EmitDeepSelection(DeepRegion region, TryState owner, Label decided)
    {
        Label ask = _il.DefineLabel(), isOwnTurn = _il.DefineLabel();
        Label[] turns = [.. region.Tries.Select(_ => _il.DefineLabel())];
        _il.MarkLabel(ask);
        _il.Emit(OpCodes.Ldloc, region.Active);
        _il.Emit(OpCodes.Ldc_I4_1);
        _il.Emit(OpCodes.Sub);
        _il.Emit(OpCodes.Switch, turns);
        _il.Emit(OpCodes.Br, isOwnTurn);
        foreach (TryState state in region.Tries)
        {
            _il.MarkLabel(turns[state.NumberInRegion - 1]);
            if (state.DelegateTo is { } target) EmitDeepDelegation(region, owner, target, ask, decided);
            else EmitDeepClauses(region, owner, state, ask, decided);
        }
        _il.MarkLabel(isOwnTurn);
    }

    private void EmitDeepDelegation(DeepRegion region, TryState owner, int target, Label ask, Label decided)
    {
        int inside = target == owner.Number ? RegionItself : region.Tries.Find(state => state.Number == target)?.NumberInRegion ?? -1;
        if (inside < 0)
        {
            EmitIsGuestException(owner, decided);
            EmitDelegate(target);
            _il.Emit(OpCodes.Br, decided);
            return;
        }
        EmitSet(region.Active, inside);
        _il.Emit(OpCodes.Br, ask);
    }

    private void EmitDeepClauses(DeepRegion region, TryState owner, TryState state, Label ask, Label decided)
    {
        Label isNone = _il.DefineLabel();
        _il.Emit(OpCodes.Ldloc, owner.Thrown);
        _il.Emit(OpCodes.Stloc, state.Thrown);
        EmitFindClause(state);
        _il.Emit(OpCodes.Ldloc, state.Selected);
        _il.Emit(OpCodes.Ldc_I4, CatchTable.None);
        _il.Emit(OpCodes.Beq, isNone);
        EmitSet(region.Resumed, state.NumberInRegion);
        EmitSet(owner.Selected, 0);
        _il.Emit(OpCodes.Br, decided);
        _il.MarkLabel(isNone);
        EmitSet(region.Active, state.Around);
        _il.Emit(OpCodes.Br, ask);
    }

    /// <summary>In the region's handler: enters the region again when a try inside catches.</summary>
    private void EmitReturnIntoRegion(DeepRegion region)
    {
        Label isOwn = _il.DefineLabel();
        _il.Emit(OpCodes.Ldloc, region.Resumed);
        _il.Emit(OpCodes.Brfalse, isOwn);
        _il.Emit(OpCodes.Leave, region.Again);
        _il.MarkLabel(isOwn);
    }

    private void EmitSet(LocalBuilder variable, int value)
    {
        _il.Emit(OpCodes.Ldc_I4, value);
        _il.Emit(OpCodes.Stloc, variable);
    }
}
