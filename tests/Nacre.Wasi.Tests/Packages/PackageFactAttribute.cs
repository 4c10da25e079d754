
namespace Nacre.Wasi.Tests;

/// <summary>Programs that people ship: the folder that <c>NACRE_PACKAGES</c> names, else what <c>eng/get-packages</c> left in artifacts.</summary>
internal static class ShippedPackages
{
    public const string Missing = "The packages are not there: eng/get-packages restores them.";

    private static readonly string s_folder = Environment.GetEnvironmentVariable("NACRE_PACKAGES")
        ?? Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "packages", "node_modules");

    /// <summary>Whether all packages are there.</summary>
    public static bool AreThere { get; } = File.Exists(PathOf("@yowasp/yosys/gen/yosys.core.wasm"))
        && File.Exists(PathOf("@yowasp/clang/gen/llvm.core.wasm")) && File.Exists(PathOf("quickjs-wasi/quickjs.wasm"))
        && File.Exists(PathOf("@sqlite.org/sqlite-wasm/sqlite-wasm/jswasm/sqlite3.wasm"));

    /// <summary>Where a file of a package is.</summary>
    public static string PathOf(string file) => Path.Combine(s_folder, file);
}

/// <summary>A fact about shipped programs. It is skipped where they are not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PackageFactAttribute : FactAttribute
{
    public PackageFactAttribute() => Skip = ShippedPackages.AreThere ? null : ShippedPackages.Missing;
}

/// <summary>A theory about shipped programs, once for every engine. It is skipped where they are not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PackageTheoryAttribute : TheoryAttribute
{
    public PackageTheoryAttribute() => Skip = ShippedPackages.AreThere ? null : ShippedPackages.Missing;
}
