using System.Text;

namespace Nacre.Wasi.Tests;

public class BytesTests
{
    [Theory, EachFileSystem]
    public void Reading_and_writing_go_on_where_they_ended(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        int file = guest.Open("file", Wire.Creat);
        Assert.Equal(Errno.Success, guest.Write(file, "Hello, "));
        Assert.Equal(Errno.Success, guest.Write(file, "world", out int byteCount));
        Assert.Equal(5, byteCount);
        Assert.Equal("Hello, world", guest.TextOf("file"));
        Assert.Equal("", guest.Read(file));
        Assert.Equal(0, guest.Seek(file, 0, Wire.FromStart));
        Assert.Equal("Hello", guest.Read(file, 5));
        Assert.Equal(5, guest.Tell(file));
        Assert.Equal(", world", guest.Read(file));
    }

    [Theory, EachFileSystem]
    public void Positions_belong_to_descriptors_and_bytes_to_the_file(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        int writer = guest.Open("file", Wire.Creat), reader = guest.Open("file");
        guest.Write(writer, "one");
        Assert.Equal("one", guest.Read(reader));
        guest.Write(writer, "two");
        Assert.Equal("two", guest.Read(reader));
    }

    [Theory, EachFileSystem]
    public void An_offset_can_be_given_and_leaves_the_position_alone(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        int file = guest.Open("file", Wire.Creat);
        Assert.Equal(Errno.Success, guest.Pwrite(file, "world", 3));
        Assert.Equal("\0\0\0world", guest.Pread(file, 100, 0));
        Assert.Equal("or", guest.Pread(file, 2, 4));
        Assert.Equal("", guest.Pread(file, 2, 100));
        Assert.Equal(0, guest.Tell(file));
    }

    [Theory, EachFileSystem]
    public void Several_buffers_are_read_and_written_one_after_the_other(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        int file = guest.Open("file", Wire.Creat);
        guest.Memory.WriteUtf8(2000, "Hello, world");
        WriteBuffers(guest, (2000, 5), (2005, 0), (2005, 7));
        Assert.Equal(Errno.Success, guest.Call("fd_write", file, 100, 3, 0));
        Assert.Equal(12, guest.Memory.Read<int>(0));

        WriteBuffers(guest, (3000, 3), (3100, 0), (3200, 4), (3300, 100));
        Assert.Equal(Errno.Success, guest.Call("fd_pread", file, 100, 4, 0, 0));
        Assert.Equal(12, guest.Memory.Read<int>(0));
        Assert.Equal(("Hel", "lo, ", "world"), (guest.Memory.ReadUtf8(3000, 3), guest.Memory.ReadUtf8(3200, 4), guest.Memory.ReadUtf8(3300, 5)));
    }

    [Theory, EachFileSystem]
    public void Buffers_may_overlap(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        guest.Create("file", "abcdef");
        WriteBuffers(guest, (2000, 4), (2002, 4));
        Assert.Equal(Errno.Success, guest.Call("fd_read", guest.Open("file"), 100, 2, 0));
        Assert.Equal("abef", guest.Memory.ReadUtf8(2000, 4));
        WriteBuffers(guest, (2000, 2), (2000, 2));
        int file = guest.Open("twice", Wire.Creat);
        Assert.Equal(Errno.Success, guest.Call("fd_write", file, 100, 2, 0));
        Assert.Equal("abab", guest.TextOf("twice"));
    }

    [Theory, EachFileSystem]
    public void Nothing_happens_when_an_address_lies_outside_the_memory(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        int file = guest.Open("file", Wire.Creat);
        guest.Write(file, "text");
        guest.Seek(file, 0, Wire.FromStart);

        WriteBuffers(guest, (2000, 2), (65_535, 2));
        Assert.Equal(Errno.Fault, guest.Call("fd_read", file, 100, 2, 0));
        Assert.Equal(Errno.Fault, guest.Call("fd_write", file, 100, 2, 0));
        Assert.Equal(Errno.Fault, guest.Call("fd_read", file, 100, 1, 65_533));
        Assert.Equal(Errno.Fault, guest.Call("fd_write", file, 100, 1, 65_533));
        WriteBuffers(guest, (-1, -1));
        Assert.Equal(Errno.Fault, guest.Call("fd_pread", file, 100, 1, 0, 0));
        Assert.Equal(Errno.Fault, guest.Call("fd_pwrite", file, 100, 1, 0, 0));
        Assert.Equal(Errno.Fault, guest.Call("fd_read", file, -8, 1, 0));
        Assert.Equal(Errno.Fault, guest.Call("fd_read", file, 0, -1, 0));
        Assert.Equal(0, guest.Tell(file));
        Assert.Equal("text", guest.TextOf("file"));
    }

