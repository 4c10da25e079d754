namespace Nacre;

/// <summary>Marks a partial class whose methods with <see cref="HostFunctionAttribute"/> modules can import.</summary>
/// <remarks>
/// The class is made an <see cref="IHostModule"/> when it is compiled; nothing is reflected on when it runs. Give it to
/// <see cref="Linker.Define(IHostModule)"/>.
/// </remarks>
/// <param name="name">The first name of the imports.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class HostModuleAttribute(string name) : Attribute
{
    /// <summary>The first name of the imports.</summary>
    public string Name { get; } = name;
}

/// <summary>Marks a method that modules can import.</summary>
/// <remarks>
/// Parameters and results may be <c>int</c>, <c>uint</c>, <c>bool</c> and enumerations of up to 32 bits (<c>i32</c>), <c>long</c>,
/// <c>ulong</c> and enumerations of 64 bits (<c>i64</c>), <c>float</c>, <c>double</c>, <c>Vector128&lt;byte&gt;</c>
/// (<c>v128</c>), <see cref="Function"/> (<c>funcref</c>) and <c>object</c> (<c>externref</c>); several results are a tuple. A first parameter of
/// type <see cref="Caller"/> is filled in and is not seen by the guest.
/// </remarks>
/// <param name="name">The second name of the import.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class HostFunctionAttribute(string name) : Attribute
{
    /// <summary>The second name of the import.</summary>
    public string Name { get; } = name;
}
