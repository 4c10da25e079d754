// Dies by a trap three calls below main, in functions whose names are kept, so that a call stack by name can be shown and tested.
// The argument chooses the trap; without one it is `unreachable`. Built without inlining. Exit code 134.
// Run: nacre run trap.wasm -- memory
#include <stdio.h>
#include <string.h>

static volatile unsigned farAway = 0xFFFFFFF0u; // Beyond any memory of fewer than 65536 pages.
static volatile int zero;
static volatile double huge = 1e300;
static int (*volatile callback)(int);

static int Half(double value)
{
    return (int)(value / 2);
}

__attribute__((noinline)) static int CheckChecksum(const char *kind, int depth)
{
    if (strcmp(kind, "memory") == 0)
        return *(volatile int *)farAway;
    if (strcmp(kind, "divide") == 0)
        return 100 / zero;
    if (strcmp(kind, "overflow") == 0)
        return (-2147483647 - 1) / (zero - 1);
    if (strcmp(kind, "conversion") == 0)
        return __builtin_wasm_trunc_s_i32_f64(huge);
    if (strcmp(kind, "signature") == 0) {
        callback = (int (*)(int))(void (*)(void))Half;
        return callback(1);
    }
    if (strcmp(kind, "element") == 0) {
        callback = (int (*)(int))farAway;
        return callback(1);
    }
    if (strcmp(kind, "stack") == 0)
        return CheckChecksum(kind, depth + 1) + zero;
    __builtin_trap();
}

__attribute__((noinline)) static int ParseHeader(const char *kind)
{
    return CheckChecksum(kind, 0) + zero;
}

__attribute__((noinline)) static int LoadPicture(const char *kind)
{
    return ParseHeader(kind) + zero;
}

int main(int argc, char **argv)
{
    const char *kind = argc > 1 ? argv[1] : "unreachable";
    printf("about to trap: %s\n", kind);
    fflush(stdout);
    int result = LoadPicture(kind);
    printf("survived with %d\n", result);
    return 0;
}
