namespace Nacre.Generators.Opcodes;

/// <summary>Writes the enumerations <c>Opcode</c>, <c>ImmediateShape</c> and <c>OperandType</c>.</summary>
internal static class OpcodeEnumEmitter
{
    /// <summary>The instructions, numbered from 0 in the order of the list.</summary>
    public static string Emit(Spec spec)
    {
        var code = new CodeWriter("spec/opcodes.txt");
        code.Line("namespace Nacre.Syntax;");
        code.Line();
        code.Summary("The instructions, numbered without gaps in the order of their codes.");
        code.Line("/// <remarks>Spec: Structure, Instructions. <see cref=\"OpcodeInfo\"/> tells what is known of each.</remarks>");
        code.Open("public enum Opcode : ushort");
        foreach (OpcodeRow row in spec.Opcodes)
        {
            code.Line(Document(row));
            code.Line($"{row.Name},");
        }
        code.Close();
        return code.ToString();
    }

    /// <summary>One member for each distinct column of immediates.</summary>
    public static string EmitShapes(Spec spec)
    {
        var code = new CodeWriter("spec/opcodes.txt");
        code.Line("namespace Nacre.Syntax;");
        code.Line();
        code.Summary("What follows the code of an instruction: a member for each combination there is.");
        code.Line("/// <remarks>Spec: Binary Format, Instructions.</remarks>");
        code.Open("public enum ImmediateShape : byte");
        foreach (ImmediateList shape in spec.Shapes)
        {
            code.Summary(shape.Items.Count == 0 ? "Nothing." : shape.Spelling);
            code.Line($"{shape.ShapeName},");
        }
        code.Close();
        return code.ToString();
    }

    /// <summary>The types that fixed signatures are made of.</summary>
    public static string EmitOperandTypes()
    {
        var code = new CodeWriter("spec/opcodes.txt");
        code.Line("namespace Nacre.Syntax;");
        code.Line();
        code.Summary("A type in the fixed signature of an instruction.");
        code.Open("public enum OperandType : byte");
        foreach ((string _, string member, string summary) in Signature.Types)
        {
            code.Summary(summary);
            code.Line($"{member},");
        }
        code.Close();
        return code.ToString();
    }

    private static string Document(OpcodeRow row)
    {
        string immediates = row.Immediates.Items.Count == 0 ? "" : $" <em>{row.Immediates.Spelling}</em>";
        string signature = row.Signature is null ? "" : $" : <c>{CodeWriter.Escape(row.Signature.ToString())}</c>";
        return $"/// <summary><c>{row.Mnemonic}</c>{immediates}{signature}</summary>";
    }
}
