using Nacre.Syntax;

namespace Nacre.Binary;

public sealed partial class ModuleDecoder
{
    private FuncDefinition[] ReadCode(ref BinaryCursor cursor)
    {
        var functions = new FuncDefinition[Limit.ReadCount(ref cursor, ImplementationLimits.Functions, "functions")];
        if (TryReadInParallel(ref cursor, functions)) return functions;
        for (int i = 0; i < functions.Length; i++)
        {
            functions[i] = ReadFunction(ref cursor, TypeOfFunction(i), _expressions);
            _firstDataMention ??= _expressions.DataMention;
        }
        return functions;
    }

    // Too many bodies are reported at the end of the module, after everything else that can be wrong.
    private TypeIndex TypeOfFunction(int position) => position < _functionTypes.Length ? _functionTypes[position] : default;

    private FuncDefinition ReadFunction(ref BinaryCursor cursor, TypeIndex type, ExprReader expressions)
    {
        int byteCount = Limit.ReadCount(ref cursor, ImplementationLimits.FunctionByteCount, "bytes in a function");
        int start = cursor.Offset;
        LocalRun[] locals = ReadLocals(ref cursor);
        Expr body = expressions.Read(ref cursor);
        if (cursor.Offset - start != byteCount)
            Malformed.Throw($"section size mismatch: a function declares {byteCount} bytes and has {cursor.Offset - start}", start);
        return new FuncDefinition(type, locals, body);
    }

    private LocalRun[] ReadLocals(ref BinaryCursor cursor)
    {
        int start = cursor.Offset;
        int count = Limit.ReadCount(ref cursor, ImplementationLimits.Locals, "locals");
        if (count == 0) return Empty<LocalRun>.Array;
        var runs = new LocalRun[count];
        long localCount = 0;
        for (int i = 0; i < count; i++)
        {
            runs[i] = new LocalRun(cursor.ReadU32(), TypeReader.ReadValType(ref cursor, _features));
            localCount += runs[i].Count;
        }
        Limit.Check(localCount, ImplementationLimits.Locals, "locals", start);
        return runs;
    }
}
