using System.Diagnostics.CodeAnalysis;
using Nacre.Runtime;
using Nacre.Syntax;

namespace Nacre.Tiering;

/// <summary>A function to be compiled.</summary>
/// <param name="Module">Its module.</param>
/// <param name="DefinedIndex">Its position there.</param>
/// <param name="Instance">The instance that ran it, by whose memories the code is made.</param>
[RequiresDynamicCode("Compiles guest code at run time.")]
internal sealed record HotFunction(TieredModule Module, int DefinedIndex, ModuleInstance Instance);

/// <summary>Functions that wait to be compiled, in the order in which they became hot. One thread of the pool works on them at a time.</summary>
[RequiresDynamicCode("Compiles guest code at run time.")]
internal sealed class HotFunctions : IThreadPoolWorkItem
{
    private readonly Lock _lock = new();
    private GrowingArray<HotFunction> _waiting;
    private bool _isAtWork;

    /// <summary>Has a function compiled, some time later.</summary>
    public void Add(HotFunction function)
    {
        lock (_lock)
        {
            _waiting.Add(function);
            if (_isAtWork) return;
            _isAtWork = true;
        }
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Compiles all that waits.</summary>
    public void Execute()
    {
        while (true)
        {
            HotFunction[] batch;
            lock (_lock)
            {
                batch = _waiting.ToArray();
                _waiting.Clear();
                _isAtWork = batch.Length > 0;
            }
            if (batch.Length == 0) return;
            foreach (HotFunction function in batch) Compile(function);
        }
    }

    private static void Compile(HotFunction function)
    {
        try
        {
            function.Module.Compile(function.DefinedIndex, function.Instance);
        }
        catch (Exception)
        {
            // It stays in the interpreter, for want of memory, say. A guest that runs well is not to be stopped because it could have become
            // faster, and what leaves a thread of the pool ends the process.
        }
    }
}
