using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre.Runtime;

/// <summary>What code costs when it is metered, the same in every engine.</summary>
/// <remarks>
/// <para>
/// An instruction that control comes to costs a unit; one that works on as many bytes or elements as it is told to costs more, as does
/// one that makes a structure of many fields; so does entering a function. An <c>end</c> or <c>else</c> is come to by whoever does not branch past it.
/// </para>
/// <para>
/// Whether there was enough is looked at where a function is entered and left, where a loop begins and each time it begins again, before
/// an exception is thrown, and before the work of an instruction that was told how much to do. So a guest that ends without
/// <see cref="ExhaustionException"/> has not used more than it was given, and one that does has gone on for no more than a path
/// without loops and calls. Where functions are called, returned from and thrown from, the store knows what is left to the unit.
/// </para>
/// </remarks>
internal static class Fuel
{
    /// <summary>How much compiled loops may use before the store knows: less than a trap costs the host, which forgets it.</summary>
    public const int UnitsBetweenReports = 4096;

    // What a unit buys of work on runs of bytes: about a cache line.
    private const int LogOfBytesPerUnit = 6, LogOfElementsPerUnit = 3;

    /// <summary>What it costs to enter a function: a unit, and more when it has many locals, which are cleared.</summary>
    public static long OfEntry(FuncDefinition function) => 1 + (function.LocalCount >> LogOfElementsPerUnit);

    /// <summary>What an instruction costs by itself: a unit, and more when it makes a structure of many fields.</summary>
    public static long OfInstruction(Opcode opcode, uint type, ValidatedModule module)
        => opcode is Opcode.StructNew or Opcode.StructNewDefault ? 1 + (module.Types[type].Struct!.Fields.Length >> LogOfElementsPerUnit) : 1;

    /// <summary>Whether the topmost operand of an instruction tells how much work it is.</summary>
    /// <remarks>Not <c>memory.grow</c>: the system gives pages when they are touched, and there are only so many.</remarks>
    public static bool IsBulk(Opcode opcode) => IsMemoryBulk(opcode) || opcode
        is Opcode.TableGrow or Opcode.TableFill or Opcode.TableCopy or Opcode.TableInit
        or Opcode.ArrayNew or Opcode.ArrayNewDefault or Opcode.ArrayNewData or Opcode.ArrayNewElem
        or Opcode.ArrayFill or Opcode.ArrayCopy or Opcode.ArrayInitData or Opcode.ArrayInitElem;

    /// <summary>The binary logarithm of how many bytes or elements such an instruction works on for a unit.</summary>
    public static int LogOfCountPerUnit(Opcode opcode) => IsMemoryBulk(opcode) ? LogOfBytesPerUnit : LogOfElementsPerUnit;

    /// <summary>Whether what follows an instruction is not paid for together with it.</summary>
    public static bool EndsStretch(Opcode opcode)
        => IsBulk(opcode) || opcode is Opcode.Call or Opcode.CallIndirect or Opcode.CallRef;

    private static bool IsMemoryBulk(Opcode opcode) => opcode is Opcode.MemoryFill or Opcode.MemoryCopy or Opcode.MemoryInit;
}
