using System.Runtime.Intrinsics;
using System.Text;
using Nacre.Fuzz.Generation;
using Nacre.Runtime;
using Nacre.Syntax;

namespace Nacre.Fuzz.Oracles;

/// <summary>Runs a generated module on one engine and writes down what can be seen of it.</summary>
internal sealed class EngineRun
{
    private const int CallsPerFunction = 3, FuelUnits = 6_000, Countdown = 60;

    private readonly Transcript _transcript = new();
    private readonly EngineOptions _options;
    private readonly Dice _arguments;
    private bool _isCalledBack;

    private EngineRun(EngineOptions options, ulong seed, ulong number) => (_options, _arguments) = (options, new Dice(seed + 1, number));

    /// <summary>Runs a module: the same arguments for the same <paramref name="seed"/> and <paramref name="number"/>.</summary>
    public static Transcript Run(EngineOptions options, byte[] module, ulong seed, ulong number)
    {
        var run = new EngineRun(options, seed, number);
        run.Run(module);
        return run._transcript;
    }

    private void Run(byte[] bytes)
    {
        using var engine = new Engine(_options);
        using var store = new Store(engine);
        Module module = engine.Compile(bytes);
        Linker linker = LinkerFor(store, module);
        // What is imported besides functions is shared between two instances, which so call each other through tables.
        bool isShared = module.Imports.Any(import => import.Type is not FuncExternType);
        Instance[] instances = [.. Enumerable.Range(0, isShared ? 2 : 1).Select(_ => linker.Instantiate(store, module))];
        foreach (Export export in module.Definition.Exports)
        {
            if (export.Kind != ExternKind.Func) continue;
            for (int i = 0; i < CallsPerFunction; i++)
            {
                Instance instance = instances[i % instances.Length];
                foreach (Instance one in instances)
                    if (one.Export("g0") is Global countdown) countdown.Value = Countdown;
                if (!Call(store, export.Name, instance.Function(export.Name))) return;
            }
        }
        foreach (Instance instance in instances)
            foreach (Export export in module.Definition.Exports) Look(instance.Export(export.Name)!, export.Name);
    }

    // Host functions are seen by what they are given.
    private Linker LinkerFor(Store store, Module module)
    {
        var linker = new Linker(module.Engine);
        foreach (ImportDescription import in module.Imports)
        {
            if (import.Signature is { } type) linker.Define(import.Module, import.Name, type, (ref HostFrame frame) => Host(import.Name, type, ref frame));
            else linker.Define(import.Module, import.Name, Item(store, import.Type));
        }
        return linker;
    }

    private Extern Item(Store store, ExternType type) => type switch
    {
        MemoryType memory => new Memory(store, memory),
        TableType table => new Table(store, table, Value.Null(table.Element)),
        _ => new Global(store, (GlobalType)type, Argument(((GlobalType)type).Value)),
    };

    private void Host(string name, FuncType type, ref HostFrame frame)
    {
        long number = 0;
        var references = new List<object?>();
        var text = new StringBuilder(name);
        foreach (ValType parameter in type.Parameters)
        {
            if (parameter.IsReference) references.Add(frame.NextReference());
            RawValue value = parameter.IsReference ? RawValue.Of(references[^1])
                : parameter == ValType.I32 ? RawValue.Number((uint)(number = frame.NextInt32()))
                : parameter == ValType.I64 ? RawValue.Number((ulong)(number = frame.NextInt64()))
                : parameter == ValType.F32 ? RawValue.Number(BitConverter.SingleToUInt32Bits(frame.NextSingle()))
                : parameter == ValType.F64 ? RawValue.Number(BitConverter.DoubleToUInt64Bits(frame.NextDouble()))
                : Vector(frame.NextVector128().AsUInt64());
            text.Append(' ').Append(ValueText.Of(parameter, value));
        }
        if (_options.ConsumeFuel) text.Append("; fuel ").Append(Caller.Of(frame).Store.Fuel);
        _transcript.Add(text.ToString());
        if ((number & 1) == 0) CallBack(Caller.Of(frame), number);
        frame.BeginResults();
        int returned = 0;
        foreach (ValType result in type.Results)
        {
            number++;       // so that the order of results shows
            if (result.IsReference) frame.ReturnReference(references.Count == 0 ? null : references[++returned % references.Count]);
            else if (result == ValType.F32) frame.Return(BitConverter.UInt32BitsToSingle((uint)number));
            else if (result == ValType.F64) frame.Return((double)number);
            else if (result == ValType.V128) frame.Return(Vector128.Create(number, ~number).AsByte());
            else if (result == ValType.I32) frame.Return((int)number);
            else frame.Return(number ^ 5);
        }
    }

