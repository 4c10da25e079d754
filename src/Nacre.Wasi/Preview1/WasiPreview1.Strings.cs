using Nacre.Wasi.Preview1;

namespace Nacre.Wasi;

/// <content>Arguments and environment.</content>
public sealed partial class WasiPreview1
{
    private readonly StringTable _arguments;
    private readonly StringTable _environment;

    [HostFunction("args_sizes_get")]
    private Errno ArgsSizesGet(Caller caller, uint countAddress, uint byteCountAddress)
        => WriteSizes(_arguments, caller, countAddress, byteCountAddress);

    [HostFunction("args_get")]
    private Errno ArgsGet(Caller caller, uint pointersAddress, uint bytesAddress)
        => WriteStrings(_arguments, caller, pointersAddress, bytesAddress);

    [HostFunction("environ_sizes_get")]
    private Errno EnvironSizesGet(Caller caller, uint countAddress, uint byteCountAddress)
        => WriteSizes(_environment, caller, countAddress, byteCountAddress);

    [HostFunction("environ_get")]
    private Errno EnvironGet(Caller caller, uint pointersAddress, uint bytesAddress)
        => WriteStrings(_environment, caller, pointersAddress, bytesAddress);

    private static Errno WriteSizes(StringTable strings, Caller caller, uint countAddress, uint byteCountAddress)
    {
        var memory = new GuestMemory(caller.Memory);
        if (!memory.Contains(byteCountAddress, sizeof(uint))) return Errno.Fault;
        Errno error = memory.Write(countAddress, (uint)strings.ByteOffsets.Length);
        return error == Errno.Success ? memory.Write(byteCountAddress, (uint)strings.Bytes.Length) : error;
    }

    private static Errno WriteStrings(StringTable strings, Caller caller, uint pointersAddress, uint bytesAddress)
    {
        var memory = new GuestMemory(caller.Memory);
        if (!memory.TrySlice(bytesAddress, (uint)strings.Bytes.Length, out Span<byte> bytes)) return Errno.Fault;
        if (!memory.Contains(pointersAddress, sizeof(uint) * (ulong)strings.ByteOffsets.Length)) return Errno.Fault;

        strings.Bytes.CopyTo(bytes);
        Errno error = Errno.Success;
        for (int index = 0; index < strings.ByteOffsets.Length && error == Errno.Success; index++)
            error = memory.Write(pointersAddress + sizeof(uint) * (ulong)index, bytesAddress + (uint)strings.ByteOffsets[index]);
        return error;
    }

    private static string[] Variables(WasiOptions options)
    {
        if (options.Environment.Count == 0) return [];
        var variables = new string[options.Environment.Count];
        int index = 0;
        foreach ((string name, string value) in options.Environment)
        {
            if (name.Length == 0 || name.Contains('=')) throw new ArgumentException($"'{name}' cannot be a variable's name.", nameof(options));
            variables[index++] = $"{name}={value}";
        }
        return variables;
    }
}
