namespace Nacre.Wasi.Preview1;

/// <summary>What the parameters of the functions mean to who reads a trace.</summary>
/// <remarks>
/// A word stands for a parameter, or for two where it is a place and a count (<c>path</c>, <c>from</c>, <c>into</c>, <c>@name</c>). Words
/// with '@' are addresses where the function leaves what it answers.
/// </remarks>
internal static class TracedSignatures
{
    private static readonly Dictionary<string, string> s_parameters = new(StringComparer.Ordinal)
    {
        ["args_get"] = "address address",
        ["args_sizes_get"] = "@u32 @u32",
        ["environ_get"] = "address address",
        ["environ_sizes_get"] = "@u32 @u32",
        ["clock_res_get"] = "clock @u64",
        ["clock_time_get"] = "clock u64 @u64",
        ["fd_advise"] = "fd u64 u64 u32",
        ["fd_allocate"] = "fd u64 u64",
        ["fd_close"] = "fd",
        ["fd_datasync"] = "fd",
        ["fd_fdstat_get"] = "fd @fdstat",
        ["fd_fdstat_set_flags"] = "fd fdflags",
        ["fd_fdstat_set_rights"] = "fd rights rights",
        ["fd_filestat_get"] = "fd @filestat",
        ["fd_filestat_set_size"] = "fd u64",
        ["fd_filestat_set_times"] = "fd u64 u64 fstflags",
        ["fd_pread"] = "fd into u64 @u32",
        ["fd_prestat_get"] = "fd @prestat",
        ["fd_prestat_dir_name"] = "fd @name",
        ["fd_pwrite"] = "fd from u64 @u32",
        ["fd_read"] = "fd into @u32",
        ["fd_readdir"] = "fd address u32 u64 @u32",
        ["fd_renumber"] = "fd fd",
        ["fd_seek"] = "fd i64 whence @u64",
        ["fd_sync"] = "fd",
        ["fd_tell"] = "fd @u64",
        ["fd_write"] = "fd from @u32",
        ["path_create_directory"] = "fd path",
        ["path_filestat_get"] = "fd lookupflags path @filestat",
        ["path_filestat_set_times"] = "fd lookupflags path u64 u64 fstflags",
        ["path_link"] = "fd lookupflags path fd path",
        ["path_open"] = "fd lookupflags path oflags rights rights fdflags @u32",
        ["path_readlink"] = "fd path address u32 @u32",
        ["path_remove_directory"] = "fd path",
        ["path_rename"] = "fd path fd path",
        ["path_symlink"] = "path fd path",
        ["path_unlink_file"] = "fd path",
        ["poll_oneoff"] = "address address u32 @u32",
        ["proc_exit"] = "u32",
        ["proc_raise"] = "u32",
        ["random_get"] = "address u32",
        ["sched_yield"] = "",
        ["sock_accept"] = "fd fdflags @u32",
        ["sock_recv"] = "fd into riflags @u32 address",
        ["sock_send"] = "fd from u32 @u32",
        ["sock_shutdown"] = "fd sdflags",
    };

    private static readonly Dictionary<string, string> s_unstableParameters = new(StringComparer.Ordinal)
    {
        ["fd_filestat_get"] = "fd @unstable_filestat",
        ["fd_seek"] = "fd i64 unstable_whence @u64",
        ["path_filestat_get"] = "fd lookupflags path @unstable_filestat",
    };

    /// <summary>The words for a function's parameters; null for a function that is not WASI's.</summary>
    public static string[]? Of(string module, string function)
        => (module == WasiUnstable.Name && s_unstableParameters.TryGetValue(function, out string? words)) || s_parameters.TryGetValue(function, out words)
            ? words.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            : null;
}
