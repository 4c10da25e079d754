namespace Nacre.Wasi.Preview1;

/// <summary>The signals that do not end a process, and the first and last of all. Spec: WASI preview 1, <c>signal</c>.</summary>
internal enum Signal : uint
{
    None = 0,
    Chld = 16,
    Cont = 17,
    Stop = 18,
    Tstp = 19,
    Ttin = 20,
    Ttou = 21,
    Urg = 22,
    Winch = 27,
    Sys = 30,
}
