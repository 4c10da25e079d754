using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using Nacre.Syntax;

namespace Nacre.Compiler;

/// <summary>Goes where another target goes, and says in a listing what the numbers mean.</summary>
/// <remarks>Safe because it reads of a constant's cells as many as were asked for.</remarks>
[RequiresDynamicCode("Compiles guest code at run time.")]
internal sealed unsafe class ListingTarget(CodeTarget inner, CilRecorder recorder) : CodeTarget(inner.Module, inner.Options, inner.IsGuarded)
{
    private readonly Dictionary<nint, int> _slotCounts = [];

    /// <inheritdoc/>
    public override MethodInfo? MethodOf(int definedIndex) => inner.MethodOf(definedIndex);

    /// <inheritdoc/>
    public override void EmitEntry(ILGenerator il, int definedIndex)
    {
        FuncIndex function = Module.IndexOf(definedIndex);
        string name = Module.Names.FunctionName(function) is { } known ? $" \"{known}\"" : "";
        recorder.Explain(() => $"entry of func {function.Value}{name}");
        inner.EmitEntry(il, definedIndex);
    }

    /// <inheritdoc/>
    public override ulong* AllocateConstant(int slotCount)
    {
        ulong* constant = inner.AllocateConstant(slotCount);
        _slotCounts.Add((nint)constant, slotCount);
        return constant;
    }

    /// <inheritdoc/>
    public override void EmitAddressOf(ILGenerator il, ulong* constant)
    {
        recorder.Explain(() => $"cell of {ValueOf(constant)}");
        inner.EmitAddressOf(il, constant);
    }

    /// <inheritdoc/>
    public override void EmitWayIn(ILGenerator il, SplitFunction function, int number)
    {
        recorder.Explain(() => "entries of pieces");
        inner.EmitWayIn(il, function, number);
    }

    /// <inheritdoc/>
    public override void EmitTypeId(ILGenerator il, int type)
    {
        recorder.Explain(() => $"id of type {type}");
        inner.EmitTypeId(il, type);
    }

    /// <inheritdoc/>
    public override int Add(CatchTable table) => inner.Add(table);

    private string ValueOf(ulong* constant)
    {
        string value = "0x";
        bool isWide = false;
        for (int i = _slotCounts[(nint)constant] - 1; i >= 0; i--)
        {
            value += constant[i].ToString(isWide ? "X16" : "X", CultureInfo.InvariantCulture);
            isWide = true;
        }
        return value;
    }
}
