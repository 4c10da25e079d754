using System.Globalization;
using System.Reflection;
using System.Runtime.Intrinsics;

namespace Nacre.Compiler;

/// <summary>Types, members and numbers as they stand in listings of CIL.</summary>
internal static class CilText
{
    /// <summary>A whole number.</summary>
    public static string Of(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number, so that it could be read back.</summary>
    public static string Of(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    /// <inheritdoc cref="Of(double)"/>
    public static string Of(float number) => number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A type, as CIL spells it if it has a spelling for it.</summary>
    public static string Of(Type? type)
    {
        if (type is null || type == typeof(void)) return "void";
        if (type.IsPointer) return Of(type.GetElementType()) + "*";
        if (type.IsByRef) return Of(type.GetElementType()) + "&";
        if (type.IsArray) return Of(type.GetElementType()) + "[]";
        if (type == typeof(object)) return "object";
        if (type == typeof(nint)) return "native int";
        if (type == typeof(Vector128<byte>)) return "v128";
        if (type.IsPrimitive) return type == typeof(float) ? "float32" : type == typeof(double) ? "float64" : type.Name.ToLowerInvariant();
        return type.Name;
    }

    /// <summary>A field, by the name of its class and its own.</summary>
    public static string Of(FieldInfo field) => $"{Of(field.DeclaringType)}.{field.Name}";

    /// <summary>A method, by the name of its class and its own.</summary>
    public static string Of(MethodBase method) => $"{Of(method.DeclaringType)}.{method.Name}";

    /// <summary>A signature: result, name, parameters.</summary>
    public static string Signature(string name, Type? result, Type[]? parameters)
        => $"{Of(result)} {name}({string.Join(", ", (parameters ?? []).Select(Of))})";
}
