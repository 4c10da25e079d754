namespace Nacre;

/// <summary>Functions of the host that modules can import. Implemented for classes marked with <see cref="HostModuleAttribute"/>.</summary>
public interface IHostModule
{
    /// <summary>Defines all functions in <paramref name="linker"/>.</summary>
    void DefineIn(Linker linker);
}
