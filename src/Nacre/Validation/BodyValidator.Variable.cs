using Nacre.Syntax;

namespace Nacre.Validation;

// Spec: Validation, Instructions, Variable Instructions.
internal sealed partial class BodyValidator
{
    private uint _visibleGlobalCount;

    /// <summary><c>local.get x</c> : <c>[] → [t]</c>, where local <c>x</c> is of type <c>t</c> and set.</summary>
    private void ValidateLocalGet(LocalIndex local)
    {
        ValType type = TypeOf(local);
        if (_locals.IsUnset(local.Value)) Fail($"uninitialized local {local.Value}");
        Push(type);
    }

    /// <summary><c>local.set x</c> : <c>[t] → []</c>; local <c>x</c> is set from here on.</summary>
    private void ValidateLocalSet(LocalIndex local)
    {
        Pop(TypeOf(local));
        _locals.MarkSet(local.Value);
    }

    /// <summary><c>local.tee x</c> : <c>[t] → [t]</c>; local <c>x</c> is set from here on.</summary>
    private void ValidateLocalTee(LocalIndex local)
    {
        ValType type = TypeOf(local);
        Pop(type);
        _locals.MarkSet(local.Value);
        Push(type);
    }

    /// <summary><c>global.get x</c> : <c>[] → [t]</c>.</summary>
    private void ValidateGlobalGet(GlobalIndex global) => Push(TypeOf(global).Value);

    /// <summary><c>global.set x</c> : <c>[t] → []</c>, where global <c>x</c> can change.</summary>
    private void ValidateGlobalSet(GlobalIndex global)
    {
        GlobalType type = TypeOf(global);
        if (!type.IsMutable) Fail($"immutable global {global.Value}");
        Pop(type.Value);
    }

    private ValType TypeOf(LocalIndex local)
    {
        if (local.Value >= _locals.Count) Unknown("local", local.Value);
        return _locals[local.Value];
    }

    private GlobalType TypeOf(GlobalIndex global)
    {
        if (global.Value >= (uint)_context.Globals.Length || (_isConstant && global.Value >= _visibleGlobalCount))
            Unknown("global", global.Value);
        return _context.Globals[global.Value];
    }
}