    [Theory, EachFileSystem]
    public void More_buffers_than_1024_are_refused(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        int file = guest.Open("file", Wire.Creat);
        guest.Memory.Slice(16_384, 16_384).Clear();
        Assert.Equal(Errno.Success, guest.Call("fd_write", file, 16_384, 1024, 0));
        Assert.Equal(Errno.Inval, guest.Call("fd_write", file, 16_384, 1025, 0));
        Assert.Equal(Errno.Inval, guest.Call("fd_read", file, 16_384, 1025, 0));
    }

    [Theory, EachFileSystem]
    public void Appending_writes_at_the_end_wherever_the_position_is(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        guest.Create("file", "one");
        int file = guest.Open("file", fdflags: Wire.Append);
        Assert.Equal(Wire.Append, guest.Fdstat(file).Flags);
        guest.Write(file, "two");
        Assert.Equal(6, guest.Tell(file));
        guest.Seek(file, 0, Wire.FromStart);
        guest.Write(file, "three");
        Assert.Equal("onetwothree", guest.TextOf("file"));

        Assert.Equal(Errno.Success, guest.Call("fd_fdstat_set_flags", file, 0));
        guest.Seek(file, 0, Wire.FromStart);
        guest.Write(file, "ONE");
        Assert.Equal("ONEtwothree", guest.TextOf("file"));
        Assert.Equal(Errno.Inval, guest.Call("fd_fdstat_set_flags", file, 32));
    }

    [Theory]
    [EachFileSystemWith(Wire.Dsync)]
    [EachFileSystemWith(Wire.Sync)]
    [EachFileSystemWith(Wire.Rsync | Wire.Nonblock)]
    public void Flags_are_kept_and_what_is_written_is_there(FileSystemKind kind, EngineKind engine, int flags)
    {
        using var guest = new FileGuest(kind, engine);
        int file = guest.Open("file", Wire.Creat, fdflags: flags);
        Assert.Equal(flags, guest.Fdstat(file).Flags);
        Assert.Equal(Errno.Success, guest.Write(file, "text"));
        Assert.Equal("text", guest.TextOf("file"));
    }

    [Theory, EachFileSystem]
    public void Seeking_counts_from_start_position_or_end(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        guest.Create("file", "0123456789");
        int file = guest.Open("file");
        Assert.Equal(4, guest.Seek(file, 4, Wire.FromStart));
        Assert.Equal(3, guest.Seek(file, -1, Wire.FromHere));
        Assert.Equal(8, guest.Seek(file, -2, Wire.FromEnd));
        Assert.Equal("89", guest.Read(file));
        Assert.Equal(1000, guest.Seek(file, 990, Wire.FromEnd));
        Assert.Equal("", guest.Read(file));
        Assert.Equal(Errno.Inval, guest.TrySeek(file, -1, Wire.FromStart));
        Assert.Equal(Errno.Inval, guest.TrySeek(file, -1001, Wire.FromHere));
        Assert.Equal(Errno.Inval, guest.TrySeek(file, long.MaxValue, Wire.FromHere));
        Assert.Equal(Errno.Inval, guest.TrySeek(file, 0, 3));
        Assert.Equal(1000, guest.Tell(file));
        Assert.Equal(Errno.Fault, guest.Call("fd_seek", file, 0, Wire.FromStart, 65_530));
        Assert.Equal(1000, guest.Tell(file));
    }

