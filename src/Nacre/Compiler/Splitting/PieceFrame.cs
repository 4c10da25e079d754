namespace Nacre.Compiler;

/// <summary>The frame that the pieces of a function share: numbers and vectors in slots, references in an array.</summary>
/// <remarks>Locals that some piece fetches have a place of their own. An operand's place is told by its depth on the operand stack.</remarks>
internal sealed class PieceFrame
{
    private const int NoPlace = -1;
    private const int SlotsPerOperand = 2;      // of whatever kind

    private readonly int[] _places;
    private readonly int _operandSlot;
    private readonly int _operandReference;

    /// <summary>Gives places to locals.</summary>
    /// <param name="kinds">Kinds of the locals, parameters first.</param>
    /// <param name="isShared">Which of them need a place.</param>
    /// <param name="operandCount">How many operands lie in the frame at most.</param>
    public PieceFrame(ValueKind[] kinds, bool[] isShared, int operandCount)
    {
        _places = new int[kinds.Length];
        int slot = 0, reference = 0;
        for (int i = 0; i < kinds.Length; i++)
        {
            if (!isShared[i]) _places[i] = NoPlace;
            else if (kinds[i] == ValueKind.Reference) _places[i] = reference++;
            else
            {
                _places[i] = slot;
                slot += kinds[i].SlotCount();
            }
        }
        _operandSlot = slot;
        _operandReference = reference;
        SlotCount = slot + (operandCount * SlotsPerOperand);
        ReferenceCount = reference + operandCount;
        LocalKinds = kinds;
    }

    /// <summary>Kinds of the function's locals, parameters first.</summary>
    public ValueKind[] LocalKinds { get; }

    /// <summary>How many slots there are.</summary>
    public int SlotCount { get; }

    /// <summary>How many references there are.</summary>
    public int ReferenceCount { get; }

    /// <summary>How many slots at the beginning belong to locals.</summary>
    public int LocalSlotCount => _operandSlot;

    /// <summary>Whether a local has a place.</summary>
    public bool Has(uint local) => _places[local] != NoPlace;

    /// <summary>The slot or reference of a local.</summary>
    public int PlaceOf(uint local) => _places[local];

    /// <summary>The slot or reference of an operand.</summary>
    public int PlaceOfOperand(int depth, ValueKind kind)
        => kind == ValueKind.Reference ? _operandReference + depth : _operandSlot + (depth * SlotsPerOperand);
}
