using System.IO.Pipelines;
using System.Text;
using Nacre.Wasi.FileSystems;
using Nacre.Wasi.Streams;

namespace Nacre.Wasi.Tests;

public class SharedDescriptorsTests
{
    private const int ThreadCount = 4, LineCount = 200;

    // Each of the threads writes lines of its own letter, in two pieces, to the descriptor.
    private static string Writers(int descriptor) => $"""
        (func (export "wasi_thread_start") (param $id i32) (param $number i32) (local $at i32) (local $left i32)
          (local.set $at (i32.add (i32.const 4096) (i32.mul (local.get $number) (i32.const 256))))
          (memory.fill (i32.add (local.get $at) (i32.const 32)) (i32.add (i32.const 97) (local.get $number)) (i32.const 100))
          (i32.store8 offset=132 (local.get $at) (i32.const 10))
          (i32.store (local.get $at) (i32.add (local.get $at) (i32.const 32)))
          (i32.store offset=4 (local.get $at) (i32.const 60))
          (i32.store offset=8 (local.get $at) (i32.add (local.get $at) (i32.const 92)))
          (i32.store offset=12 (local.get $at) (i32.const 41))
          (local.set $left (i32.const {LineCount}))
          (loop $next
            (if (call $write (i32.const {descriptor}) (local.get $at) (i32.const 2) (i32.add (local.get $at) (i32.const 16))) (then (unreachable)))
            (br_if $next (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
          (call $finish))
        (func (export "_start") (local $i i32)
          (loop $next
            (drop (call $spawn (local.get $i)))
            (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const {ThreadCount}))))
          (call $await (i32.const {ThreadCount})))
        """;

    private static string[] Lines => [.. Enumerable.Range(0, ThreadCount).SelectMany(i => Enumerable.Repeat(new string((char)('a' + i), 100), LineCount))];

