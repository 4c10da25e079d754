using Nacre.Wasi.Preview1;

namespace Nacre.Wasi.Tests;

public class CookieNumbersTests
{
    private const ulong Large = 1UL << 62;

    [Fact]
    public void Cookies_come_back_from_their_numbers()
    {
        var numbers = new CookieNumbers();
        foreach (ulong cookie in (ulong[])[0, 1, 1 << 30, (1 << 30) + 1, Large, ulong.MaxValue])
        {
            ulong number = numbers.NumberOf(cookie);
            Assert.Equal(number, numbers.NumberOf(cookie));
            Assert.InRange(number, CookieNumbers.Start, (ulong)int.MaxValue);
            Assert.True(numbers.TryGetCookie(number, out ulong back));
            Assert.Equal(cookie, back);
        }
        Assert.False(numbers.TryGetCookie(int.MaxValue, out _));
        Assert.False(numbers.TryGetCookie(0, out _));
        ulong large = numbers.NumberOf(Large);
        numbers.Clear();
        Assert.False(numbers.TryGetCookie(large, out _));
    }

    [Fact]
    public void Of_very_many_large_cookies_the_last_are_known()
    {
        var numbers = new CookieNumbers();
        var last = new Queue<(ulong Number, ulong Cookie)>();
        ulong first = numbers.NumberOf(Large);
        for (ulong i = 1; i < 200_000; i++)
        {
            ulong number = numbers.NumberOf(Large + i);
            Assert.True(last.Count == 0 || number > last.Last().Number);
            last.Enqueue((number, Large + i));
            if (last.Count > 10) last.Dequeue();
            foreach ((ulong known, ulong cookie) in last) Assert.True(numbers.TryGetCookie(known, out ulong back) && back == cookie);
        }
        Assert.False(numbers.TryGetCookie(first, out _));
        Assert.True(numbers.NumberOf(Large) > last.Last().Number);
    }
}
