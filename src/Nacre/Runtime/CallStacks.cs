using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre.Runtime;

/// <summary>How positions in code are shown to people.</summary>
internal static class CallStacks
{
    /// <summary>A frame of <paramref name="module"/>'s code, with the names that it gives.</summary>
    public static GuestFrame DescribeFrame(this ValidatedModule module, FuncIndex function, int byteOffset)
        => new(module.Names.ModuleName, function, module.Names.FunctionName(function), byteOffset);
}
