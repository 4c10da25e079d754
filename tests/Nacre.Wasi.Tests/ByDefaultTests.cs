namespace Nacre.Wasi.Tests;

/// <summary>What a guest has that was given nothing.</summary>
public abstract class ByDefaultTests(EngineKind engine) : IDisposable
{
    public sealed class Interpreted() : ByDefaultTests(EngineKind.Interpreter);

    public sealed class Compiled() : ByDefaultTests(EngineKind.Compiler);

    public sealed class Tiered() : ByDefaultTests(EngineKind.Auto);

    private readonly WasiGuest _guest = new(engine: engine);

    public void Dispose()
    {
        _guest.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void All_46_functions_can_be_linked() => Assert.Equal(46, WasiGuest.Signatures.Length);

    [Theory]
    [InlineData("args_sizes_get")]
    [InlineData("environ_sizes_get")]
    public void There_are_no_arguments_and_no_variables(string function)
    {
        _guest.Memory.Write(0, -1L);
        Assert.Equal(Errno.Success, _guest.Call(function, 0, 4));
        Assert.Equal(0, _guest.Memory.Read<long>(0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Clocks_do_not_exist(int clock)
    {
        Assert.Equal(Errno.Inval, _guest.Call("clock_time_get", clock, 0, 0));
        Assert.Equal(Errno.Inval, _guest.Call("clock_res_get", clock, 0));
    }

    [Fact]
    public void Standard_input_is_at_its_end()
    {
        _guest.WriteBuffers(0, (100, 10));
        _guest.Memory.Write(16, -1);
        Assert.Equal(Errno.Success, _guest.Call("fd_read", 0, 0, 1, 16));
        Assert.Equal(0, _guest.Memory.Read<int>(16));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void What_is_written_is_dropped(int descriptor)
    {
        _guest.WriteBuffers(0, (100, 10));
        Assert.Equal(Errno.Success, _guest.Call("fd_write", descriptor, 0, 1, 16));
        Assert.Equal(10, _guest.Memory.Read<int>(16));
    }

    [Fact]
    public void Random_bytes_are_there()
    {
        Assert.Equal(Errno.Success, _guest.Call("random_get", 0, 64));
        Assert.True(_guest.Memory.Slice(0, 64).ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void Yielding_succeeds() => Assert.Equal(Errno.Success, _guest.Call("sched_yield"));

    [Theory]
    [InlineData("fd_advise", Errno.Spipe, 0, 0, 0)]
    [InlineData("fd_allocate", Errno.Spipe, 0, 0)]
    [InlineData("fd_datasync", Errno.Success)]
    [InlineData("fd_fdstat_set_flags", Errno.Success, 0)]
    [InlineData("fd_fdstat_set_rights", Errno.Success, 0, 0)]
    [InlineData("fd_filestat_get", Errno.Success, 0)]
    [InlineData("fd_filestat_set_size", Errno.Spipe, 0)]
    [InlineData("fd_filestat_set_times", Errno.Spipe, 0, 0, 0)]
    [InlineData("fd_pread", Errno.Badf, 0, 0, 0, 0)]
    [InlineData("fd_pwrite", Errno.Spipe, 0, 0, 0, 0)]
    [InlineData("fd_readdir", Errno.Notdir, 0, 0, 0, 0)]
    [InlineData("fd_renumber", Errno.Success, 1)]
    [InlineData("fd_sync", Errno.Success)]
    [InlineData("fd_tell", Errno.Spipe, 0)]
    [InlineData("path_create_directory", Errno.Notdir, 0, 0)]
    [InlineData("path_filestat_get", Errno.Notdir, 0, 0, 0, 0)]
    [InlineData("path_filestat_set_times", Errno.Notdir, 0, 0, 0, 0, 0, 0)]
    [InlineData("path_link", Errno.Notdir, 0, 0, 0, 0, 0, 0)]
    [InlineData("path_open", Errno.Notdir, 0, 0, 0, 0, 0, 0, 0, 0)]
    [InlineData("path_readlink", Errno.Notdir, 0, 0, 0, 0, 0)]
    [InlineData("path_remove_directory", Errno.Notdir, 0, 0)]
    [InlineData("path_rename", Errno.Notdir, 0, 0, 0, 0, 0)]
    [InlineData("path_unlink_file", Errno.Notdir, 0, 0)]
    [InlineData("sock_accept", Errno.Notsock, 0, 0)]
    [InlineData("sock_recv", Errno.Notsock, 0, 0, 0, 0, 0)]
    [InlineData("sock_send", Errno.Notsock, 0, 0, 0, 0)]
    [InlineData("sock_shutdown", Errno.Notsock, 0)]
    public void A_stream_is_neither_file_nor_directory_nor_socket(string function, Errno answer, params int[] others)
    {
        long[] rest = Array.ConvertAll(others, value => (long)value);
        Assert.Equal(answer, _guest.Call(function, [1, .. rest]));
        Assert.Equal(Errno.Badf, _guest.Call(function, [3, .. rest]));
        Assert.Equal(Errno.Badf, _guest.Call(function, [-1, .. rest]));
    }

    [Fact]
    public void A_link_is_made_in_a_directory_only()
    {
        Assert.Equal(Errno.Notdir, _guest.Call("path_symlink", 0, 0, 1, 0, 0));
        Assert.Equal(Errno.Badf, _guest.Call("path_symlink", 0, 0, 3, 0, 0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void No_directory_is_opened_beforehand(int descriptor)
    {
        Assert.Equal(Errno.Badf, _guest.Call("fd_prestat_get", descriptor, 0));
        Assert.Equal(Errno.Badf, _guest.Call("fd_prestat_dir_name", descriptor, 0, 0));
    }
}
