namespace Nacre.Wasi.Tests;

/// <summary>What functions have in common: the descriptors, addresses and paths that they refuse, and that nothing happens then.</summary>
public class ErrorsTests
{
    private const int File = 4, Input = 0;
    private const int Result = 0, Subscription = 64, Buffers = 128, Events = 256, Name = 1024, OtherName = 8192, Bytes = 16384;
    private const int MemoryEnd = 65536;

    // Every function that is given a descriptor or an address, with arguments that it would take.
    private static readonly Call[] s_calls =
    [
        new("args_get", [Result, Bytes]) { Addresses = [0, 1] },
        new("args_sizes_get", [Result, Result + 8]) { Addresses = [0, 1] },
        new("environ_get", [Result, Bytes]) { Addresses = [0, 1] },
        new("environ_sizes_get", [Result, Result + 8]) { Addresses = [0, 1] },
        new("clock_res_get", [0, Result]) { Addresses = [1] },
        new("clock_time_get", [0, 0, Result]) { Addresses = [2] },
        new("fd_advise", [File, 0, 1, 0]) { Descriptors = [0] },
        new("fd_allocate", [File, 0, 1]) { Descriptors = [0] },
        new("fd_close", [File]) { Descriptors = [0] },
        new("fd_datasync", [File]) { Descriptors = [0] },
        new("fd_fdstat_get", [File, Result]) { Descriptors = [0], Addresses = [1] },
        new("fd_fdstat_set_flags", [File, 0]) { Descriptors = [0] },
        new("fd_fdstat_set_rights", [File, 0, 0]) { Descriptors = [0] },
        new("fd_filestat_get", [File, Result]) { Descriptors = [0], Addresses = [1] },
        new("fd_filestat_set_size", [File, 1]) { Descriptors = [0] },
        new("fd_filestat_set_times", [File, 0, 0, 0]) { Descriptors = [0] },
        new("fd_pread", [File, Buffers, 1, 0, Result]) { Descriptors = [0], Addresses = [1, 4] },
        new("fd_prestat_get", [FileGuest.Root, Result]) { Descriptors = [0], Addresses = [1] },
        new("fd_prestat_dir_name", [FileGuest.Root, Bytes, 5]) { Descriptors = [0], Addresses = [1] },
        new("fd_pwrite", [File, Buffers, 1, 0, Result]) { Descriptors = [0], Addresses = [1, 4] },
        new("fd_read", [File, Buffers, 1, Result]) { Descriptors = [0], Addresses = [1, 3] },
        new("fd_readdir", [FileGuest.Root, Bytes, 100, 0, Result]) { Descriptors = [0], Addresses = [1, 4] },
        new("fd_renumber", [File, Input]) { Descriptors = [0, 1] },
        new("fd_seek", [File, 0, 0, Result]) { Descriptors = [0], Addresses = [3] },
        new("fd_sync", [File]) { Descriptors = [0] },
        new("fd_tell", [File, Result]) { Descriptors = [0], Addresses = [1] },
        new("fd_write", [File, Buffers, 1, Result]) { Descriptors = [0], Addresses = [1, 3] },
        new("path_create_directory", [FileGuest.Root, Name, 4]) { Descriptors = [0], Addresses = [1], Paths = [1] },
        new("path_filestat_get", [FileGuest.Root, 0, Name, 4, Result]) { Descriptors = [0], Addresses = [2, 4], Paths = [2] },
        new("path_filestat_set_times", [FileGuest.Root, 0, Name, 4, 0, 0, 0]) { Descriptors = [0], Addresses = [2], Paths = [2] },
        new("path_link", [FileGuest.Root, 0, Name, 4, FileGuest.Root, OtherName, 5]) { Descriptors = [0, 4], Addresses = [2, 5], Paths = [2, 5] },
        new("path_open", [FileGuest.Root, 0, Name, 4, Wire.Creat, Wire.FdRead, 0, 0, Result]) { Descriptors = [0], Addresses = [2, 8], Paths = [2] },
        new("path_readlink", [FileGuest.Root, Name, 4, Bytes, 10, Result]) { Descriptors = [0], Addresses = [1, 3, 5], Paths = [1] },
        new("path_remove_directory", [FileGuest.Root, Name, 4]) { Descriptors = [0], Addresses = [1], Paths = [1] },
        new("path_rename", [FileGuest.Root, Name, 4, FileGuest.Root, OtherName, 5]) { Descriptors = [0, 3], Addresses = [1, 4], Paths = [1, 4] },
        new("path_symlink", [OtherName, 5, FileGuest.Root, Name, 4]) { Descriptors = [2], Addresses = [0, 3], Paths = [3] },
        new("path_unlink_file", [FileGuest.Root, Name, 4]) { Descriptors = [0], Addresses = [1], Paths = [1] },
        new("poll_oneoff", [Subscription, Events, 1, Result]) { Addresses = [0, 1, 3] },
        new("random_get", [Bytes, 4]) { Addresses = [0] },
        new("sock_accept", [File, 0, Result]) { Descriptors = [0] },
        new("sock_recv", [File, Buffers, 1, 0, Result, Result + 8]) { Descriptors = [0] },
        new("sock_send", [File, Buffers, 1, 0, Result]) { Descriptors = [0] },
        new("sock_shutdown", [File, 1]) { Descriptors = [0] },
    ];

