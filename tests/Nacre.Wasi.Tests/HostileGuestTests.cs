using Nacre.Wasi.FileSystems;

namespace Nacre.Wasi.Tests;

public class HostileGuestTests
{
    private const int CallCount = 20_000;

    // Waiting, leaving and signals are another matter.
    private static readonly string[] s_left = ["poll_oneoff", "proc_exit", "proc_raise", "sock_accept", "sock_recv"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_a_guest_calls_with_it_gets_an_errno(int seed)
    {
        var random = new Random(seed);
        var system = new MemoryFileSystem(TimeProvider.System) { MaximumByteCount = 1 << 20 };
        system.WriteFile("a/b/file", "text"u8);
        using var guest = new WasiGuest(
            new WasiOptions
            {
                Directories = [new PreopenedDirectory("/", system.Root), new PreopenedDirectory("/over", new OverlayDirectory(new MemoryFileSystem().Root, system.Root))],
                StandardInput = new MemoryStream(new byte[1000]),
                TimeProvider = TimeProvider.System,
                MaximumOpenFileCount = 20,
            },
            EngineKind.Interpreter);
        (string Name, string Parameters)[] functions = [.. WasiGuest.Signatures.Where(function => !s_left.Contains(function.Name))];
        string[] names = ["a", "b", "file", "a/b", "a/b/file", "../x", ".", "", "a/../..", "/", "new", "link", "a/link/", new string('n', 300)];

        for (int i = 0; i < CallCount; i++)
        {
            if (i % 50 == 0) random.NextBytes(guest.Memory.Slice(0, 4096));
            string name = names[random.Next(names.Length)];
            guest.Memory.WriteUtf8(5000, name);
            guest.WriteBuffers(6000, (7000, random.Next(64)), (random.Next(), random.Next(3) - 1));
            (string function, string parameters) = functions[random.Next(functions.Length)];
            long[] arguments = [.. parameters.Select((type, index) => Argument(random, type, index, name.Length))];
            Errno answer = guest.Call(function, arguments);
            Assert.True(Enum.IsDefined(answer), $"{function}({string.Join(", ", arguments)}) answered {answer}");
        }
        Assert.InRange(ByteCountOf(system.Root), 0, system.MaximumByteCount);
    }

    // What is in a directory's files; what has several names is left out.
    private static long ByteCountOf(WasiDirectory directory)
    {
        long byteCount = 0;
        foreach (string name in TestFiles.Names(directory))
        {
            Assert.Equal(Errno.Success, directory.Stat(name, out Filestat stat));
            if (stat.LinkCount == 1) byteCount += (long)stat.ByteCount;
            if (stat.FileType != FileType.Directory) continue;
            Assert.Equal(Errno.Success, directory.Enter(name, out WasiDirectory? entered));
            using (entered) byteCount += ByteCountOf(entered!);
        }
        return byteCount;
    }

    // Mostly what makes sense, so that calls get far, and now and then what does not.
    private static long Argument(Random random, char type, int index, int nameByteCount) => random.Next(12) switch
    {
        0 => random.NextInt64(long.MinValue, long.MaxValue),
        1 => -1,
        2 => type == 'I' ? long.MinValue : 65_536 - random.Next(40),
        3 => nameByteCount,
        4 or 5 => 5000,
        6 => 6000,
        7 => random.Next(3),
        8 => type == 'I' ? (1L << 30) - 1 : 200,
        _ => index == 0 ? random.Next(8) : random.Next(16),
    };
}
