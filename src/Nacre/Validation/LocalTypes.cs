using Nacre.Syntax;

namespace Nacre.Validation;

/// <summary>The locals of the function being validated, and which of them hold a value at this point of its body.</summary>
/// <remarks>
/// Locals are declared in runs, so a few bytes can declare very many: only the first ones are laid out one by one.
/// Spec: Validation, Types, Local Types; Appendix, Validation Algorithm.
/// </remarks>
internal sealed class LocalTypes
{
    private const int LaidOutCount = 1024;

    /// <summary>How many locals have an index that is written in one byte.</summary>
    public const int ShortCount = 0x80;

    private readonly ValType[] _first = new ValType[LaidOutCount];
    private readonly ValType[] _short = new ValType[ShortCount];
    private LocalRun[] _runs = Empty<LocalRun>.Array;
    private uint[] _runEnds = [];
    private int _runCount;
    private uint _parameterCount;
    private bool[] _isUnset = [];
    private uint[] _setLog = new uint[16];

    /// <summary>Number of locals, parameters included.</summary>
    public uint Count { get; private set; }

    /// <summary>Whether there are locals without a default value, which may not be read before they are set.</summary>
    public bool MayBeUnset { get; private set; }

    /// <summary>How many locals have been set for the first time, in the blocks that are still open.</summary>
    public int SetCount { get; private set; }

    /// <summary>The types of the first locals that may be used at any time; all bits are 0 where there is no such local.</summary>
    public ReadOnlySpan<ValType> Short => _short;

    /// <summary>Forgets the locals of the function before, and begins with the parameters.</summary>
    public void Reset(ReadOnlySpan<ValType> parameters)
    {
        if (MayBeUnset) Array.Clear(_isUnset, 0, (int)Math.Min(Count, (uint)_isUnset.Length));
        (Count, _runCount, SetCount, MayBeUnset) = (0, 0, 0, false);
        foreach (ValType type in parameters) Add(new LocalRun(1, type));
        _parameterCount = Count;
    }

    /// <summary>Adds a run of locals; false when there are more of them than <see cref="ImplementationLimits.Locals"/> allows.</summary>
    public bool TryDeclare(LocalRun run)
    {
        if ((ulong)Count + run.Count > _parameterCount + (ulong)ImplementationLimits.Locals) return false;
        uint start = Count;
        Add(run);
        if (run.Type.IsDefaultable) return true;

        MayBeUnset = true;
        if (_isUnset.Length < Count) Array.Resize(ref _isUnset, (int)Count);
        _isUnset.AsSpan((int)start, (int)run.Count).Fill(true);
        return true;
    }

    /// <summary>Readies <see cref="Short"/> when every local is declared.</summary>
    public void Seal()
    {
        int count = (int)Math.Min(Count, ShortCount);
        for (int i = 0; i < count; i++) _short[i] = IsUnset((uint)i) ? default : _first[i];
        _short.AsSpan(count).Clear();
    }

    /// <summary>The type of local number <paramref name="index"/>, which is below <see cref="Count"/>.</summary>
    public ValType this[uint index] => index < LaidOutCount ? _first[index] : TypeOfLater(index);

    /// <summary>Whether local number <paramref name="index"/> has no value yet.</summary>
    public bool IsUnset(uint index) => MayBeUnset && index < (uint)_isUnset.Length && _isUnset[index];

    /// <summary>Notes that local number <paramref name="index"/> holds a value from here to the end of the block.</summary>
    public void MarkSet(uint index)
    {
        if (!IsUnset(index)) return;
        _isUnset[index] = false;
        if (SetCount == _setLog.Length) Array.Resize(ref _setLog, SetCount * 2);
        _setLog[SetCount++] = index;
    }

    /// <summary>Forgets what was set since <see cref="SetCount"/> was <paramref name="setCount"/>, because its block ends.</summary>
    public void Unset(int setCount)
    {
        while (SetCount > setCount) _isUnset[_setLog[--SetCount]] = true;
    }

    private void Add(LocalRun run)
    {
        if (run.Count == 0) return;
        uint laidOutEnd = Math.Min(LaidOutCount, Count + run.Count);
        for (uint index = Count; index < laidOutEnd; index++) _first[index] = run.Type;
        Count += run.Count;
        if (Count <= LaidOutCount) return;
        if (_runCount == _runs.Length)
        {
            Array.Resize(ref _runs, Math.Max(16, _runCount * 2));
            Array.Resize(ref _runEnds, _runs.Length);
        }
        (_runs[_runCount], _runEnds[_runCount]) = (run, Count);
        _runCount++;
    }

    private ValType TypeOfLater(uint index)
    {
        int run = Array.BinarySearch(_runEnds, 0, _runCount, index + 1);
        return _runs[run < 0 ? ~run : run].Type;
    }
}
