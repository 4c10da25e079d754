using Nacre.Runtime;

namespace Nacre.Tests.Runtime;

public class OwnershipTests
{
    private readonly Ownership _ownership = new();

    private int Enter()
    {
        int depth = _ownership.EnterFavoured(HostStack.Here());
        return depth >= 0 ? depth : _ownership.Enter();
    }

    private static T On<T>(Func<T> action)
    {
        T result = default!;
        var thread = new Thread(() => result = action());
        thread.Start();
        thread.Join();
        return result;
    }

    [Fact]
    public void Calls_of_one_thread_nest_and_keep_others_out()
    {
        Assert.Equal(0, Enter());
        Assert.True(_ownership.IsOutermost);
        Assert.Equal(1, Enter());
        Assert.False(_ownership.IsOutermost);
        _ownership.Exit();
        Assert.Equal(-1, On(Enter));
        Assert.Equal(1, Enter());
        _ownership.Exit();
        _ownership.Exit();
        Assert.Equal(0, On(Enter));
        Assert.Equal(-1, Enter());
    }

    [Fact]
    public void The_first_thread_is_favoured_until_another_one_comes()
    {
        Assert.Equal(-1, _ownership.EnterFavoured(HostStack.Here()));
        Enter();
        _ownership.Exit();
        Assert.Equal(0, _ownership.EnterFavoured(HostStack.Here()));
        _ownership.Exit();
        On(() =>
        {
            Assert.Equal(-1, _ownership.EnterFavoured(HostStack.Here()));
            Assert.Equal(0, Enter());
            _ownership.Exit();
            return 0;
        });
        Assert.Equal(-1, _ownership.EnterFavoured(HostStack.Here()));
        Assert.Equal(0, Enter());
    }

    [Fact]
    public void Little_left_of_the_stack_is_no_favour_but_an_entrance()
    {
        Enter();
        Assert.Equal(-1, _ownership.EnterFavoured(HostStack.Range.Limit - 1));
        Assert.Equal(-1, _ownership.EnterFavoured(HostStack.Range.End));
        Assert.Equal(1, _ownership.EnterFavoured(HostStack.Range.Limit));
        Assert.Equal(2, _ownership.Enter());
    }

    [Fact]
    public void A_thread_is_not_taken_for_another_because_its_stack_lies_where_that_of_the_other_was()
    {
        nuint here = HostStack.Here();
        Enter();
        _ownership.Exit();
        Assert.Equal(-1, On(() => _ownership.EnterFavoured(here)));
        Assert.Equal(-1, On(() => HostStack.Range.ByteCount > 0 ? _ownership.EnterFavoured(here) : 0));
    }

    [Fact]
    public void A_thread_that_got_the_stack_of_one_that_ended_takes_its_place()
    {
        for (int i = 0; i < 20; i++)
        {
            On(() =>
            {
                Assert.Equal(0, Enter());
                Assert.Equal(1, _ownership.Enter());
                _ownership.Exit();
                _ownership.Exit();
                return 0;
            });
        }
    }

    [Fact]
    public void Nobody_is_favoured_after_the_last_exit()
    {
        Enter();
        _ownership.Exit();
        Enter();
        _ownership.ExitForGood();
        Assert.Equal(-1, _ownership.EnterFavoured(HostStack.Here()));
        Assert.Equal(0, Enter());
    }

    [Fact]
    public void Threads_that_race_are_never_inside_together()
    {
        const int RoundCount = 300, EntryCount = 200, ThreadCount = 3;
        for (int round = 0; round < RoundCount; round++)
        {
            var ownership = new Ownership();
            int inside = 0, together = 0, entered = 0;
            Thread[] threads = [.. Enumerable.Range(0, ThreadCount).Select(_ => new Thread(() =>
            {
                for (int i = 0; i < EntryCount; i++)
                {
                    int depth = ownership.EnterFavoured(HostStack.Here());
                    if (depth < 0) depth = ownership.Enter();
                    if (depth < 0) continue;
                    if (Interlocked.Increment(ref inside) != 1) Interlocked.Increment(ref together);
                    Interlocked.Increment(ref entered);
                    Interlocked.Decrement(ref inside);
                    ownership.Exit();
                }
            }))];
            foreach (Thread thread in threads) thread.Start();
            foreach (Thread thread in threads) thread.Join();
            Assert.Equal(0, together);
            Assert.InRange(entered, 1, ThreadCount * EntryCount);
        }
    }
}
