using Nacre.Syntax;

namespace Nacre.Binary;

/// <content>Reads a large code section on several cores.</content>
public sealed partial class ModuleDecoder
{
    // Below this many bytes of code, waking other threads takes longer than it saves.
    private const int ParallelByteCount = 512 * 1024;
    private const int FunctionsOfPart = 128;

    /// <summary>Reads all functions by the sizes they declare.</summary>
    /// <returns>False when there is too little to do, or anything is wrong: reading in order then tells what is wrong first.</returns>
    private bool TryReadInParallel(ref BinaryCursor cursor, FuncDefinition[] functions)
    {
        if (Environment.ProcessorCount == 1 || cursor.Remaining < ParallelByteCount) return false;
        BinaryCursor behind = cursor;
        var parts = new int[(functions.Length + FunctionsOfPart - 1) / FunctionsOfPart];     // where they begin
        var mentions = new int?[parts.Length];
        try
        {
            for (int i = 0; i < functions.Length; i++)
            {
                if (i % FunctionsOfPart == 0) parts[i / FunctionsOfPart] = behind.Offset;
                behind.Skip(behind.ReadCount());
            }
        }
        catch (MalformedModuleException)        // comes again where functions are read in order, unless something else does before
        {
            return false;
        }
        if (behind.Offset - cursor.Offset < ParallelByteCount || !ReadParts(functions, parts, mentions)) return false;
        _firstDataMention = Array.Find(mentions, mention => mention is not null);
        cursor = behind;
        return true;
    }

    private bool ReadParts(FuncDefinition[] functions, int[] parts, int?[] mentions)
    {
        int nextPart = -1;
        bool hasFailed = false;
        Parallel.For(0, Environment.ProcessorCount, _ =>
        {
            var expressions = new ExprReader(_bytes, _features);
            while (!Volatile.Read(ref hasFailed) && Interlocked.Increment(ref nextPart) is int part && part < parts.Length)
            {
                try
                {
                    mentions[part] = ReadPart(functions, part * FunctionsOfPart, parts[part], expressions);
                }
                catch (WasmException)       // the same
                {
                    Volatile.Write(ref hasFailed, true);
                }
            }
        });
        return !hasFailed;
    }

    private int? ReadPart(FuncDefinition[] functions, int first, int byteOffset, ExprReader expressions)
    {
        int? mention = null;
        var cursor = new BinaryCursor(_bytes.Span[byteOffset..], byteOffset);
        for (int i = first; i < Math.Min(first + FunctionsOfPart, functions.Length); i++)
        {
            functions[i] = ReadFunction(ref cursor, TypeOfFunction(i), expressions);
            mention ??= expressions.DataMention;
        }
        return mention;
    }
}
