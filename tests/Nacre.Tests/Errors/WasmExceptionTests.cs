using Nacre.Syntax;

namespace Nacre.Tests.Errors;

public class WasmExceptionTests
{
    [Fact]
    public void A_malformed_module_tells_the_byte()
    {
        var error = new MalformedModuleException("integer too large", 31);
        Assert.Equal("integer too large (at byte 0x1f)", error.Message);
        Assert.Equal(31, error.ByteOffset);
        Assert.Null(new MalformedModuleException("unexpected token").ByteOffset);
    }

    [Fact]
    public void An_invalid_module_tells_what_is_known_of_the_place()
    {
        Assert.Equal("type mismatch (in func 3, at byte 0x10)", new InvalidModuleException("type mismatch", new FuncIndex(3), 16).Message);
        Assert.Equal("type mismatch (in func 3)", new InvalidModuleException("type mismatch", new FuncIndex(3)).Message);
        Assert.Equal("unknown type (at byte 0x10)", new InvalidModuleException("unknown type", byteOffset: 16).Message);
        Assert.Equal("multiple memories", new InvalidModuleException("multiple memories").Message);
    }

    [Fact]
    public void A_trap_begins_with_the_text_of_its_kind()
    {
        var trap = new TrapException(TrapKind.UninitializedElement, "2");
        Assert.Equal(TrapKind.UninitializedElement, trap.Kind);
        Assert.Equal("uninitialized element 2", trap.Message);
        Assert.Equal("integer divide by zero", new TrapException(TrapKind.DivideByZero).Message);
    }

    [Fact]
    public void Exhaustion_tells_which_budget()
    {
        var error = new ExhaustionException(ExhaustionKind.CallStack);
        Assert.Equal(ExhaustionKind.CallStack, error.Kind);
        Assert.Equal("call stack exhausted", error.Message);
    }

    [Fact]
    public void A_link_error_tells_the_two_names()
    {
        var error = new LinkException("unknown import", "env", "print");
        Assert.Equal(("env", "print"), (error.Module, error.Name));
    }
}
