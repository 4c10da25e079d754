using System.Globalization;
using System.Text;
using Nacre.Runtime;
using Nacre.Syntax;

namespace Nacre.Fuzz.Oracles;

/// <summary>Values as text that is the same on every engine: bits of numbers, contents of aggregates.</summary>
internal static class ValueText
{
    private const int DeepestReference = 4;

    /// <summary>A value of <paramref name="type"/>.</summary>
    public static string Of(ValType type, RawValue value)
    {
        var text = new StringBuilder();
        Append(text, type, value, 0);
        return text.ToString();
    }

    /// <summary>A reference.</summary>
    public static string Of(object? reference)
    {
        var text = new StringBuilder();
        Append(text, reference, 0);
        return text.ToString();
    }

    private static void Append(StringBuilder text, ValType type, RawValue value, int depth)
    {
        if (type.IsReference) Append(text, value.Reference, depth);
        else if (type.IsVector) text.Append(CultureInfo.InvariantCulture, $"{value.High:x16}_{value.Low:x16}");
        else if (type == ValType.I32 || type == ValType.F32) text.Append(CultureInfo.InvariantCulture, $"{(uint)value.Low:x8}");
        else text.Append(CultureInfo.InvariantCulture, $"{value.Low:x16}");
    }

    private static void Append(StringBuilder text, object? reference, int depth)
    {
        switch (reference)
        {
            case null: text.Append("null"); break;
            case I31Reference number: text.Append("i31 ").Append(number.Value); break;
            case Function function: Append(text, function.Instance, depth); break;
            case WasmFunction function: text.Append("func ").Append(function.Index.Value); break;
            case HostFunction function: text.Append("host ").Append(function.Signature); break;
            case StructInstance aggregate: AppendStruct(text, aggregate, depth); break;
            case ArrayInstance aggregate: AppendArray(text, aggregate, depth); break;
            case HostObject: text.Append(HostObject.Externalize(reference)); break;
            case ExceptionInstance exception: text.Append("exn").Append(exception.Slots.Length).Append('/').Append(exception.References.Length); break;
            default: text.Append(reference); break;
        }
    }

    private static void AppendStruct(StringBuilder text, StructInstance aggregate, int depth)
    {
        text.Append("struct ").Append(aggregate.Type!.Id).Append('(');
        StructLayout layout = StructLayout.Of(aggregate.Type);
        ReadOnlySpan<FieldType> fields = aggregate.Type.Struct!.Fields;
        for (int i = 0; i < fields.Length && depth < DeepestReference; i++)
        {
            Append(text, fields[i].Storage.Unpacked, layout.Read(aggregate, i), depth + 1);
            text.Append(' ');
        }
        text.Append(')');
    }

    private static void AppendArray(StringBuilder text, ArrayInstance aggregate, int depth)
    {
        const int MostElements = 64;
        text.Append("array ").Append(aggregate.Type!.Id).Append('[').Append(aggregate.Count).Append(": ");
        int count = Math.Min(aggregate.Count, MostElements);
        FieldAccess access = FieldAccesses.Of(aggregate.Type.Array!.Element.Storage);
        if (access != FieldAccess.Reference) text.Append(Convert.ToHexStringLower(aggregate.BytesOf(0, (uint)count, access)));
        for (int i = 0; access == FieldAccess.Reference && i < count && depth < DeepestReference; i++)
        {
            Append(text, aggregate.References[i], depth + 1);
            text.Append(' ');
        }
        text.Append(']');
    }
}
