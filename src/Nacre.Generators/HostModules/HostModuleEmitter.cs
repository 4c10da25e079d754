using Microsoft.CodeAnalysis.CSharp;

namespace Nacre.Generators.HostModules;

/// <summary>Writes the implementation of <c>IHostModule</c>: each method is defined with direct reads and writes of its frame.</summary>
internal static class HostModuleEmitter
{
    private const string ValType = "global::Nacre.Syntax.ValType";

    /// <summary>The other part of the class.</summary>
    public static string Emit(HostModuleModel module)
    {
        var code = new CodeWriter($"class {module.FullName}");
        if (module.Namespace.Length > 0)
        {
            code.Line($"namespace {module.Namespace};");
            code.Line();
        }
        code.Open($"partial class {module.TypeName} : global::Nacre.IHostModule");
        code.Open("void global::Nacre.IHostModule.DefineIn(global::Nacre.Linker linker)");
        foreach (HostFunctionModel function in module.Functions) Emit(code, module.Name, function);
        code.Close();
        code.Close();
        return code.ToString();
    }

    private static void Emit(CodeWriter code, string module, HostFunctionModel function)
    {
        code.Line($"linker.Define({Quote(module)}, {Quote(function.Name)},");
        code.Line($"    new global::Nacre.Syntax.FuncType({Types(function.Parameters)}, {Types(function.Results)}),");
        code.Open("    (ref global::Nacre.Runtime.HostFrame frame) =>");
        EmitCall(code, function);
        code.Close("});");
    }

    // Arguments are read in order into locals: reading is a side effect, and C# would evaluate named arguments in another order.
    private static void EmitCall(CodeWriter code, HostFunctionModel function)
    {
        var arguments = new List<string>();
        if (function.TakesCaller) arguments.Add("global::Nacre.Caller.Of(in frame)");
        for (int i = 0; i < function.Parameters.Count; i++)
        {
            code.Line($"var argument{i} = {Read(function.Parameters[i])};");
            arguments.Add(function.Parameters[i].Shape is ValueShape.Function or ValueShape.Reference ? $"argument{i}!" : $"argument{i}");
        }

        string call = $"{function.Method}({string.Join(", ", arguments)})";
        if (function.Results.Count == 0)
        {
            code.Line($"{call};");
            return;
        }
        code.Line($"var result = {call};");
        code.Line("frame.BeginResults();");
        if (function.Results.Count == 1) code.Line(Write(function.Results[0], "result"));
        else for (int i = 0; i < function.Results.Count; i++) code.Line(Write(function.Results[i], $"result.Item{i + 1}"));
    }

    private static string Read(ValueModel value) => value.Shape switch
    {
        ValueShape.Int32 => "frame.NextInt32()",
        ValueShape.UInt32 => "unchecked((uint)frame.NextInt32())",
        ValueShape.Boolean => "frame.NextInt32() != 0",
        ValueShape.Int64 => "frame.NextInt64()",
        ValueShape.UInt64 => "unchecked((ulong)frame.NextInt64())",
        ValueShape.Single => "frame.NextSingle()",
        ValueShape.Double => "frame.NextDouble()",
        ValueShape.Vector128 => "frame.NextVector128()",
        ValueShape.Function => "global::Nacre.HostFrameExtensions.NextFunction(ref frame)",
        ValueShape.Reference => "frame.NextReference()",
        ValueShape.Enum32 => $"unchecked(({value.Type})frame.NextInt32())",
        _ => $"unchecked(({value.Type})frame.NextInt64())",
    };

    private static string Write(ValueModel value, string expression) => value.Shape switch
    {
        ValueShape.UInt32 or ValueShape.Enum32 => $"frame.Return(unchecked((int){expression}));",
        ValueShape.UInt64 or ValueShape.Enum64 => $"frame.Return(unchecked((long){expression}));",
        ValueShape.Boolean => $"frame.Return({expression} ? 1 : 0);",
        ValueShape.Function => $"global::Nacre.HostFrameExtensions.Return(ref frame, {expression});",
        ValueShape.Reference => $"frame.ReturnReference({expression});",
        _ => $"frame.Return({expression});",
    };

    // Arrays: a collection expression makes a type for each length, which the runtime would load.
    private static string Types(EquatableArray<ValueModel> values)
        => values.Count == 0 ? "[]" : $"new {ValType}[] {{ {string.Join(", ", values.Select(value => $"{ValType}.{TypeOf(value)}"))} }}";

    private static string TypeOf(ValueModel value) => value.Shape switch
    {
        ValueShape.Int64 or ValueShape.UInt64 or ValueShape.Enum64 => "I64",
        ValueShape.Single => "F32",
        ValueShape.Double => "F64",
        ValueShape.Vector128 => "V128",
        ValueShape.Function => "Funcref",
        ValueShape.Reference => "Externref",
        _ => "I32",
    };

    private static string Quote(string text) => SymbolDisplay.FormatLiteral(text, quote: true);
}
