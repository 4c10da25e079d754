namespace Nacre.Generators.Interpreter;

/// <summary>Writes the two dispatch skeletons.</summary>
internal static class DispatchEmitter
{
    private const string SpecFiles = "spec/opcodes.txt and spec/interpreter.txt";

    private const string Parameters = "Instr* pc, ulong* fp, MemoryCell* memory, InterpreterThread thread";
    private const string HandlerType = "delegate*<Instr*, ulong*, MemoryCell*, InterpreterThread, void>";
    private const string NextFrame = "fp = thread.Fp; memory = thread.Memory;";
    private const string Leave = "ulong* record = fp + pc->A; pc = (Instr*)record[0]; fp = (ulong*)record[1];";

    // Only what is always needed is done here; whatever else a call takes is left to CallSlowly.
    private const string Enter = "Instr* header = thread.Entries[pc->B]; ulong* frame = fp + pc->A; "
        + $"if (header == null || header[1].C != 0 || frame + header->C > thread.Limit) {InternalOp.Slowly} "
        + "Steps.MakeFrame(header, frame, pc + 1, fp); fp = frame; pc = header + FunctionCode.HeaderWordCount;";

    // Threads that run the same code may count over each other: that makes a function hot a little later.
    private const string Count = "Instr* counter = pc - pc->B; int left = (int)(counter->A - pc->C); counter->A = (uint)left; "
        + $"if (left < 0) {InternalOp.Hot} pc += 1;";

    /// <summary>The loop: common operations in one <c>switch</c>, vectors and atomics in a second one it falls back to.</summary>
    public static string EmitLoop(IReadOnlyList<InternalOp> ops)
    {
        var code = new CodeWriter(SpecFiles);
        WriteHead(code);
        code.Open("internal static unsafe partial class Dispatch");
        code.Line("// Makes at most `steps` steps. Returns how many are left: none when the code goes on at the thread's position.");
        code.Open("private static int Loop(InterpreterThread thread, Instr* pc, ulong* fp, int steps)");
        code.Line("MemoryCell* memory = thread.Memory;");
        code.Open("while (steps-- > 0)");
        code.Open("switch (pc->Op)");
        foreach (InternalOp op in ops.Where(op => !op.IsWide)) WriteCase(code, op);
        code.Line("default: pc = StepWide(pc, fp, memory, thread); continue;");
        code.Close();
        code.Close();
        code.Line("thread.Mark(pc, fp);");
        code.Line("return 0;");
        code.Close();
        code.Line();
        code.Open($"private static Instr* StepWide({Parameters})");
        code.Open("switch (pc->Op)");
        foreach (InternalOp op in ops.Where(op => op.IsWide)) code.Line($"case Op.{op.Name}: {{ {ForLoop(op.Body)} return pc + {op.Words}; }}");
        code.Line("default: throw new System.Diagnostics.UnreachableException(\"a word that is no operation\");");
        code.Close();
        code.Close();
        code.Close();
        return code.ToString();
    }

    /// <summary>The handlers, a method for each operation.</summary>
    public static string EmitHandlers(IReadOnlyList<InternalOp> ops)
    {
        var code = new CodeWriter(SpecFiles);
        WriteHead(code);
        code.Open("internal static unsafe class Handlers");
        code.Line("/// <summary>The handler of each operation, by its number.</summary>");
        code.Line($"public static readonly {HandlerType}* Table = Fill();");
        code.Line();
        code.Open($"private static {HandlerType}* Fill()");
        code.Line($"var table = ({HandlerType}*)System.Runtime.CompilerServices.RuntimeHelpers.AllocateTypeAssociatedMemory(typeof(Handlers), {ops.Count} * sizeof(nint));");
        foreach (InternalOp op in ops) code.Line($"table[(int)Op.{op.Name}] = &Threaded.{op.Name};");
        code.Line("return table;");
        code.Close();
        code.Close();
        code.Line();
        code.Open("internal static unsafe class Threaded");
        foreach (InternalOp op in ops) WriteHandler(code, op);
        code.Line($"private static void MemoryFault({Parameters}) => thread.ThrowMemoryOutOfBounds(pc, fp);");
        code.Close();
        return code.ToString();
    }

    private static void WriteHead(CodeWriter code)
    {
        code.Line("using Nacre.Runtime;");
        code.Line();
        code.Line("namespace Nacre.Interpreter;");
        code.Line();
    }

    private static void WriteCase(CodeWriter code, InternalOp op)
        => code.Line($"case Op.{op.Name}: {{ {(op.Kind == OpKind.Exit ? "return steps + 1;" : ForLoop(Advance(op)) + " continue;")} }}");

    private static void WriteHandler(CodeWriter code, InternalOp op)
    {
        code.Line("[System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]");
        code.Line(op.Kind == OpKind.Exit
            ? $"public static void {op.Name}({Parameters}) {{ }}"
            : $"public static void {op.Name}({Parameters}) {{ {ForHandler(Advance(op))} Handlers.Table[(int)pc->Op](pc, fp, memory, thread); }}");
    }

    /// <summary>Does the operation, and moves on to the next word.</summary>
    private static string Advance(InternalOp op) => op.Kind switch
    {
        OpKind.Step => $"{op.Body} pc += {op.Words};",
        OpKind.Jump => $"pc = {op.Body};",
        OpKind.Enter => Enter,
        OpKind.Leave => Leave,
        OpKind.Count => Count,
        _ => $"pc = {op.Body}; {NextFrame}",
    };

    // A handler that calls anything, but for the next handler, has to keep its registers on the stack. So what is done rarely is
    // a tail call as well.
    private static string ForHandler(string body) => body
        .Replace(InternalOp.Fault, "{ MemoryFault(pc, fp, memory, thread); return; }")
        .Replace(InternalOp.Slowly, "{ CallSlowly(pc, fp, memory, thread); return; }")
        .Replace(InternalOp.Hot, "{ BecomeHot(pc, fp, memory, thread); return; }");

    private static string ForLoop(string body) => body
        .Replace(InternalOp.Fault, "thread.ThrowMemoryOutOfBounds(pc, fp);")
        .Replace(InternalOp.Slowly, $"{{ pc = Steps.CallSlowly(pc, fp, thread); {NextFrame} continue; }}")
        .Replace(InternalOp.Hot, $"{{ pc = Steps.BecomeHot(pc, fp, thread); {NextFrame} continue; }}");
}