    private static RawValue Vector(Vector128<ulong> value) => RawValue.Read(ValType.V128, value[0], value[1]);

    // Into the guest again, whose errors go on to the one that called; no deeper than that.
    private void CallBack(Caller caller, long number)
    {
        if (_isCalledBack || caller.Instance is not { } instance) return;
        if (instance.ExportNames.FirstOrDefault(name => name[0] == 'f') is not { } name) return;
        Function function = instance.Function(name);
        Value[] arguments = [.. function.Type.Parameters.ToArray().Select((type, i) => Small(type, number + i))];
        _isCalledBack = true;
        try
        {
            Value[] results = function.Invoke(arguments);
            _transcript.Add($"back from {name}{TextOf(results, function, caller.Store)}");
        }
        finally
        {
            _isCalledBack = false;
        }
    }

    private static Value Small(ValType type, long number)
        => type == ValType.I32 ? Value.FromInt32((int)number)
        : type == ValType.I64 ? Value.FromInt64(number)
        : type == ValType.F32 ? Value.FromSingle(number)
        : type == ValType.F64 ? Value.FromDouble(number)
        : type == ValType.V128 ? Value.FromVector128(Vector128.Create(number).AsByte())
        : Value.Null(type);

    private bool Call(Store store, string name, Function function)
    {
        ReadOnlySpan<ValType> parameters = function.Type.Parameters;
        var arguments = new Value[parameters.Length];
        for (int i = 0; i < arguments.Length; i++) arguments[i] = Argument(parameters[i]);
        if (_options.ConsumeFuel) store.Fuel = FuelUnits;
        string outcome;
        try
        {
            Value[] results = function.Invoke(arguments);
            outcome = $" returned{TextOf(results, function, store)}";
        }
        catch (TrapException trap)
        {
            outcome = $" trapped: {trap.Kind}";
        }
        catch (ExhaustionException exhaustion) when (exhaustion.Kind == ExhaustionKind.CallStack)
        {
            _transcript.EndAtStack();
            return false;
        }
        catch (ExhaustionException exhaustion)
        {
            outcome = $" used up {exhaustion.Kind}";
        }
        catch (GuestException exception)
        {
            outcome = $" threw {ValueText.Of(exception.Thrown)}";
        }
        // A trap forgets some of what was used, and engines differ in how much.
        bool tellsFuel = _options.ConsumeFuel && !outcome.StartsWith(" trapped", StringComparison.Ordinal);
        _transcript.Add($"{name}({string.Join(", ", arguments)}){outcome}{(tellsFuel ? $"; fuel {store.Fuel}" : "")}");
        return true;
    }

    private static string TextOf(Value[] results, Function function, Store store)
    {
        var text = new StringBuilder();
        for (int i = 0; i < results.Length; i++)
        {
            ValType type = function.Type.Results[i];
            text.Append(' ').Append(ValueText.Of(type, results[i].ToRaw(type, store.State)));
        }
        return text.ToString();
    }

    private Value Argument(ValType type)
    {
        if (type.IsReference) return type == ValType.Externref && _arguments.Once(2) ? Value.FromExtern($"host object {_arguments.Below(5)}") : Value.Null(type);
        ulong bits = Interesting.Bits(_arguments, type);
        return type == ValType.I32 ? Value.FromInt32((int)bits)
            : type == ValType.I64 ? Value.FromInt64((long)bits)
            : type == ValType.F32 ? Value.FromSingle(BitConverter.UInt32BitsToSingle((uint)bits))
            : type == ValType.F64 ? Value.FromDouble(BitConverter.UInt64BitsToDouble(bits))
            : Value.FromVector128(Vector128.Create(bits, Interesting.Bits(_arguments, type)).AsByte());
    }

    private void Look(Extern item, string name)
    {
        switch (item)
        {
            case Global global: _transcript.Add($"{name} = {ValueText.Of(global.Type.Value, global.Instance.Value)}"); break;
            case Table { Instance: var table }:
                var text = new StringBuilder(name);
                for (uint i = 0; i < table.Size; i++) text.Append(' ').Append(ValueText.Of(table.Elements[i]));
                _transcript.Add(text.ToString());
                break;
            case Memory memory:
                _transcript.Add($"{name}: {memory.PageCount} pages");
                _transcript.Memories.Add(memory.Slice(0ul, (ulong)memory.ByteLength).ToArray());
                break;
        }
    }
}
