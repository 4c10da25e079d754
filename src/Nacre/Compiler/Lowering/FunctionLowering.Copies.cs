using Nacre.Syntax;

namespace Nacre.Compiler;

/// <content>Leaves out moves between locals that hold the same value, and reads the one that has held it longest.</content>
internal sealed partial class FunctionLowering
{
    // What is known is looked at as a whole wherever control flow meets: this bounds how often, times the number of locals.
    private const long MaxFollowedMoves = 4_000_000;

    private LocalValues? _values;       // null where locals are not followed

    // Pieces tell each other what lies in their frame by what the instructions say.
    private void BeginCopies()
    {
        int localCount = _signature.Parameters.Length + _locals.Length;
        if ((long)localCount * _function.Body.Bytes.Length <= MaxFollowedMoves) _values = new LocalValues(localCount);
    }

    /// <summary>Stops following locals: an exception may come from anywhere.</summary>
    private void EndCopies() => _values = null;

    private uint OldestEqual(uint local) => _values?.Oldest(local) ?? local;

    /// <summary>Whether the topmost operand is what a local holds anyway.</summary>
    private bool IsHeldBy(uint local) => _values is not null && Top.Home == Home.Local && _values.AreEqual(local, Top.Local);

    private void RememberValue(uint local, uint? source)
    {
        if (source is { } other) _values?.Copy(local, other);
        else _values?.Set(local);
    }

    /// <summary>Says that control may go from here to where a label's branches go.</summary>
    private void MarkTarget(ref ControlLabel label)
    {
        label.IsTarget = true;
        if (label.Opcode != Opcode.Loop) _values?.Meet(ref label.Values);
    }

    /// <summary>Goes on behind a block, with what is known wherever control comes from.</summary>
    private void MeetAtEnd(ref ControlLabel label)
    {
        if (_values is null || label.Opcode == Opcode.Loop || label.Values is null) return;
        if (!_isUnreachable) _values.Meet(ref label.Values);
        _values.Restore(label.Values!);
    }
}
