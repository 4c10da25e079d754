using System.Globalization;
using Nacre.Runtime;
using Nacre.Syntax;
using Nacre.Tests.Support;

namespace Nacre.Tests.Scripts;

/// <summary>Runs a random module as a JavaScript host would, and writes down what it sees.</summary>
internal sealed class DifferentialGuest : IDisposable
{
    private const string Initializer = "hangLimitInitializer";

    private readonly Engine _engine;
    private readonly Store _store;
    private readonly Linker _linker;
    private readonly ExceptionInstance _typeError;      // what JavaScript throws where it has no value; guests catch it like any other

    public DifferentialGuest(EngineKind kind)
    {
        _engine = new Engine(kind.Options() with { Features = WasmFeatures.All });
        _store = new Store(_engine);
        _linker = new Linker(_engine);
        _typeError = new ExceptionInstance(new Tag(_store, new FuncType([], [])).Instance, [], []);
    }

    /// <summary>A line for each call: of the host by the guest, and of the guest by the host.</summary>
    public List<string> Log { get; } = [];

    /// <summary>Instantiates a module and calls each function that it exports.</summary>
    /// <returns>Whether it can be instantiated.</returns>
    public bool Run(byte[] bytes)
    {
        Module module = _engine.Compile(bytes);
        foreach (ImportDescription import in module.Imports) Define(import);
        Instance instance;
        try
        {
            instance = _linker.Instantiate(_store, module);
        }
        catch (WasmException)
        {
            return false;
        }
        if (instance.TryGetFunction(Initializer, out Function? initialize)) initialize.Invoke();
        foreach (ExportDescription export in module.Exports)
        {
            if (export.Signature is { } signature && export.Type.Kind == ExternKind.Func && export.Name != Initializer)
                Log.Add($"[{export.Name}] {Call(instance.Function(export.Name), signature)}");
        }
        return true;
    }

    public void Dispose()
    {
        _store.Dispose();
        _engine.Dispose();
    }

    private void Define(ImportDescription import)
    {
        switch (import.Type)
        {
            case FuncExternType:
                _linker.Define(import.Module, import.Name, import.Signature!, BodyOf(import.Name, import.Signature!));
                break;
            case TagType:
                var thrown = new FuncType([import.Name == "jstag" ? ValType.Externref : ValType.I32], []);
                _linker.Define(import.Module, import.Name, new Tag(_store, thrown));
                break;
            case GlobalType global:
                Value value = global.Value.IsReference ? Value.FromExtern(new object()) : Zero(global.Value);
                _linker.Define(import.Module, import.Name, new Global(_store, global, value));
                break;
        }
    }

    private HostFunctionBody BodyOf(string name, FuncType type)
    {
        if (!IsExpressible(type)) return (ref HostFrame _) => throw new GuestException(_typeError);
        if (name.StartsWith("log-", StringComparison.Ordinal)) return (ref HostFrame frame) => Log.Add($"log {Next(ref frame, type.Parameters[0])}");
        return (ref HostFrame frame) =>
        {
            Log.Add($"call {name}");
            frame.BeginResults();
            foreach (ValType result in type.Results)
            {
                if (result.IsReference) frame.ReturnReference(null);
                else frame.Return(0L);
            }
        };
    }

    private static string Next(ref HostFrame frame, ValType type)
        => type.IsReference ? frame.NextReference() is null ? "null" : "ref"
        : type == ValType.I32 ? Describe(frame.NextInt32())
        : type == ValType.I64 ? Describe(frame.NextInt64())
        : type == ValType.F32 ? Describe(frame.NextSingle())
        : Describe(frame.NextDouble());

    private string Call(Function function, FuncType type)
    {
        if (!IsExpressible(type) || type.Parameters.ToArray().Any(parameter => !parameter.IsDefaultable)) return "skipped";
        try
        {
            Value[] results = function.Invoke(Array.ConvertAll(type.Parameters.ToArray(), Zero));
            string[] texts = [.. results.Select(Describe)];
            return $"=> {(texts.Length == 0 ? "none" : texts.Length == 1 ? texts[0] : $"[{string.Join(',', texts)}]")}";
        }
        catch (GuestException e)
        {
            return e.Thrown == _typeError ? "host-type-error" : "wasm exception";
        }
        catch (TrapException)
        {
            return "trap";
        }
    }

    private static Value Zero(ValType type)
        => type == ValType.I32 ? 0 : type == ValType.I64 ? 0L : type == ValType.F32 ? 0f : type == ValType.F64 ? 0.0 : Value.Null(type);

    private static string Describe(Value value)
        => value.Type.IsReference ? value.AsReference() is null ? "null" : "ref"
        : value.Type == ValType.I32 ? $"i32:{value.AsInt32()}"
        : value.Type == ValType.I64 ? $"i64:{value.AsInt64()}"
        : value.Type == ValType.F32 ? float.IsNaN(value.AsSingle()) ? "f32:nan" : $"f32:0x{BitConverter.SingleToUInt32Bits(value.AsSingle()):x8}"
        : double.IsNaN(value.AsDouble()) ? "f64:nan" : $"f64:0x{BitConverter.DoubleToUInt64Bits(value.AsDouble()):x16}";

    // What has no counterpart among the values of JavaScript.
    private static bool IsExpressible(FuncType type) => Array.TrueForAll([.. type.Parameters, .. type.Results], IsExpressible);

    private static bool IsExpressible(ValType type)
        => !type.IsVector && !(type.IsReference && !type.HeapType.IsDefined && type.HeapType.Abstract is AbstractHeapType.Exn or AbstractHeapType.NoExn);
}
