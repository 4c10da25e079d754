namespace Nacre.Cli.Running;

/// <summary>What a module that imports what nobody gives was made for, and what to do about it.</summary>
internal static class ImportAdvice
{
    /// <summary>Advice for who wanted to run the module; null when there is none.</summary>
    /// <param name="module">The first name of the import.</param>
    /// <param name="name">The second.</param>
    public static string? For(string? module, string? name) => (module, name) switch
    {
        ("wasi", "thread-spawn") => "The module wants threads (wasi-threads). Give it some: nacre run --threads COUNT.",
        ("wasi_snapshot_preview1" or "wasi_unstable", _) => "WASI preview 1 has no such function of this type.",
        ("gojs" or "go", _) => "The module was built for Go's JavaScript glue. Build it with GOOS=wasip1 GOARCH=wasm.",
        ("wbg" or "__wbindgen_placeholder__" or "__wbindgen_externref_xform__", _)
            => "The module was built with wasm-bindgen, for JavaScript. Build it for wasm32-wasip1.",
        ("env" or "a", { } function) when IsEmscripten(module, function)
            => "The module was built for Emscripten's JavaScript glue. Link it with -sSTANDALONE_WASM.",
        ("env", "memory") => "The module imports its memory. Link it without --import-memory, unless it is to be shared: nacre run --threads COUNT.",
        ({ } space, _) when space.Contains(':', StringComparison.Ordinal)
            => "The module is the core of a component. Run the component it was made for.",
        ("env", { } function) => $"Nobody defined '{function}': was a library forgotten when the module was linked? Host functions are given by programs that embed Nacre.",
        _ => "Host functions are given by programs that embed Nacre.",
    };

    // With optimisation Emscripten calls its module 'a', and its functions 'a' to 'zz'.
    private static bool IsEmscripten(string module, string function)
        => module == "a" ? function.Length <= 2
            : function.Contains("emscripten", StringComparison.Ordinal)
                || function.StartsWith("invoke_", StringComparison.Ordinal)
                || function.StartsWith("__syscall_", StringComparison.Ordinal)
                || function.StartsWith("__cxa_", StringComparison.Ordinal);
}
