// Ends with exit code 3 from a nested call: exit runs the handlers in reverse order of registration, flushes standard output,
// then calls proc_exit, which never returns.
// Run: nacre run exit.wasm; echo $?
#include <stdio.h>
#include <stdlib.h>

static void SayFirst(void)
{
    fputs("registered first, runs last\n", stdout);
}

static void SaySecond(void)
{
    fputs("registered second, runs first\n", stdout);
}

static void Finish(int code)
{
    fputs("leaving without a newline... ", stdout);
    exit(code);
}

int main(void)
{
    atexit(SayFirst);
    atexit(SaySecond);
    Finish(3);
    puts("never printed");
    return 0;
}
