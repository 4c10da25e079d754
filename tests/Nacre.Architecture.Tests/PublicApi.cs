using System.Globalization;
using System.Reflection;
using System.Text;

namespace Nacre.Architecture.Tests;

/// <summary>Writes the public types and members of an assembly, one a line, in an order that does not depend on the source's.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext s_nullability = new();

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Head(type)).Append('\n');
            foreach (string member in Members(type)) text.Append("    ").Append(member).Append('\n');
            text.Append('\n');
        }
        return text.ToString();
    }

    private static string Head(Type type)
    {
        string kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsSubclassOf(typeof(Delegate)) ? "delegate"
            : type.IsValueType ? (type.IsByRefLike ? "ref struct" : "struct")
            : type.IsAbstract && type.IsSealed ? "static class" : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";
        IEnumerable<Type> bases = type.BaseType is { } ancestor && ancestor.Assembly == type.Assembly ? [ancestor] : [];
        IEnumerable<Type> interfaces = type.IsEnum ? [] : type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []);
        string[] names = [.. bases.Concat(interfaces.OrderBy(Name, StringComparer.Ordinal)).Select(Name)];
        return $"{kind} {type.Namespace}.{Name(type)}{(names.Length == 0 ? "" : " : " + string.Join(", ", names))}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToString(type.GetField(name)!.GetRawConstantValue(), CultureInfo.InvariantCulture)}");
        if (type.IsSubclassOf(typeof(Delegate)))
            return [Signature(type.GetMethod("Invoke")!)];
        return type.GetMembers(Declared).Select(Describe).OfType<string>().Distinct().Order(StringComparer.Ordinal);
    }

    private static string? Describe(MemberInfo member) => member switch
    {
        FieldInfo field when field.IsPublic || field.IsFamily => $"{(field.IsLiteral ? "const " : "")}{Name(field.FieldType)} {field.Name}",
        PropertyInfo property when Accessors(property) is { Length: > 0 } accessors
            => $"{Static(property.GetAccessors(nonPublic: true)[0])}{Name(property.PropertyType)}{Mark(property)} {property.Name}{Indices(property)} {{ {accessors} }}",
        ConstructorInfo constructor when IsVisible(constructor) => $"new({Parameters(constructor)})",
        MethodInfo method when IsVisible(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) && !method.Name.StartsWith('<')
            => Signature(method),
        EventInfo @event => $"event {Name(@event.EventHandlerType!)} {@event.Name}",
        _ => null,
    };

    private static string Accessors(PropertyInfo property)
    {
        var parts = new List<string>();
        if (property.GetMethod is { } getter && IsVisible(getter)) parts.Add("get;");
        if (property.SetMethod is { } setter && IsVisible(setter)) parts.Add(IsInitOnly(setter) ? "init;" : "set;");
        return string.Join(' ', parts);
    }

    private static bool IsInitOnly(MethodInfo setter)
        => setter.ReturnParameter.GetRequiredCustomModifiers().Any(modifier => modifier.Name == "IsExternalInit");

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Static(MethodBase method) => method.IsStatic ? "static " : "";

    private static string Signature(MethodInfo method)
        => $"{Static(method)}{Name(method.ReturnType)}{Mark(method.ReturnParameter)} {method.Name}{Generic(method.GetGenericArguments())}({Parameters(method)})";

    private static string Indices(PropertyInfo property)
        => property.GetIndexParameters() is { Length: > 0 } indices ? $"[{string.Join(", ", indices.Select(Describe))}]" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Describe));

    private static string Describe(ParameterInfo parameter)
    {
        string by = !parameter.ParameterType.IsByRef ? "" : parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ";
        return $"{by}{Name(parameter.ParameterType)}{Mark(parameter)} {parameter.Name}{(parameter.IsOptional ? " = " + (parameter.RawDefaultValue ?? "default") : "")}";
    }

    // Only references can be marked: the type of a nullable value says so itself.
    private static string Mark(ParameterInfo parameter)
        => IsReference(parameter.ParameterType) && s_nullability.Create(parameter).ReadState == NullabilityState.Nullable ? "?" : "";

    private static string Mark(PropertyInfo property)
        => IsReference(property.PropertyType) && s_nullability.Create(property).ReadState == NullabilityState.Nullable ? "?" : "";

    private static bool IsReference(Type type) => !(type.IsByRef ? type.GetElementType()! : type).IsValueType && type != typeof(void);

    private static string Name(Type type)
    {
        if (type.IsByRef) return Name(type.GetElementType()!);
        if (type.IsArray) return Name(type.GetElementType()!) + "[]";
        if (type.IsPointer) return Name(type.GetElementType()!) + "*";
        if (Nullable.GetUnderlyingType(type) is { } underlying) return Name(underlying) + "?";
        string name = type.IsNested && !type.IsGenericParameter ? $"{Name(type.DeclaringType!)}.{type.Name}" : type.Name;
        int mark = name.IndexOf('`', StringComparison.Ordinal);
        return mark < 0 ? name : name[..mark] + Generic(type.GetGenericArguments());
    }

    private static string Generic(Type[] arguments) => arguments.Length == 0 ? "" : $"<{string.Join(", ", arguments.Select(Name))}>";
}
