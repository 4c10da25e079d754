using System.Runtime.InteropServices;
using System.Text;
using Nacre.Syntax;
using Nacre.Wasi.FileSystems;

namespace Nacre.Wasi.Tests;

/// <summary>Guests whose threads call everything at once, and change what calls are given while these look at it.</summary>
public sealed class HostileThreadsTests
{
    private const int ThreadCount = 4, CallCount = 4000, ShortCallCount = 50_000;

    private static readonly string[] s_names = ["a", "b", "file", "a/b", "a/b/file", "../x", ".", "", "a/../..", "/", "new", "link", "a/link/", new string('n', 300)];

    // Waiting without end and leaving are another matter.
    private static readonly string[] s_left = ["proc_exit", "proc_raise", "sock_accept", "sock_recv", "poll_oneoff"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_threads_call_at_once_gets_an_errno(int seed)
    {
        var system = new MemoryFileSystem(TimeProvider.System) { MaximumByteCount = 1 << 20 };
        system.WriteFile("a/b/file", "text"u8);
        using var folder = TestDirectory.Create(FileSystemKind.Host);
        folder.WriteFile("a/b/file", "text"u8);
        using var world = new SharedWorld(new WasiOptions
        {
            Directories =
            [
                new PreopenedDirectory("/", new PlainNames(system.Root)),
                new PreopenedDirectory("/over", new OverlayDirectory(new MemoryFileSystem().Root, system.Root)),
                new PreopenedDirectory("/host", folder.Root),
            ],
            StandardInput = new MemoryStream(new byte[100_000]),
            StandardOutput = new MemoryStream(),
            TimeProvider = TimeProvider.System,
            RandomSource = new Random(seed).NextBytes,
            MaximumOpenFileCount = 24,
            MaximumWrittenByteCount = 1 << 20,
            MaximumDirectoryEntryCount = 200,
        });
        (string Name, string Parameters)[] functions = [.. WasiGuest.Signatures.Where(function => !s_left.Contains(function.Name))];
        world.RunAtOnce(ThreadCount, (guest, thread) =>
        {
            var random = new Random((seed * 100) + thread);
            for (int i = 0; i < CallCount; i++)
            {
                Scribble(world.Memory, random, i);
                (string function, string parameters) = functions[random.Next(functions.Length)];
                long[] arguments = [.. parameters.Select((type, index) => Argument(random, type, index))];
                Errno answer = SharedWorld.Call(guest, function, arguments);
                Assert.True(Enum.IsDefined(answer), $"{function}({string.Join(", ", arguments)}) answered {answer}");
            }
        });
        Assert.Equal(Errno.Success, system.Root.Stat(out _));
    }

    [Fact]
    public void Buffers_that_change_while_they_are_written_are_those_that_were_checked()
    {
        var output = new MemoryStream();
        using var world = new SharedWorld(new WasiOptions { StandardOutput = output });
        Memory memory = world.Memory;
        int left = ShortCallCount;
        world.RunAtOnce(2, (guest, thread) =>
        {
            if (thread == 0)
            {
                Span<int> buffers = MemoryMarshal.Cast<byte, int>(memory.Slice(1000, 16));
                (buffers[0], buffers[1], buffers[2]) = (2000, 8, 2000);
                while (Volatile.Read(ref left) > 0)
                {
                    Volatile.Write(ref buffers[3], 8);
                    Volatile.Write(ref buffers[3], 60_000);
                }
                return;
            }
            UntilNoneIsLeft(ref left, () =>
            {
                Assert.Equal(Errno.Success, SharedWorld.Call(guest, "fd_write", 1, 1000, 2, 1100));
                output.SetLength(0);
            });
        });
    }

    [Fact]
    public void A_path_that_changes_while_it_is_read_is_the_one_that_was_checked()
    {
        var system = new MemoryFileSystem();
        system.WriteFile("a/b", "text"u8);
        using var world = new SharedWorld(new WasiOptions { Directories = [new PreopenedDirectory("/", new PlainNames(system.Root))] });
        Memory memory = world.Memory;
        int left = ShortCallCount;
        world.RunAtOnce(2, (guest, thread) =>
        {
            if (thread == 0)
            {
                // "a/b", and what differs from it in one byte.
                Span<byte> path = memory.Slice(1000, 3);
                while (Volatile.Read(ref left) > 0)
                {
                    "a/b"u8.CopyTo(path);
                    Volatile.Write(ref path[2], 0);
                    Volatile.Write(ref path[2], (byte)'b');
                    Volatile.Write(ref path[0], (byte)'/');
                }
                return;
            }
            UntilNoneIsLeft(ref left, () => Assert.True(Enum.IsDefined(SharedWorld.Call(guest, "path_filestat_get", 3, 0, 1000, 3, 2000))));
        });
    }

    [Fact]
    public void What_is_open_is_closed_once_no_thread_uses_it()
    {
        var system = new MemoryFileSystem();
        system.WriteFile("file", new byte[1000]);
        using var world = new SharedWorld(new WasiOptions { Directories = [new PreopenedDirectory("/", system.Root)], MaximumOpenFileCount = 6 });
        Memory memory = world.Memory;
        memory.WriteUtf8(1000, "file");
        memory.Write(1100, 2000);
        memory.Write(1104, 500);
        world.RunAtOnce(ThreadCount, (guest, thread) =>
        {
            for (int i = 0; i < CallCount; i++)
            {
                Errno answer = (i % 3) switch
                {
                    0 => SharedWorld.Call(guest, "path_open", 3, 0, 1000, 4, 0, 0x6, 0, 0, 1200 + (8 * thread)),
                    1 => SharedWorld.Call(guest, "fd_read", 4, 1100, 1, 1300),
                    _ => SharedWorld.Call(guest, "fd_close", 4 + (i & 1)),
                };
                Assert.Contains(answer, new[] { Errno.Success, Errno.Badf, Errno.Mfile });
            }
        });
    }

    [Fact]
    public void Threads_add_no_more_names_together_than_the_guest_may()
    {
        const int Quota = 100;
        var system = new MemoryFileSystem();
        using var world = new SharedWorld(new WasiOptions { Directories = [new PreopenedDirectory("/", system.Root)], MaximumDirectoryEntryCount = Quota });
        int added = 0;
        world.RunAtOnce(ThreadCount, (guest, thread) =>
        {
            for (int i = 0; i < Quota; i++)
            {
                int length = world.Memory.WriteUtf8(1000 + (100 * thread), $"{thread}-{i}");
                if (SharedWorld.Call(guest, "path_create_directory", 3, 1000 + (100 * thread), length) == Errno.Success) Interlocked.Increment(ref added);
            }
        });
        Assert.Equal(Quota, added);
    }

    [Fact]
    public void A_file_below_an_overlay_is_copied_once()
    {
        var lower = new MemoryFileSystem();
        lower.WriteFile("file", new byte[100_000]);
        for (int round = 0; round < 50; round++)
        {
            using var overlay = new OverlayDirectory(new MemoryFileSystem().Root, lower.Root);
            Parallel.For(0, ThreadCount, thread =>
            {
                Assert.Equal(Errno.Success, overlay.Open("file", OpenMode.Read | OpenMode.Write, out WasiNode? node));
                using var file = (WasiFile)node!;
                Assert.Equal(Errno.Success, file.Write((ulong)thread, [(byte)(1 + thread)], out _));
            });
            Assert.Equal(Errno.Success, overlay.Open("file", OpenMode.Read, out WasiNode? copy));
            using (copy)
            {
                var bytes = new byte[ThreadCount + 1];
                Assert.Equal(Errno.Success, ((WasiFile)copy!).Read(0, bytes, out _));
                Assert.Equal([1, 2, 3, 4, 0], bytes);
            }
        }
    }

    // The other thread goes on until then, also when something fails.
    private static void UntilNoneIsLeft(ref int left, Action call)
    {
        try
        {
            for (; left > 0; Volatile.Write(ref left, left - 1)) call();
        }
        finally
        {
            Volatile.Write(ref left, 0);
        }
    }

    private static void Scribble(Memory memory, Random random, int call)
    {
        if (call % 50 == 0) random.NextBytes(memory.Slice(0, 4096));
        memory.WriteUtf8(5000, s_names[random.Next(s_names.Length)]);
        memory.Write(6000, 7000);
        memory.Write(6004, random.Next(64));
        memory.Write(6008, random.Next(2) == 0 ? random.Next() : 8000);
        memory.Write(6012, random.Next(5000) - 1);
    }

    // Mostly what makes sense, so that calls get far, and now and then what does not.
    private static long Argument(Random random, char type, int index) => random.Next(12) switch
    {
        0 => random.NextInt64(long.MinValue, long.MaxValue),
        1 => -1,
        2 => type == 'I' ? long.MinValue : 65_536 - random.Next(40),
        3 => random.Next(12),
        4 or 5 => 5000,
        6 => 6000,
        7 => random.Next(3),
        8 => type == 'I' ? (1L << 30) - 1 : 200,
        _ => index == 0 ? random.Next(10) : random.Next(16),
    };

    /// <summary>A directory that sees to it that it is only asked for names.</summary>
    private sealed class PlainNames(WasiDirectory inner) : WasiDirectory
    {
        public override Errno Open(string name, OpenMode mode, out WasiNode? node)
        {
            Errno error = inner.Open(Checked(name), mode, out node);
            if (node is WasiDirectory directory) node = new PlainNames(directory);
            return error;
        }

        public override Errno Reopen(out WasiDirectory? directory)
        {
            Errno error = inner.Reopen(out directory);
            if (directory is not null) directory = new PlainNames(directory);
            return error;
        }

        public override Errno Stat(out Filestat stat) => inner.Stat(out stat);

        public override Errno Stat(string name, out Filestat stat) => inner.Stat(Checked(name), out stat);

        public override Errno ReadLink(string name, out string? target) => inner.ReadLink(Checked(name), out target);

        public override Errno ReadEntries(ulong cookie, DirectoryEntryReceiver receiver) => inner.ReadEntries(cookie, receiver);

        public override Errno CreateDirectory(string name) => inner.CreateDirectory(Checked(name));

        public override Errno RemoveDirectory(string name) => inner.RemoveDirectory(Checked(name));

        public override Errno Unlink(string name) => inner.Unlink(Checked(name));

        public override Errno Symlink(string target, string name) => inner.Symlink(target, Checked(name));

        private static string Checked(string name)
            => name is not ("" or "." or "..") && name.IndexOfAny(['/', '\0']) < 0 && Encoding.UTF8.GetByteCount(name) <= MaximumNameByteCount
                ? name
                : throw new InvalidDataException($"'{name}' is no name.");
    }
}
