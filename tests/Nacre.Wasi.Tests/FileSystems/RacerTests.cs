using System.Diagnostics;
using System.Globalization;
using Nacre.Wasi.FileSystems;

namespace Nacre.Wasi.Tests;

/// <summary>Names that change their meaning while the guest uses them do not lead it out.</summary>
/// <remarks>It takes two seconds a theory, or as many as <c>NACRE_RACE_SECONDS</c> says.</remarks>
public class RacerTests
{
    private static readonly string[] s_paths =
    [
        "door/file", "door", "door/", "door/dir", "door/dir/file", "door/dir/../file", "door/./dir/.", "door/link", "link-to-door/file",
    ];

    private static TimeSpan Duration
        => TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("NACRE_RACE_SECONDS") ?? "2", CultureInfo.InvariantCulture));

    public static TheoryData<FileSystemKind> Kinds => [.. FileSystemKinds.Here.Where(kind => kind is FileSystemKind.Memory or FileSystemKind.Host)];

    [Theory, MemberData(nameof(Kinds))]
    public void A_directory_that_turns_into_a_link_meanwhile_does_not_lead_out(FileSystemKind kind)
    {
        using var enclosure = new Enclosure(kind, EngineKind.Auto);
        Assert.Equal(Errno.Success, enclosure.Inside.Symlink("door", "link-to-door"));
        using var end = new CancellationTokenSource();
        long swapCount = 0;
        var racer = new Thread(() => swapCount = Swap(enclosure.Inside, end.Token));
        racer.Start();

        long tryCount = 0;
        try
        {
            for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < Duration; tryCount++)
            {
                foreach (string path in s_paths) enclosure.Try(path, isMoved: path.EndsWith("file", StringComparison.Ordinal));
                enclosure.TryIn("door");
                enclosure.TryIn("door/dir");
            }
        }
        finally
        {
            end.Cancel();
            racer.Join();
        }
        Assert.True(swapCount > 0);
        Assert.True(tryCount > 0);
        enclosure.CheckOutside();
    }

    // The directory and the link take turns under one name, for as long as it is to go on.
    private static long Swap(WasiDirectory directory, CancellationToken end)
    {
        long count = 0;
        while (!end.IsCancellationRequested)
        {
            if (directory.Rename("door", directory, "kept") != Errno.Success) continue;
            if (directory.Symlink("../outside/door", "door") == Errno.Success) count++;
            // The guest may have created a file of that name in between.
            do directory.Unlink("door"); while (directory.Rename("kept", directory, "door") != Errno.Success);
        }
        return count;
    }
}
