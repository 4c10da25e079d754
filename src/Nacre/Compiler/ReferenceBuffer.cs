using System.Runtime.CompilerServices;

namespace Nacre.Compiler;

/// <summary>Room for the references of a call that leaves compiled code, when they are few.</summary>
[InlineArray(Count)]
internal struct ReferenceBuffer
{
    public const int Count = 4;

    private object? _first;
}
