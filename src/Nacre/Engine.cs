using System.Runtime.CompilerServices;
using System.Text;
using Nacre.Binary;
using Nacre.Compiler;
using Nacre.Interpreter;
using Nacre.Runtime;
using Nacre.Syntax;
using Nacre.Text;
using Nacre.Tiering;
using Nacre.Validation;

namespace Nacre;

/// <summary>Compiles modules and says how they are run. Where an embedding begins.</summary>
/// <remarks>
/// An engine may be used by any number of threads at once, and serves any number of modules and stores. Nothing is shared between two
/// engines. Spec: Appendix, Embedding.
/// </remarks>
public sealed class Engine : IDisposable
{
    private volatile bool _isDisposed;

    /// <summary>Creates an engine with the default options.</summary>
    public Engine() : this(new EngineOptions()) { }

    /// <summary>Creates an engine.</summary>
    /// <exception cref="ArgumentNullException">The options, their <see cref="EngineOptions.Limits"/> or <see cref="EngineOptions.TimeProvider"/> are null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="PlatformNotSupportedException">The options want <see cref="EngineKind.Compiler"/> where .NET cannot compile at run time.</exception>
    public Engine(EngineOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.StackByteCount, EngineOptions.MinStackByteCount, nameof(options));
        ArgumentNullException.ThrowIfNull(options.Limits);
        ArgumentNullException.ThrowIfNull(options.TimeProvider);
        Options = options;
        Execution = CreateExecution(options);
        Features = options.Features & Execution.Features;
    }

    private static ExecutionEngine CreateExecution(EngineOptions options)
    {
        var code = new CodeOptions(options.ConsumeFuel, options.Interruptible, options.CanonicalizeNaNs);
        var translation = new TranslationOptions(code);
        if (RuntimeFeature.IsDynamicCodeSupported && CompilerEngine.IsSupported && options.Kind != EngineKind.Interpreter)
        {
            var compilation = new CompilerOptions(code) { SplitLimits = options.SplitLimits };
            return options.Kind == EngineKind.Compiler
                ? new CompilerEngine(compilation, options.StackByteCount)
                : new TieredEngine(translation, compilation, options.Tiering, options.StackByteCount);
        }
        if (options.Kind == EngineKind.Compiler)
            throw new PlatformNotSupportedException("The compiler needs a platform on which .NET compiles at run time; the interpreter runs everywhere.");
        return new InterpreterEngine(translation, options.StackByteCount);
    }

    /// <summary>The options the engine was created with.</summary>
    public EngineOptions Options { get; }

    /// <summary>What modules may use: of the features in the options, those that this kind of engine can run.</summary>
    public WasmFeatures Features { get; }

    /// <summary>How accesses to the memories of this engine's stores are kept inside them.</summary>
    /// <value>
    /// <see cref="MemoryStrategy.Guard"/> or <see cref="MemoryStrategy.Explicit"/>; the latter also when the options ask for guard pages
    /// and this process cannot have them. <see cref="Memory.IsGuarded"/> tells of one memory.
    /// </value>
    public MemoryStrategy MemoryStrategy => WantsGuardPages && GuardPages.AreAvailable ? MemoryStrategy.Guard : MemoryStrategy.Explicit;

    internal ExecutionEngine Execution { get; }

    // Does not ask whether there are guard pages: that takes some time, and the first memory will do it.
    internal bool WantsGuardPages
        => Options.MemoryStrategy == MemoryStrategy.Guard || (Options.MemoryStrategy == MemoryStrategy.Auto && Execution.GainsFromGuardPages);

    internal TypeRegistry Types { get; } = new();

    /// <summary>Decodes and validates a module in the binary format and readies it to be run.</summary>
    /// <param name="bytes">The module. They are copied and may be changed afterwards.</param>
    /// <exception cref="MalformedModuleException">The bytes are no module, or use a feature that is not among <see cref="Features"/>.</exception>
    /// <exception cref="InvalidModuleException">The module breaks a rule of validation.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    /// <remarks>Spec: Appendix, Embedding, <c>module_decode</c> and <c>module_validate</c>.</remarks>
    public Module Compile(ReadOnlySpan<byte> bytes)
    {
        ThrowIfDisposed();
        ModuleDefinition definition = ModuleDecoder.Decode(bytes.ToArray(), Features);
        return new Module(this, ModuleValidator.Validate(definition, Features, Types));
    }

    /// <summary>Reads and validates a module in the text format and readies it to be run.</summary>
    /// <param name="utf8">The module, in UTF-8.</param>
    /// <param name="fileName">Where it came from, for messages.</param>
    /// <exception cref="MalformedModuleException">The text is no module, or uses a feature that is not among <see cref="Features"/>.</exception>
    /// <exception cref="InvalidModuleException">The module breaks a rule of validation; byte offsets are those of the module in the binary format.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    /// <remarks>Spec: Appendix, Embedding, <c>module_parse</c>.</remarks>
    public Module CompileText(ReadOnlyMemory<byte> utf8, string? fileName = null)
    {
        return CompileText(new TextSource(ModuleParser.BytesOf(utf8), fileName));
    }

    /// <summary>Reads and validates a module in the text format; see the overload for UTF-8.</summary>
    /// <param name="text">The module.</param>
    /// <param name="fileName">Where it came from, for messages.</param>
    /// <exception cref="MalformedModuleException">The text is no module, or uses a feature that is not among <see cref="Features"/>.</exception>
    /// <exception cref="InvalidModuleException">The module breaks a rule of validation.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    public Module CompileText(string text, string? fileName = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return CompileText(new TextSource(Encoding.UTF8.GetBytes(text), fileName));
    }

    // What is validated went through the binary format: limits, features and byte offsets are the same for both.
    private Module CompileText(TextSource source)
    {
        ThrowIfDisposed();
        return new Module(this, ValidateText(source, Features, Types));
    }

    private static ValidatedModule ValidateText(TextSource source, WasmFeatures features, TypeRegistry types)
    {
        ModuleDefinition definition = ModuleDecoder.Decode(ModuleEncoder.Encode(ModuleParser.Parse(source, features)), features);
        try
        {
            return ModuleValidator.Validate(definition, features, types);
        }
        catch (InvalidModuleException e)
        {
            throw ModuleParser.Locate(source, features, definition, e);
        }
    }

    /// <summary>Decodes and validates a module in the binary format, and keeps nothing of it.</summary>
    /// <param name="bytes">The module.</param>
    /// <exception cref="MalformedModuleException">The bytes are no module, or use a feature that is not among those of the options.</exception>
    /// <exception cref="InvalidModuleException">The module breaks a rule of validation.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    /// <remarks>A valid module may use what this kind of engine cannot run. Spec: Appendix, Embedding, <c>module_validate</c>.</remarks>
    public void Validate(ReadOnlyMemory<byte> bytes)
    {
        ThrowIfDisposed();
        ModuleValidator.Validate(ModuleDecoder.Decode(bytes, Options.Features), Options.Features, new TypeRegistry());
    }

    /// <summary>Reads and validates a module in the text format, and keeps nothing of it.</summary>
    /// <param name="utf8">The module, in UTF-8.</param>
    /// <param name="fileName">Where it came from, for messages.</param>
    /// <exception cref="MalformedModuleException">The text is no module, or uses a feature that is not among those of the options.</exception>
    /// <exception cref="InvalidModuleException">The module breaks a rule of validation.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    public void ValidateText(ReadOnlyMemory<byte> utf8, string? fileName = null)
    {
        ThrowIfDisposed();
        ValidateText(new TextSource(ModuleParser.BytesOf(utf8), fileName), Options.Features, new TypeRegistry());
    }

    /// <summary>Ends the engine: nothing more can be compiled, and no stores be created. Existing stores stay usable.</summary>
    public void Dispose() => _isDisposed = true;

    internal void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_isDisposed, this);
}
