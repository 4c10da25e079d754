namespace Nacre.Wasi.Preview1;

/// <summary>How a descriptor reads and writes. Spec: WASI preview 1, <c>fdflags</c>.</summary>
[Flags]
internal enum Fdflags : ushort
{
    None = 0,
    Append = 1 << 0,
    Dsync = 1 << 1,
    Nonblock = 1 << 2,
    Rsync = 1 << 3,
    Sync = 1 << 4,
    All = (1 << 5) - 1,
}

/// <summary>How a path is opened. Spec: WASI preview 1, <c>oflags</c>.</summary>
[Flags]
internal enum Oflags : ushort
{
    None = 0,
    Creat = 1 << 0,
    Directory = 1 << 1,
    Excl = 1 << 2,
    Trunc = 1 << 3,
    All = (1 << 4) - 1,
}

/// <summary>Which times change, and how. Spec: WASI preview 1, <c>fstflags</c>.</summary>
[Flags]
internal enum Fstflags : ushort
{
    None = 0,
    Atim = 1 << 0,
    AtimNow = 1 << 1,
    Mtim = 1 << 2,
    MtimNow = 1 << 3,
    All = (1 << 4) - 1,
}

/// <summary>How a path is resolved. Spec: WASI preview 1, <c>lookupflags</c>.</summary>
[Flags]
internal enum Lookupflags : uint
{
    None = 0,
    SymlinkFollow = 1 << 0,
}

/// <summary>What an offset counts from. Spec: WASI preview 1, <c>whence</c>.</summary>
internal enum Whence : byte
{
    Set = 0,
    Cur = 1,
    End = 2,
}

/// <summary>How a connection is read. Spec: WASI preview 1, <c>riflags</c>.</summary>
[Flags]
internal enum Riflags : ushort
{
    None = 0,
    RecvPeek = 1 << 0,
    RecvWaitall = 1 << 1,
    All = (1 << 2) - 1,
}

/// <summary>Which directions of a connection end. Spec: WASI preview 1, <c>sdflags</c>.</summary>
[Flags]
internal enum Sdflags : byte
{
    None = 0,
    Rd = 1 << 0,
    Wr = 1 << 1,
}
