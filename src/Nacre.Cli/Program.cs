using Nacre.Cli.Running;
using Nacre.Cli.Verbs;

namespace Nacre.Cli;

internal static class Program
{
    /// <remarks>
    /// <c>nacre run FILE …</c> names everything there is to know: what follows FILE belongs to the guest. It does not
    /// wait for the command line parser to be loaded, which takes longer than running a small guest
    /// (docs/decisions/0003).
    /// </remarks>
    public static int Main(string[] arguments)
        => arguments is [RunVerb.Name, [not '-', ..] file, .. var guestArguments]
            ? RunVerb.Execute(new RunRequest(file) { GuestArguments = guestArguments })
            : CommandLine.Execute(arguments);
}
