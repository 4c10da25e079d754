using Nacre.Wasi.FileSystems;

namespace Nacre.Wasi.Tests;

public class HostNameTests
{
    [Theory]
    [InlineData("CON")]
    [InlineData("con")]
    [InlineData("nul.txt")]
    [InlineData("Aux.tar.gz")]
    [InlineData("COM1")]
    [InlineData("com0.x")]
    [InlineData("LPT9")]
    [InlineData("COM¹")]
    [InlineData("lpt³.txt")]
    [InlineData("CONIN$")]
    [InlineData("conout$.txt")]
    [InlineData("PRN .txt")]
    [InlineData("NUL ")]
    [InlineData("file.")]
    [InlineData("file ")]
    [InlineData("...")]
    [InlineData("a:b")]
    [InlineData("file::$DATA")]
    [InlineData("C:")]
    [InlineData("a\\b")]
    [InlineData("..\\a")]
    [InlineData("a*")]
    [InlineData("a?")]
    [InlineData("a\"b")]
    [InlineData("<a")]
    [InlineData("a>")]
    [InlineData("a|b")]
    [InlineData("a\u0001")]
    [InlineData("a\n")]
    public void Windows_takes_it_for_more_than_a_name(string name)
    {
        Assert.True(HostName.IsPlain(name));
        Assert.False(HostName.IsPlainOnWindows(name));
    }

    [Theory]
    [InlineData("file")]
    [InlineData("file.txt")]
    [InlineData(".hidden")]
    [InlineData("..hidden")]
    [InlineData(" file")]
    [InlineData("CONSOLE")]
    [InlineData("COM10")]
    [InlineData("COM")]
    [InlineData("my.con")]
    [InlineData("null")]
    [InlineData("äöü")]
    [InlineData("日本")]
    public void It_is_a_name_everywhere(string name)
    {
        Assert.True(HostName.IsPlain(name));
        Assert.True(HostName.IsPlainOnWindows(name));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("/")]
    [InlineData("a\0")]
    public void It_is_a_name_nowhere(string name)
    {
        Assert.False(HostName.IsPlain(name));
        Assert.False(HostName.IsPlainOnWindows(name));
    }
}
