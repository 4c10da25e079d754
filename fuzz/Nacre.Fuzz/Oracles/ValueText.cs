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
            case ExceptionInstance exception: text.Append("exn").Append(exception.Slots.Length).Append('/').Append(exception.References.Length); break;
            default: text.Append(reference); break;
        }
    }

    private static void AppendStruct(StringBuilder text, StructInstance aggregate, int depth)
    {
        text.Append("struct ").Append(aggregate.Type.Id).Append('(');
        int slot = 0, reference = 0;
        foreach (FieldType field in aggregate.Type.Struct!.Fields)
        {
            if (depth == DeepestReference) break;
            ValType type = field.Storage.Unpacked;
            if (type.IsReference) Append(text, aggregate.References[reference++], depth + 1);
            else if (type.IsVector) Append(text, type, new RawValue(aggregate.Slots[slot++], aggregate.Slots[slot++], null), depth);
            else Append(text, type, RawValue.Number(aggregate.Slots[slot++] & Mask(field.Storage)), depth);
            text.Append(' ');
        }
        text.Append(')');
    }

    private static ulong Mask(StorageType storage)
        => storage == StorageType.I8 ? 0xFF : storage == StorageType.I16 ? 0xFFFFul : ulong.MaxValue;

    private static void AppendArray(StringBuilder text, ArrayInstance aggregate, int depth)
    {
        const int MostElements = 64;
        text.Append("array ").Append(aggregate.Type.Id).Append('[').Append(aggregate.Count).Append(": ");
        text.Append(Convert.ToHexStringLower(aggregate.Bytes.AsSpan(0, Math.Min(aggregate.Bytes.Length, MostElements))));
        for (int i = 0; i < Math.Min(aggregate.References.Length, MostElements) && depth < DeepestReference; i++)
        {
            Append(text, aggregate.References[i], depth + 1);
            text.Append(' ');
        }
        text.Append(']');
    }
}
