// A module without libc and without imports: exports fib(i32) -> i32, naive recursion.
// Run: nacre run fib.wasm --invoke fib -- 20
__attribute__((export_name("fib"))) int fib(int n)
{
    return n < 2 ? n : fib(n - 1) + fib(n - 2);
}