    // What is wrong with a path, whatever is to be done with it.
    private static readonly (string Path, Errno Error)[] s_paths =
    [
        ("", Errno.Noent), ("/file", Errno.Perm), ("fi\0le", Errno.Inval), ("..", Errno.Perm), ("../data/file", Errno.Perm), ("folder/../../file", Errno.Perm),
        ("missing/name", Errno.Noent), ("file/name", Errno.Notdir), ("circle/name", Errno.Loop), ("folder/" + new string('n', 256), Errno.Nametoolong),
        (new string('n', 256) + "/name", Errno.Nametoolong), (new string('/', 5000), Errno.Nametoolong),
    ];

    [Fact]
    public void Every_function_is_there_but_those_that_are_given_neither()
    {
        string[] others = ["proc_exit", "proc_raise", "sched_yield"];
        Assert.Equal(WasiGuest.Signatures.Select(signature => signature.Name).Except(others).Order(), s_calls.Select(call => call.Function).Order());
    }

    [Theory, EachFileSystem]
    public void A_number_that_is_not_open_is_no_descriptor(FileSystemKind kind, EngineKind engine)
    {
        using FileGuest guest = Guest(kind, engine);
        foreach (Call call in s_calls)
            foreach (int position in call.Descriptors)
                foreach (long number in (long[])[5, 1000, int.MaxValue, -1])
                    AssertRefused(guest, call.With(position, number), Errno.Badf);
    }

    [Theory, EachFileSystem]
    public void An_address_outside_the_memory_is_a_fault(FileSystemKind kind, EngineKind engine)
    {
        using FileGuest guest = Guest(kind, engine);
        foreach (Call call in s_calls)
            foreach (int position in call.Addresses)
                foreach (long address in (long[])[MemoryEnd - 1, MemoryEnd, int.MaxValue, -1])
                    AssertRefused(guest, call.With(position, address), Errno.Fault);
    }

    [Theory, EachFileSystem]
    public void A_path_that_leads_nowhere_says_why(FileSystemKind kind, EngineKind engine)
    {
        using FileGuest guest = Guest(kind, engine);
        foreach (Call call in s_calls)
            foreach (int position in call.Paths)
                foreach ((string path, Errno error) in s_paths)
                {
                    int length = guest.Memory.WriteUtf8((int)call.Arguments[position], path);
                    AssertRefused(guest, call.With(position + 1, length), error);
                    guest.Memory.WriteUtf8(Name, "link");
                    guest.Memory.WriteUtf8(OtherName, "other");
                }
    }

    [Theory, EachFileSystem]
    public void A_path_that_is_no_text_is_refused(FileSystemKind kind, EngineKind engine)
    {
        using FileGuest guest = Guest(kind, engine);
        foreach (Call call in s_calls)
            foreach (int position in call.Paths)
            {
                guest.Memory.Write<byte>((int)call.Arguments[position], 0xFF);
                AssertRefused(guest, call, Errno.Ilseq);
                guest.Memory.WriteUtf8(Name, "link");
                guest.Memory.WriteUtf8(OtherName, "other");
            }
    }

