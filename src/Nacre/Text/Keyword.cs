namespace Nacre.Text;

/// <summary>The words of the text format and of scripts that are no instructions. Their numbers lie beyond those of opcodes.</summary>
/// <remarks>The spellings stand, in the same order, in <see cref="Words"/>.</remarks>
internal enum Keyword
{
    None = -1,
    I8 = Words.FirstKeyword, I16, I32, I64, F32, F64, V128,
    I8x16, I16x8, I32x4, I64x2, F32x4, F64x2,
    Any, Eq, I31, Struct, Array, None_, Func, NoFunc, Extern, NoExtern, Exn, NoExn,
    AnyRef, EqRef, I31Ref, StructRef, ArrayRef, NullRef, FuncRef, NullFuncRef, ExternRef, NullExternRef, ExnRef, NullExnRef,
    Ref, Null, Mut, Field, Sub, Final, Rec, Type, Param, Result, Local,
    Table, Memory, Global, Tag, Elem, Data, Import, Export, Start, Module, Definition, Instance, Quote, Binary,
    Offset, Item, Declare, Then, Do, Shared, PageSize, CatchRef, CatchAllRef,
    Register, Invoke, Get, Either, Thread, Wait,
    AssertReturn, AssertTrap, AssertExhaustion, AssertException, AssertInvalid, AssertMalformed, AssertUnlinkable,
    AssertInvalidCustom, AssertMalformedCustom,
    NanCanonical, NanArithmetic, RefExtern, RefHost, RefStruct, RefArray, RefAny, RefExn,
    Before, After, First, Last, Code, DataCount,
}
