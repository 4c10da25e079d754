using Nacre.Wasi.FileSystems;

namespace Nacre.Wasi.Tests;

public class HostErrorsTests
{
    [Theory]
    [InlineData(1, 1, Errno.Perm)]
    [InlineData(2, 2, Errno.Noent)]
    [InlineData(11, 35, Errno.Again)]
    [InlineData(13, 13, Errno.Acces)]
    [InlineData(28, 28, Errno.Nospc)]
    [InlineData(35, 11, Errno.Deadlk)]
    [InlineData(36, 63, Errno.Nametoolong)]
    [InlineData(39, 66, Errno.Notempty)]
    [InlineData(40, 62, Errno.Loop)]
    [InlineData(75, 84, Errno.Overflow)]
    [InlineData(84, 92, Errno.Ilseq)]
    [InlineData(95, 45, Errno.Notsup)]
    [InlineData(95, 102, Errno.Notsup)]
    [InlineData(111, 61, Errno.Connrefused)]
    [InlineData(122, 69, Errno.Dquot)]
    [InlineData(131, 104, Errno.Notrecoverable)]
    [InlineData(0, 0, Errno.Io)]
    [InlineData(-1, -1, Errno.Io)]
    [InlineData(9999, 9999, Errno.Io)]
    public void A_number_of_Linux_or_Apple_has_its_meaning(int linux, int apple, Errno error)
    {
        Assert.Equal(error, HostErrors.OfLinux(linux));
        Assert.Equal(error, HostErrors.OfApple(apple));
    }

    [Theory]
    [InlineData(2, Errno.Noent)]
    [InlineData(5, Errno.Acces)]
    [InlineData(32, Errno.Busy)]
    [InlineData(112, Errno.Nospc)]
    [InlineData(145, Errno.Notempty)]
    [InlineData(183, Errno.Exist)]
    [InlineData(31, Errno.Io)]
    public void A_code_of_Windows_has_its_meaning(int code, Errno error)
    {
        Assert.Equal(error, HostErrors.OfWindows(code));
        Assert.Equal(error, HostErrors.Of(new IOException("", unchecked((int)0x8007_0000) | code)));
    }

    [Fact]
    public void An_exception_has_its_meaning()
    {
        Assert.Equal(Errno.Noent, HostErrors.Of(new FileNotFoundException()));
        Assert.Equal(Errno.Noent, HostErrors.Of(new DirectoryNotFoundException()));
        Assert.Equal(Errno.Nametoolong, HostErrors.Of(new PathTooLongException()));
        Assert.Equal(Errno.Acces, HostErrors.Of(new UnauthorizedAccessException()));
        Assert.Equal(Errno.Notsup, HostErrors.Of(new NotSupportedException()));
    }
}
