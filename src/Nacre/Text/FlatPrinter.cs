using System.Globalization;
using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Text;

/// <summary>Prints each instruction on a line of its own. Spec: Text Format, Instructions.</summary>
internal sealed class FlatPrinter(ModuleIdentifiers identifiers, ModuleTypes types, bool withOffsets) : CodePrinter(identifiers, types)
{
    private const int BodyLevel = 2;

    private TextOutput _output = new();

    protected override void Begin(TextOutput output) => _output = output;

    protected override void Plain(ref InstructionReader reader, string? annotation)
    {
        Line(ref reader, outer: 0).Add(annotation);
        Text.Write(_output, ref reader);
    }

    protected override void Open(ref InstructionReader reader, string? annotation)
    {
        Line(ref reader, outer: 0).Add(annotation);
        OpenBlock(_output, ref reader);
    }

    protected override void Part(ref InstructionReader reader)
    {
        Line(ref reader, outer: 1);
        Text.Write(_output, ref reader);
    }

    protected override void Close(ref InstructionReader reader)
    {
        Labels.Pop();
        Line(ref reader, outer: 0).AddAscii(OpcodeInfo.MnemonicUtf8(Opcode.End));
    }

    protected override void Delegate(ref InstructionReader reader)
    {
        Labels.Pop();
        Line(ref reader, outer: 0);
        Text.Write(_output, ref reader);
    }

    protected override void End()
    {
    }

    private TextOutput Line(ref InstructionReader reader, int outer)
    {
        if (!withOffsets) return _output.Line(BodyLevel + Labels.Depth - outer);
        // Comments of one width, then the usual steps to the right.
        _output.Line(BodyLevel).Add(string.Create(CultureInfo.InvariantCulture, $"(;0x{CodeOffset + reader.ByteOffset:x6};)"));
        return _output.Indent(1 + Labels.Depth - outer);
    }
}