    [Theory, EachFileSystem]
    public void A_directory_has_no_bytes(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        Assert.Equal(Errno.Isdir, guest.TryRead(FileGuest.Root));
        Assert.Equal(Errno.Isdir, guest.Write(FileGuest.Root, "text"));
        Assert.Equal(Errno.Isdir, guest.Pwrite(FileGuest.Root, "text", 0));
        Assert.Equal(Errno.Isdir, guest.TrySeek(FileGuest.Root, 0, Wire.FromStart));
        Assert.Equal(Errno.Isdir, guest.Call("fd_tell", FileGuest.Root, 0));
        Assert.Equal(Errno.Isdir, guest.Call("fd_allocate", FileGuest.Root, 0, 1));
        Assert.Equal(Errno.Isdir, guest.Call("fd_filestat_set_size", FileGuest.Root, 0));
    }

    [Theory, EachFileSystem]
    public void Gaps_are_zeros(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        int file = guest.Open("file", Wire.Creat);
        guest.Seek(file, 200_000, Wire.FromStart);
        guest.Write(file, "end");
        guest.Pwrite(file, "start", 70_000);
        byte[] bytes = guest.Directory.ReadFile("file");
        Assert.Equal(200_003, bytes.Length);
        Assert.Equal("end", Encoding.UTF8.GetString(bytes, 200_000, 3));
        Assert.Equal("start", Encoding.UTF8.GetString(bytes, 70_000, 5));
        Assert.Equal(8, bytes.Count(value => value != 0));
    }

    [Theory, EachFileSystem]
    public void A_file_is_cut_off_and_lengthened_with_zeros(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        int file = guest.Open("file", Wire.Creat);
        guest.Write(file, "0123456789");
        Assert.Equal(Errno.Success, guest.Call("fd_filestat_set_size", file, 4));
        Assert.Equal("0123", guest.TextOf("file"));
        Assert.Equal(10, guest.Tell(file));
        Assert.Equal(Errno.Success, guest.Call("fd_filestat_set_size", file, 6));
        Assert.Equal("0123\0\0", guest.TextOf("file"));
        Assert.Equal(Errno.Inval, guest.Call("fd_filestat_set_size", file, -1));
    }

    [Theory, EachFileSystem]
    public void Allocating_lengthens_a_file_that_ends_before(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        int file = guest.Open("file", Wire.Creat);
        guest.Write(file, "0123");
        Assert.Equal(Errno.Success, guest.Call("fd_allocate", file, 1, 2));
        Assert.Equal("0123", guest.TextOf("file"));
        Assert.Equal(Errno.Success, guest.Call("fd_allocate", file, 3, 3));
        Assert.Equal("0123\0\0", guest.TextOf("file"));
        Assert.Equal(Errno.Inval, guest.Call("fd_allocate", file, 0, 0));
        Assert.Equal(Errno.Fbig, guest.Call("fd_allocate", file, 1, long.MaxValue));
        Assert.Equal(Errno.Inval, guest.Call("fd_allocate", file, -1, 1));
    }

    [Theory, EachFileSystem]
    public void Advice_is_taken_when_it_makes_sense(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        int file = guest.Open("file", Wire.Creat);
        for (int advice = 0; advice < 6; advice++) Assert.Equal(Errno.Success, guest.Call("fd_advise", file, 0, 100, advice));
        Assert.Equal(Errno.Inval, guest.Call("fd_advise", file, 0, 100, 6));
        Assert.Equal(Errno.Inval, guest.Call("fd_advise", file, -1, 100, 0));
    }

    [Theory, EachFileSystem]
    public void What_was_written_is_kept_safe_on_demand(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        int file = guest.Open("file", Wire.Creat);
        guest.Write(file, "text");
        Assert.Equal(Errno.Success, guest.Call("fd_datasync", file));
        Assert.Equal(Errno.Success, guest.Call("fd_sync", file));
        Assert.Equal(Errno.Success, guest.Call("fd_sync", FileGuest.Root));
    }

    private static void WriteBuffers(FileGuest guest, params (int Address, int ByteCount)[] buffers)
    {
        for (int i = 0; i < buffers.Length; i++)
        {
            guest.Memory.Write(100 + 8 * i, buffers[i].Address);
            guest.Memory.Write(104 + 8 * i, buffers[i].ByteCount);
        }
    }
}
