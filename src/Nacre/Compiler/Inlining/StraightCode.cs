using System.Reflection;
using System.Reflection.Emit;

namespace Nacre.Compiler;

/// <summary>The CIL of a method without the branches that the machine and types decide, and with the methods of this assembly that it calls.</summary>
/// <param name="Steps">What it does, leaving the result on CIL's stack.</param>
/// <param name="Parameters">Types of its parameters.</param>
/// <param name="Locals">Types of its local variables, each of which is set before it is read.</param>
internal sealed record StraightCode(IReadOnlyList<StraightCode.Step> Steps, IReadOnlyList<Type> Parameters, IReadOnlyList<Type> Locals)
{
    /// <summary>Whether it takes its first argument at once, and only then.</summary>
    public bool BeginsWithFirst { get; } = IsFirst(Steps[0]) && Steps.Count(IsFirst) == 1;

    private static bool IsFirst(Step step) => step.Code == OpCodes.Ldarg && step.Operand is 0;

    /// <summary>An instruction. Its operand is a number, a method, a type, or null; arguments and locals go by number.</summary>
    public readonly record struct Step(OpCode Code, object? Operand)
    {
        /// <summary>Emits an instruction that names no argument or local.</summary>
        public void Emit(ILGenerator il)
        {
            switch (Operand)
            {
                case null: il.Emit(Code); break;
                case byte number: il.Emit(Code, number); break;
                case int number: il.Emit(Code, number); break;
                case long number: il.Emit(Code, number); break;
                case float number: il.Emit(Code, number); break;
                case double number: il.Emit(Code, number); break;
                case MethodInfo method: il.Emit(Code, method); break;
                case Type type: il.Emit(Code, type); break;
                default: throw new InvalidOperationException($"{Code} has an operand of {Operand.GetType()}");
            }
        }
    }
}
