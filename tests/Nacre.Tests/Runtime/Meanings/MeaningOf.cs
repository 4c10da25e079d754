using System.Reflection;
using Nacre.Syntax;

namespace Nacre.Tests.Runtime.Meanings;

/// <summary>Finds the meaning of an instruction by its name, as a generator does.</summary>
internal static class MeaningOf
{
    public static MethodInfo Method(Opcode opcode) => Find(opcode) ?? throw new InvalidOperationException($"{opcode} has no meaning.");

    public static MethodInfo? Find(Opcode opcode) =>
        typeof(Nacre.Runtime.Meanings).GetMethod(opcode.ToString(), BindingFlags.Static | BindingFlags.Public);
}
