namespace Nacre.Wasi.Preview1;

/// <summary>The numbers by which a guest knows a directory's cookies: so small that a C program's <c>telldir</c> can keep them in 32 bits.</summary>
/// <remarks>
/// Small cookies are their own numbers, shifted. Large ones, as file systems of hosts have them, are numbered as they appear. The last of them
/// are known, as many as few directories have: where a guest lists without ever beginning anew, there is no end to them.
/// </remarks>
internal sealed class CookieNumbers
{
    /// <summary>The number of the directory's start; <c>.</c> and <c>..</c> have those below.</summary>
    public const ulong Start = 2;

    private const ulong LargestSmall = 1 << 30;
    private const int MaximumLargeCount = 1 << 16;

    private readonly Dictionary<ulong, ulong> _numbers = [];
    private readonly List<ulong> _large = [];
    private ulong _forgottenCount;          // of large ones, which came before those in the list

    /// <summary>Forgets what was handed out: the listing begins anew.</summary>
    public void Clear()
    {
        _numbers.Clear();
        _large.Clear();
        _forgottenCount = 0;
    }

    /// <summary>The guest's number for a cookie, always the same one.</summary>
    public ulong NumberOf(ulong cookie)
    {
        if (cookie <= LargestSmall) return Start + cookie;
        if (_numbers.TryGetValue(cookie, out ulong number)) return number;
        if (_large.Count == MaximumLargeCount) ForgetHalf();
        _large.Add(cookie);
        return _numbers[cookie] = Start + LargestSmall + _forgottenCount + (ulong)_large.Count;
    }

    /// <summary>The cookie that a guest's number stands for; false for one that was not handed out.</summary>
    public bool TryGetCookie(ulong number, out ulong cookie)
    {
        cookie = number - Start;
        if (cookie <= LargestSmall) return true;
        ulong index = cookie - LargestSmall - 1 - _forgottenCount;
        if (index >= (ulong)_large.Count) return false;
        cookie = _large[(int)index];
        return true;
    }

    private void ForgetHalf()
    {
        const int Half = MaximumLargeCount / 2;
        foreach (ulong cookie in _large.Take(Half)) _numbers.Remove(cookie);
        _large.RemoveRange(0, Half);
        _forgottenCount += Half;
    }
}
