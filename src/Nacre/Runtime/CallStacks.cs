using Nacre.Syntax;

namespace Nacre.Runtime;

/// <summary>How positions in code are shown to people.</summary>
internal static class CallStacks
{
    /// <summary>A frame of <paramref name="instance"/>'s code, with the names its module gives.</summary>
    public static GuestFrame DescribeFrame(this ModuleInstance instance, FuncIndex function, int byteOffset)
        => new(instance.Module.Names.ModuleName, function, instance.Module.Names.FunctionName(function), byteOffset);
}
