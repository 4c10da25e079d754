using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Nacre.Runtime;
using Nacre.Syntax;

namespace Nacre;

/// <summary>A linear memory.</summary>
/// <remarks>
/// Every access is checked against the size at that moment; one that lies outside traps, as it would in the guest. Offsets and counts
/// given as <c>int</c> are those of a 32-bit guest, and are read as unsigned. A span stays valid until the store is disposed or
/// forgotten, but does not grow with the memory, and a memory that had to move leaves it behind: take a new one after guest code has run.
/// Used by one thread at a time, as its store; a shared memory by any number. The bytes of a shared memory may change at any moment: what
/// is to be checked is copied first, and the copy checked and used.
/// Spec: Execution, Runtime Structure, Memory Instances; Appendix, Embedding, Memories.
/// </remarks>
public sealed class Memory : Extern
{
    internal Memory(StoreState store, MemoryInstance instance) : base(store) => Instance = instance;

    /// <summary>Creates a memory of the minimal size of its type, filled with zeros.</summary>
    /// <param name="store">Where it lives.</param>
    /// <param name="type">How many pages there can be.</param>
    /// <exception cref="ArgumentException">The type is not valid.</exception>
    /// <exception cref="ExhaustionException">The store's limits or the machine do not allow that size.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses the store.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    public Memory(Store store, MemoryType type)
        : this(HostTypes.StateOf(store), HostTypes.Create(store, state => NewInstance(state, HostTypes.Check(type))))
    {
    }

    /// <summary>How many pages there can be, and how addresses look.</summary>
    public MemoryType Type => Instance.Type;

    /// <summary>Size in pages at this moment.</summary>
    public long PageCount => (long)Instance.PageCount;

    /// <summary>Size in bytes at this moment.</summary>
    public long ByteLength => (long)Instance.ByteLength;

    /// <summary>Whether the processor checks compiled code's accesses to this memory, instead of that code itself.</summary>
    /// <value>False also where <see cref="Engine.MemoryStrategy"/> is <see cref="MemoryStrategy.Guard"/>, for a memory that cannot be guarded.</value>
    public bool IsGuarded => Instance.IsGuarded;

    /// <summary>Adds zeroed pages.</summary>
    /// <returns>False, and nothing changed, when the memory's maximum, the store's limits or the machine do not allow so many.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="deltaPageCount"/> is negative.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses the store, and the memory is not shared.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    public bool TryGrow(long deltaPageCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(deltaPageCount);
        if (Type.IsShared) return Instance.Grow((ulong)deltaPageCount) >= 0;
        State.Enter();      // running code must not see the memory move
        try
        {
            return Instance.Grow((ulong)deltaPageCount) >= 0;
        }
        finally
        {
            State.Exit();
        }
    }

    /// <summary>The bytes <c>[byteOffset, byteOffset + byteCount)</c> of a 32-bit guest; both numbers are read as unsigned.</summary>
    /// <exception cref="TrapException">They are not all inside the memory.</exception>
    /// <exception cref="ArgumentOutOfRangeException">More bytes than a span can hold.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    public Span<byte> Slice(int byteOffset, int byteCount) => Instance.Slice((uint)byteOffset, (uint)byteCount);

    /// <summary>The bytes <c>[byteOffset, byteOffset + byteCount)</c>.</summary>
    /// <inheritdoc cref="Slice(int, int)" path="/exception"/>
    public Span<byte> Slice(ulong byteOffset, ulong byteCount) => Instance.Slice(byteOffset, byteCount);

    /// <summary>The number at <paramref name="byteOffset"/> (unsigned), lowest byte first.</summary>
    /// <inheritdoc cref="Slice(int, int)" path="/exception"/>
    public T Read<T>(int byteOffset) where T : unmanaged, IBinaryNumber<T> => Read<T>((ulong)(uint)byteOffset);

    /// <summary>The number at <paramref name="byteOffset"/>, lowest byte first.</summary>
    /// <inheritdoc cref="Slice(int, int)" path="/exception"/>
    public T Read<T>(ulong byteOffset) where T : unmanaged, IBinaryNumber<T>
    {
        T value = MemoryMarshal.Read<T>(Instance.Slice(byteOffset, (ulong)Unsafe.SizeOf<T>()));
        return BitConverter.IsLittleEndian ? value : Reverse(value);
    }

    /// <summary>Writes a number at <paramref name="byteOffset"/> (unsigned), lowest byte first.</summary>
    /// <inheritdoc cref="Slice(int, int)" path="/exception"/>
    public void Write<T>(int byteOffset, T value) where T : unmanaged, IBinaryNumber<T> => Write((ulong)(uint)byteOffset, value);

    /// <summary>Writes a number at <paramref name="byteOffset"/>, lowest byte first.</summary>
    /// <inheritdoc cref="Slice(int, int)" path="/exception"/>
    public void Write<T>(ulong byteOffset, T value) where T : unmanaged, IBinaryNumber<T>
        => MemoryMarshal.Write(
            Instance.Slice(byteOffset, (ulong)Unsafe.SizeOf<T>()), BitConverter.IsLittleEndian ? value : Reverse(value));

    /// <summary>The bytes <c>[byteOffset, byteOffset + byteCount)</c> as UTF-8; what is not UTF-8 becomes U+FFFD.</summary>
    /// <inheritdoc cref="Slice(int, int)" path="/exception"/>
    public string ReadUtf8(int byteOffset, int byteCount)
    {
        Span<byte> bytes = Slice(byteOffset, byteCount);
        return Encoding.UTF8.GetString(Type.IsShared ? bytes.ToArray() : bytes);      // looked at twice, and must not change between
    }

    /// <summary>Writes <paramref name="text"/> as UTF-8 at <paramref name="byteOffset"/>.</summary>
    /// <returns>The number of bytes written. No terminating zero is.</returns>
    /// <inheritdoc cref="Slice(int, int)" path="/exception"/>
    public int WriteUtf8(int byteOffset, ReadOnlySpan<char> text)
        => Encoding.UTF8.GetBytes(text, Slice(byteOffset, Encoding.UTF8.GetByteCount(text)));

    internal MemoryInstance Instance { get; }

    internal override ExternValue External => new(Instance);

    private protected override object Identity => Instance;

    private static MemoryInstance NewInstance(StoreState store, MemoryType type)
    {
        var memory = new MemoryInstance(store.Arena, store.Budget, type, store.WantsGuardPages);
        store.Keep(memory);
        return memory;
    }

    private static T Reverse<T>(T value) where T : unmanaged
    {
        MemoryMarshal.AsBytes(new Span<T>(ref value)).Reverse();
        return value;
    }
}
