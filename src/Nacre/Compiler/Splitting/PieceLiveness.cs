namespace Nacre.Compiler;

/// <summary>Finds out which locals a piece may read before it has written them, for each of its ways in.</summary>
/// <remarks>The usual analysis, backward over basic blocks until nothing changes, with sets of bits for the locals the piece touches.</remarks>
internal sealed class PieceLiveness(FunctionSurvey survey, int localCount)
{
    // Beyond this many bits, which only code without places for cuts has, or this much work, which only loops have that are left for one
    // another in great number, this would take too long; then everything that the piece touches is fetched.
    private const long MaxBits = 1L << 24;
    private const long MaxWordCount = 1L << 24;

    // What it takes to come to a block or along a jump, as words.
    private const int VisitWordCount = 8;

    private readonly int[] _numberOf = new int[localCount];     // of a local in this piece, from 1
    private readonly int[] _blockAt = new int[survey.TargetCount];
    private readonly List<int> _touched = [];
    private readonly List<Block> _blocks = [];

    private sealed class Block(int handler)
    {
        public readonly int Handler = handler;
        public readonly List<int> Jumps = [];
        public readonly List<FlowEvent> Accesses = [];
        public bool FallsThrough = true;
        public ulong[] Gets = [];
        public ulong[] Sets = [];
        public ulong[] Live = [];
    }

    /// <summary>Sets <see cref="PieceEntry.Locals"/> and <see cref="Piece.LocalCount"/> of a piece from its events.</summary>
    public void Solve(Piece piece, int firstEvent, int endEvent)
    {
        BuildBlocks(firstEvent, endEvent);
        piece.LocalCount = _touched.Count;
        bool isKnown = TryIterate(piece);
        foreach (PieceEntry entry in piece.Entries)
            entry.Locals = isKnown ? LocalsOf(_blocks[entry.Target == OpenBlock.None ? 0 : _blockAt[entry.Target]].Live) : [.. _touched];
        foreach (int local in _touched) _numberOf[local] = 0;
        _touched.Clear();
        _blocks.Clear();
    }

    private void BuildBlocks(int firstEvent, int endEvent)
    {
        var handlers = new Stack<int>();
        var current = new Block(OpenBlock.None);
        _blocks.Add(current);
        for (int number = firstEvent; number < endEvent; number++)
        {
            FlowEvent flow = survey.Events[number];
            switch (flow.Kind)
            {
                case FlowEventKind.Get or FlowEventKind.Set:
                    if (_numberOf[flow.Value] == 0)
                    {
                        _touched.Add(flow.Value);
                        _numberOf[flow.Value] = _touched.Count;
                    }
                    current.Accesses.Add(flow);
                    continue;
                case FlowEventKind.Jump: current.Jumps.Add(flow.Value); break;
                case FlowEventKind.Leave: current.FallsThrough = false; break;
                case FlowEventKind.TryBegin: handlers.Push(flow.Value); break;
                case FlowEventKind.TryEnd: handlers.Pop(); break;
            }
            // Events other than accesses end a block; none is needed between several of them, except where somebody comes in.
            if (flow.Kind == FlowEventKind.Jump && number + 1 < endEvent
                && survey.Events[number + 1].Kind is FlowEventKind.Jump or FlowEventKind.Leave) continue;
            _blocks.Add(current = new Block(handlers.Count > 0 ? handlers.Peek() : OpenBlock.None));
            if (flow.Kind == FlowEventKind.Mark) _blockAt[flow.Value] = _blocks.Count - 1;
        }
    }

    private void Summarise(Block block)
    {
        int words = (_touched.Count + 63) / 64;
        block.Gets = new ulong[words];
        block.Sets = new ulong[words];
        block.Live = new ulong[words];
        foreach (FlowEvent access in block.Accesses)
        {
            int bit = _numberOf[access.Value] - 1;
            ulong mask = 1UL << (bit & 63);
            if (access.Kind == FlowEventKind.Set) block.Sets[bit >> 6] |= mask;
            else if ((block.Sets[bit >> 6] & mask) == 0) block.Gets[bit >> 6] |= mask;
        }
    }

    private bool TryIterate(Piece piece)
    {
        if (_touched.Count * (long)_blocks.Count > MaxBits) return false;
        foreach (Block block in _blocks) Summarise(block);
        var live = new ulong[(_touched.Count + 63) / 64];
        long passWordCount = (live.Length + VisitWordCount) * _blocks.Sum(block => 1L + block.Jumps.Count), wordCount = 0;
        bool hasChanged = true;
        while (hasChanged)
        {
            if ((wordCount += passWordCount) > MaxWordCount) return false;
            hasChanged = false;
            for (int i = _blocks.Count - 1; i >= 0; i--)
            {
                Block block = _blocks[i];
                Array.Clear(live);
                if (block.FallsThrough && i + 1 < _blocks.Count) Include(live, _blocks[i + 1].Live);
                foreach (int target in block.Jumps)
                    if (piece.Contains(survey.OffsetOf(target))) Include(live, _blocks[_blockAt[target]].Live);
                for (int word = 0; word < live.Length; word++) live[word] = block.Gets[word] | (live[word] & ~block.Sets[word]);
                // An exception may come before the block has written anything.
                if (block.Handler != OpenBlock.None) Include(live, _blocks[_blockAt[block.Handler]].Live);
                hasChanged |= !live.AsSpan().SequenceEqual(block.Live);
                live.CopyTo(block.Live, 0);
            }
        }
        return true;
    }

    private static void Include(ulong[] set, ulong[] other)
    {
        for (int word = 0; word < set.Length; word++) set[word] |= other[word];
    }

    private int[] LocalsOf(ulong[] live)
    {
        var locals = new List<int>();
        for (int word = 0; word < live.Length; word++)
        {
            for (ulong bits = live[word]; bits != 0; bits &= bits - 1)
                locals.Add(_touched[(word * 64) + System.Numerics.BitOperations.TrailingZeroCount(bits)]);
        }
        return [.. locals];
    }
}