    [Theory, EachEngineAndMemory]
    public void Lines_that_threads_write_to_a_stream_stay_whole(EngineKind engine, MemoryStrategy memory)
    {
        var output = new MemoryStream();
        using var guest = new ThreadGuest(engine, memory, Writers(1), new WasiOptions { StandardOutput = output });
        Assert.Equal(0u, guest.Run());
        Assert.Equal(Lines, Encoding.ASCII.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
    }

    [Fact]
    public void Descriptors_that_share_a_stream_write_to_it_in_turns()
    {
        var output = new MemoryStream();
        using var guest = new ThreadGuest(
            EngineKind.Auto, MemoryStrategy.Auto,
            Writers(1).Replace("(i32.const 1) (local.get $at)", "(i32.add (i32.const 1) (i32.and (local.get $number) (i32.const 1))) (local.get $at)", StringComparison.Ordinal),
            new WasiOptions { StandardOutput = output, StandardError = output });
        Assert.Equal(0u, guest.Run());
        Assert.Equal(Lines, Encoding.ASCII.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
    }

    // Descriptor 4 is a file that the guest opens first.
    private static string WithFile(string fields) => fields.Replace("(func (export \"_start\") (local $i i32)", """
        (data (i32.const 3000) "file")
        (func (export "_start") (local $i i32)
          (if (call $open (i32.const 3) (i32.const 0) (i32.const 3000) (i32.const 4) (i32.const 1) (i64.const 0x46) (i64.const 0) (i32.const 0) (i32.const 3008))
            (then (unreachable)))
        """, StringComparison.Ordinal);

    [Theory, EachFileSystem]
    public void What_threads_write_to_a_file_lies_one_behind_the_other(FileSystemKind kind, EngineKind engine)
    {
        using var directory = TestDirectory.Create(kind);
        using var guest = new ThreadGuest(
            engine, MemoryStrategy.Auto, WithFile(Writers(4)), new WasiOptions { Directories = [new PreopenedDirectory("/", directory.Root)] });
        Assert.Equal(0u, guest.Run());
        guest.Wasi.Dispose();
        Assert.Equal(Lines, Encoding.ASCII.GetString(directory.ReadFile("file")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
    }

    [Fact]
    public void Threads_write_no_more_bytes_together_than_the_guest_may()
    {
        const int Quota = 30_001;
        var system = new MemoryFileSystem();
        using var guest = new ThreadGuest(
            EngineKind.Auto, MemoryStrategy.Auto, WithFile(Writers(4).Replace("(then (unreachable))", "(then (nop))", StringComparison.Ordinal)),
            new WasiOptions { Directories = [new PreopenedDirectory("/", system.Root)], MaximumWrittenByteCount = Quota });
        Assert.Equal(0u, guest.Run());
        Assert.Equal(Quota, system.ReadFile("file").Length);
    }

    [Theory, EachEngineAndMemory]
    public void A_thread_that_waits_for_input_keeps_no_other_from_writing_and_closing(EngineKind engine, MemoryStrategy memory)
    {
        var input = new Pipe();
        var output = new MemoryStream();
        using var guest = new ThreadGuest(engine, memory, """
            (func (export "wasi_thread_start") (param i32 i32)
              (call $finish)
              (call $block_read)
              (i32.store (i32.const 64) (i32.load (i32.const 2650)))
              (call $finish))
            (func (export "_start")
              (drop (call $spawn (i32.const 0)))
              (call $await (i32.const 1))
              (drop (memory.atomic.wait32 (i32.const 1000) (i32.const 0) (i64.const 50_000_000)))
              (i32.store (i32.const 68) (call $close (i32.const 0)))
              (i32.store (i32.const 72) (call $close (i32.const 0)))
              (i32.store8 (i32.const 3000) (i32.const 33))
              (i32.store (i32.const 3100) (i32.const 3000))
              (i32.store (i32.const 3104) (i32.const 1))
              (drop (call $write (i32.const 1) (i32.const 3100) (i32.const 1) (i32.const 3200)))
              (call $tick)
              (call $await (i32.const 2)))
            """,
            new WasiOptions { StandardInput = GuestStreams.From(input.Reader), StandardOutput = output },
            tick: () => input.Writer.WriteAsync("?"u8.ToArray()).AsTask().Wait());
        Assert.Equal(0u, guest.Run());
        Assert.Equal("!", Encoding.ASCII.GetString(output.ToArray()));
        Assert.Equal([1, (int)Errno.Success, (int)Errno.Badf], new[] { guest[64], guest[68], guest[72] });      // what was being read is read
    }

    [Theory, EachEngineAndMemory]
    public void Each_byte_of_input_goes_to_one_of_the_threads_that_wait_for_it(EngineKind engine, MemoryStrategy memory)
    {
        using var guest = new ThreadGuest(engine, memory, """
            (func (export "wasi_thread_start") (param $id i32) (param $number i32) (local $at i32)
              (local.set $at (i32.add (i32.const 4096) (i32.mul (local.get $number) (i32.const 64))))
              (i32.store (local.get $at) (i32.add (local.get $at) (i32.const 32)))
              (i32.store offset=4 (local.get $at) (i32.const 1))
              (loop $next
                (if (call $read (i32.const 0) (local.get $at) (i32.const 1) (i32.add (local.get $at) (i32.const 16))) (then (unreachable)))
                (if (i32.load offset=16 (local.get $at)) (then
                  (drop (i32.atomic.rmw.add (i32.const 64) (i32.load8_u offset=32 (local.get $at))))
                  (drop (i32.atomic.rmw.add (i32.const 68) (i32.const 1)))
                  (br $next))))
              (call $finish))
            (func (export "_start")
              (drop (call $spawn (i32.const 0)))
              (drop (call $spawn (i32.const 1)))
              (drop (call $spawn (i32.const 2)))
              (call $await (i32.const 3)))
            """, new WasiOptions { StandardInput = new MemoryStream([.. Enumerable.Repeat((byte)3, 5000)]) });
        Assert.Equal(0u, guest.Run());
        Assert.Equal([15_000, 5000], new[] { guest[64], guest[68] });
    }

    [Fact]
    public void A_trace_keeps_the_lines_of_threads_apart()
    {
        var trace = new StringWriter();
        using var guest = new ThreadGuest(EngineKind.Auto, MemoryStrategy.Auto, Writers(1), trace: new WasiTrace(trace));
        Assert.Equal(0u, guest.Run());
        string[] lines = trace.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(ThreadCount * LineCount, lines.Count(line => line.EndsWith(" = success, 101", StringComparison.Ordinal)));
        Assert.All(lines, line => Assert.Equal(1, line.Split("fd_write(").Length - 1));
    }
}
