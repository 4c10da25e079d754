using Nacre.Syntax;

namespace Nacre.Runtime;

/// <summary>A global: a number or vector in an unmanaged cell, or a reference.</summary>
/// <remarks>
/// Spec: Execution, Runtime Structure, Global Instances. The cell lies in the store's <see cref="CellArena"/> and does not move,
/// so running code keeps its address. Reads and writes of a number are atomic; the store is used by one thread at a time.
/// Safe because the cell has room for a vector, whatever the type, and lives as long as the arena, which this object keeps alive.
/// </remarks>
internal sealed unsafe class GlobalInstance(CellArena arena, GlobalType type)
{
    private readonly CellArena _arena = arena;

    /// <summary>The type, in canonical space.</summary>
    public GlobalType Type { get; } = type;

    /// <summary>Where a number (8 bytes) or a vector (16 bytes) is kept.</summary>
    public ulong* Cell { get; } = arena.Allocate(slotCount: 2);

    /// <summary>The value of a global of reference type.</summary>
    public object? Reference { get; set; }

    /// <summary>The value, of whatever type.</summary>
    public RawValue Value
    {
        get => Type.Value.IsReference ? RawValue.Of(Reference) : RawValue.Read(Type.Value, Cell[0], Cell[1]);
        set => (Cell[0], Cell[1], Reference) = (value.Low, value.High, value.Reference);
    }
}
