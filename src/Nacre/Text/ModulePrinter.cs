using System.Globalization;
using Nacre.Syntax;

namespace Nacre.Text;

/// <summary>Prints a module in its text format.</summary>
/// <remarks>
/// Spec: Text Format. What is printed is read back as the same module, whether it is valid or not. Names of the <c>name</c> section
/// become identifiers, branch hints and other custom sections annotations. A function's names that occur twice are told apart by their
/// index, and integers lose the digits that the binary format lets them have in excess; that a module announces its number of data
/// segments is not in the text. Takes time in proportion to the text, however deep blocks are nested.
/// </remarks>
public static class ModulePrinter
{
    /// <summary>Prints <paramref name="module"/>.</summary>
    /// <param name="module">What is printed.</param>
    /// <param name="options">How; flat and whole without them.</param>
    /// <returns>The text, its lines ended by <c>\n</c>.</returns>
    /// <exception cref="MalformedModuleException">A function's code is malformed, which no decoded or parsed module has.</exception>
    public static string Print(ModuleDefinition module, PrintOptions? options = null)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        Print(module, output, options);
        return output.ToString();
    }

    /// <summary>Prints <paramref name="module"/> as it goes; see the overload that returns the text.</summary>
    /// <param name="module">What is printed.</param>
    /// <param name="output">Takes the text.</param>
    /// <param name="options">How; flat and whole without them.</param>
    /// <exception cref="MalformedModuleException">A function's code is malformed.</exception>
    public static void Print(ModuleDefinition module, TextWriter output, PrintOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(output);
        new ModuleTextWriter(module, output, options ?? PrintOptions.Default).Write();
    }
}
