using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Nacre.Runtime;

/// <summary>The machine code that runs first when the process gets a SIGSEGV.</summary>
/// <remarks>
/// It is a handler as <c>SA_SIGINFO</c> has them, and uses no stack and only registers that a callee may change:
/// <code>
/// if (info->si_code == SEGV_ACCERR &amp;&amp; (ulong)(info->si_addr - arena) &lt; size) info->si_addr = reported;
/// goto next;
/// </code>
/// The four values follow the code, which reads them relative to itself, so it runs wherever it is put.
/// SEGV_ACCERR is what inaccessible pages give; a signal that somebody sent has other codes, and other things in place of the address.
/// </remarks>
internal static class GuardFaultStub
{
    // endbr64; cmp dword [rsi+8], 2; jne next; mov rax, [rsi+16]; sub rax, [arena]; cmp rax, [size]; jae next;
    // mov rax, [reported]; mov [rsi+16], rax; next: jmp [next]; nop
    private static ReadOnlySpan<byte> X64 =>
    [
        0xF3, 0x0F, 0x1E, 0xFA, 0x83, 0x7E, 0x08, 0x02, 0x75, 0x1F, 0x48, 0x8B, 0x46, 0x10, 0x48, 0x2B,
        0x05, 0x1B, 0x00, 0x00, 0x00, 0x48, 0x3B, 0x05, 0x1C, 0x00, 0x00, 0x00, 0x73, 0x0B, 0x48, 0x8B,
        0x05, 0x1B, 0x00, 0x00, 0x00, 0x48, 0x89, 0x46, 0x10, 0xFF, 0x25, 0x19, 0x00, 0x00, 0x00, 0x90,
    ];

    // ldr w9, [x1, #8]; cmp w9, #2; b.ne next; ldr x9, [x1, #16]; ldr x10, arena; sub x9, x9, x10; ldr x10, size; cmp x9, x10; b.hs next;
    // ldr x9, reported; str x9, [x1, #16]; next: ldr x10, next; br x10; nop
    private static ReadOnlySpan<byte> Arm64 =>
    [
        0x29, 0x08, 0x40, 0xB9, 0x3F, 0x09, 0x00, 0x71, 0x21, 0x01, 0x00, 0x54, 0x29, 0x08, 0x40, 0xF9,
        0x4A, 0x01, 0x00, 0x58, 0x29, 0x01, 0x0A, 0xCB, 0x4A, 0x01, 0x00, 0x58, 0x3F, 0x01, 0x0A, 0xEB,
        0x62, 0x00, 0x00, 0x54, 0x29, 0x01, 0x00, 0x58, 0x29, 0x08, 0x00, 0xF9, 0x2A, 0x01, 0x00, 0x58,
        0x40, 0x01, 0x1F, 0xD6, 0x1F, 0x20, 0x03, 0xD5,
    ];

    /// <summary>Whether there is a stub for this processor.</summary>
    public static bool IsSupported => RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    /// <summary>The stub for this processor.</summary>
    /// <param name="arena">Where the range begins in which faults are ours.</param>
    /// <param name="byteCount">How long it is.</param>
    /// <param name="reported">The address that the next handler sees for them.</param>
    /// <param name="next">The next handler, which gets every signal.</param>
    public static byte[] Make(nint arena, ulong byteCount, nint reported, nint next)
    {
        ReadOnlySpan<byte> code = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? Arm64 : X64;
        var stub = new byte[code.Length + (4 * sizeof(ulong))];
        code.CopyTo(stub);
        Span<byte> values = stub.AsSpan(code.Length);
        BinaryPrimitives.WriteInt64LittleEndian(values, arena);
        BinaryPrimitives.WriteUInt64LittleEndian(values[8..], byteCount);
        BinaryPrimitives.WriteInt64LittleEndian(values[16..], reported);
        BinaryPrimitives.WriteInt64LittleEndian(values[24..], next);
        return stub;
    }
}