    [Theory, EachFileSystem]
    public void Flags_that_do_not_exist_are_refused(FileSystemKind kind, EngineKind engine)
    {
        using FileGuest guest = Guest(kind, engine);
        (string Function, int Position, long Value)[] flags =
        [
            ("fd_advise", 3, 6), ("fd_fdstat_set_flags", 1, 32), ("fd_filestat_set_times", 3, 16), ("fd_seek", 2, 3), ("path_filestat_get", 1, 2),
            ("path_filestat_set_times", 1, 2), ("path_filestat_set_times", 6, 16), ("path_link", 1, 2), ("path_open", 1, 2), ("path_open", 4, 16),
            ("path_open", 7, 32), ("clock_time_get", 0, 4), ("clock_res_get", 0, 4), ("poll_oneoff", 2, 0),
        ];
        foreach ((string function, int position, long value) in flags)
            AssertRefused(guest, s_calls.Single(call => call.Function == function).With(position, value), Errno.Inval);
    }

    [Theory, EachFileSystem]
    public void Only_a_directory_has_names_in_it(FileSystemKind kind, EngineKind engine)
    {
        using FileGuest guest = Guest(kind, engine);
        foreach (Call call in s_calls.Where(call => call.Paths.Length > 0 || call.Function == "fd_readdir"))
            foreach (int position in call.Descriptors)
                foreach (int number in (int[])[Input, File])
                    AssertRefused(guest, call.With(position, number), Errno.Notdir);
    }

    [Theory, EachFileSystem]
    public void What_is_no_socket_is_none(FileSystemKind kind, EngineKind engine)
    {
        using FileGuest guest = Guest(kind, engine);
        foreach (Call call in s_calls.Where(call => call.Function.StartsWith("sock_", StringComparison.Ordinal)))
            foreach (int number in (int[])[Input, FileGuest.Root, File])
                AssertRefused(guest, call.With(0, number), Errno.Notsock);
    }

    [Theory, EachFileSystem]
    public void Every_call_is_taken_as_it_stands(FileSystemKind kind, EngineKind engine)
    {
        // But for those that the name of a link is no name for.
        string[] refused = ["path_create_directory", "path_open", "path_remove_directory", "path_symlink"];
        foreach (Call call in s_calls.Where(call => !call.Function.StartsWith("sock_", StringComparison.Ordinal) && !refused.Contains(call.Function)))
        {
            using FileGuest guest = Guest(kind, engine);
            Errno expected = kind == FileSystemKind.Portable && call.Function is ("path_link" or "path_filestat_set_times") ? Errno.Notsup : Errno.Success;
            Assert.Equal((call.Function, expected), (call.Function, guest.Call(call.Function, call.Arguments)));
        }
    }

    // A guest with an open file, a directory, a link to the file and one that leads in a circle, and all that the calls point to.
    private static FileGuest Guest(FileSystemKind kind, EngineKind engine)
    {
        var guest = new FileGuest(kind, engine, options => options with { Arguments = ["a"], Environment = [new("b", "c")] });
        guest.Create("file", "text");
        guest.CreateDirectory("folder");
        guest.Symlink("file", "link");
        guest.Symlink("circle", "circle");
        Assert.Equal(File, guest.Open("file"));
        guest.Memory.Slice(0, MemoryEnd).Clear();       // the subscription is one to a clock, at once
        guest.Memory.Write(Buffers, Bytes);
        guest.Memory.Write(Buffers + 4, 2);
        guest.Memory.WriteUtf8(Name, "link");
        guest.Memory.WriteUtf8(OtherName, "other");
        return guest;
    }

    private static void AssertRefused(FileGuest guest, Call call, Errno error)
    {
        string what = $"{call.Function}({string.Join(", ", call.Arguments)})";
        Assert.Equal((what, error), (what, guest.Call(call.Function, call.Arguments)));
        Assert.Equal("text", guest.TextOf("file"));
        foreach (int address in (int[])[Result, Result + 8, Events, Bytes]) Assert.Equal((what, 0), (what, guest.Memory.Read<int>(address)));
        Assert.Equal(["circle", "file", "folder", "link"], TestFiles.Names(guest.Directory.Root));
    }

    /// <param name="Function">Name of the function.</param>
    /// <param name="Arguments">What it is given.</param>
    private sealed record Call(string Function, long[] Arguments)
    {
        /// <summary>Which of the arguments are descriptors.</summary>
        public int[] Descriptors { get; init; } = [];

        /// <summary>Which are addresses of more than one byte.</summary>
        public int[] Addresses { get; init; } = [];

        /// <summary>Which are addresses of paths; their lengths follow.</summary>
        public int[] Paths { get; init; } = [];

        public Call With(int position, long value)
        {
            long[] arguments = [.. Arguments];
            arguments[position] = value;
            return this with { Arguments = arguments };
        }
    }
}
