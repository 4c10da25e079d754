// printf in every format: each table of formats is crossed with a table of values, so that width, precision, flags, length
// modifiers, infinities, subnormals and ties of rounding all meet. Much of libc's arithmetic runs below it (big decimal expansion,
// 64-bit division), which makes its output a good fingerprint of an engine.
// Run: nacre run printf.wasm
#include <float.h>
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

// Prints the cross product of formats and values; a value is passed with the static type that its formats expect.
#define CROSS(title, Type, formats, values)                                       \
    do {                                                                          \
        printf("-- %s\n", title);                                                 \
        for (size_t f = 0; f < COUNT(formats); f++)                               \
            for (size_t v = 0; v < COUNT(values); v++) {                          \
                int written = printf(formats[f], (Type)(values)[v]);              \
                printf("| %s #%d\n", formats[f], written);                        \
            }                                                                     \
    } while (0)

static void PrintIntegers(void)
{
    static const char *const Signed[] = {"%d", "%i", "%8d", "%-8d", "%08d", "%+d", "% d", "%.3d", "%8.3d", "%-+8.3d", "%.0d", "%+.0d", "%hd", "%hhd"};
    static const char *const Unsigned[] = {"%u", "%o", "%x", "%X", "%#o", "%#x", "%#X", "%#010x", "%-#12xx", "%12u", "%012u", "%.12u", "%.0x", "%hu", "%hhx", "%hho"};
    static const int Ints[] = {0, 1, -1, 7, -42, 12345, 65535, INT_MAX, INT_MIN};
    CROSS("int", int, Signed, Ints);
    CROSS("unsigned", unsigned, Unsigned, Ints);

    static const char *const Long[] = {"%ld", "%+12li"};
    static const char *const UnsignedLong[] = {"%lu", "%#lx", "%lo"};
    static const int Longs[] = {0, -1, INT_MAX, INT_MIN};
    CROSS("long", long, Long, Longs);
    CROSS("unsigned long", unsigned long, UnsignedLong, Longs);

    static const char *const LongLong[] = {"%lld", "%+lli", "%24lld", "%-24lld", "%024lld", "%.22lld"};
    static const char *const UnsignedLongLong[] = {"%llu", "%llo", "%#llx", "%#llX", "%#llo"};
    static const long long LongLongs[] = {0, -1, 4294967296, -4294967297, 1000000000000000000, LLONG_MAX, LLONG_MIN};
    CROSS("long long", long long, LongLong, LongLongs);
    CROSS("unsigned long long", unsigned long long, UnsignedLongLong, LongLongs);

    printf("-- size_t %zu %zx, ptrdiff_t %td %ti, intmax_t %jd %ji, uintmax_t %ju %jx\n", (size_t)3000000000u, (size_t)0xABCDu,
           (ptrdiff_t)-5, (ptrdiff_t)INT_MAX, INTMAX_MIN, INTMAX_MAX, UINTMAX_MAX, UINTMAX_MAX);
    printf("-- int8 %" PRId8 ", uint16 %" PRIu16 ", int32 %" PRIi32 ", int64 %" PRId64 ", hex64 %" PRIX64 "\n", (int8_t)-128, (uint16_t)65535,
           (int32_t)INT32_MIN, INT64_MIN, UINT64_MAX);
}

static void PrintDoubles(void)
{
    static const char *const Fixed[] = {"%f", "%F", "%.0f", "%.1f", "%.2f", "%#.0f", "%12.3f", "%-12.3f", "%012.3f", "%+.3f", "% .3f"};
    static const char *const Scientific[] = {"%e", "%E", "%.0e", "%.1e", "%#.0e", "%14.4e", "%-14.4e", "%014.4e", "%.17e"};
    static const char *const General[] = {"%g", "%G", "%.0g", "%.3g", "%#g", "%#.3g", "%.17g", "%12g", "%-12g", "%012g", "%+g"};
    static const char *const Hexadecimal[] = {"%a", "%A", "%.0a", "%.3a", "%#.0a", "%20a", "%-20a", "%020a", "%+a"};
    static const double Values[] = {0.0, -0.0, 1.0, -1.5, 0.1, 100.0, 123456.789, 1e6, 999999.5, 1e-5, 0.0001, 123456789012.0, -9.9999e-7, 1.0 / 3};
    static const double Ties[] = {0.5, 1.5, 2.5, 3.5, 0.05, 0.15, 0.25, 0.35, 0.125, 0.375, 1.005, 2.675, 9.5, 9.95, 99.95, 9.9999995};
    static const double Specials[] = {INFINITY, -INFINITY, NAN, -NAN};
    static const double Extremes[] = {DBL_MAX, -DBL_MAX, DBL_MIN, DBL_TRUE_MIN, -DBL_TRUE_MIN, 2.2250738585072009e-308, DBL_EPSILON};
    static const char *const ShortTies[] = {"%.0f", "%.1f", "%.2f", "%.0e", "%.1e", "%.2g", "%g"};
    static const char *const ShortSpecials[] = {"%f", "%F", "%10e", "%-10E", "%010g", "%+G", "% a", "%A"};
    static const char *const Exact[] = {"%g", "%.17g", "%e", "%a", "%.20e"};

    CROSS("fixed", double, Fixed, Values);
    CROSS("scientific", double, Scientific, Values);
    CROSS("general", double, General, Values);
    CROSS("hexadecimal", double, Hexadecimal, Values);
    CROSS("ties", double, ShortTies, Ties);
    CROSS("specials", double, ShortSpecials, Specials);
    CROSS("extremes", double, Exact, Extremes);

    printf("-- every digit\n%f\n%.1074f\n%.55f\n%.60g\n", DBL_MAX, DBL_TRUE_MIN, 0.1, 1.0 / 3);
    printf("-- float %.9g %.9g %.9g %a\n", (double)0.1f, (double)FLT_MAX, (double)FLT_TRUE_MIN, (double)FLT_EPSILON);
}

static void PrintText(void)
{
    static const char *const Text[] = {"%s", "%10s", "%-10s", "%.2s", "%10.2s", "%-10.2s", "%.0s"};
    static const char *const Words[] = {"", "a", "nacre", "mother-of-pearl", "z\xC3\xB3\xC5\x82w"};
    static const char *const Character[] = {"%c", "%4c", "%-4c"};
    static const char Letters[] = {'a', 'z', '~'};
    CROSS("text", const char *, Text, Words);
    CROSS("character", int, Character, Letters);

    printf("-- star [%*d] [%-*d] [%.*d] [%*.*f] [%.*s] [%*s]\n", 6, 42, 6, 42, 4, 42, 9, 2, 3.14159, 3, "abcdef", -6, "left");
    printf("-- negative star [%*d] [%.*d] [%.*f]\n", -6, 42, -1, 42, -1, 3.14159);
    printf("-- position [%2$s %1$s] [%3$*4$d]\n", "second", "first", 42, 6);
    printf("-- wide [%ls] [%.3ls] [%lc]\n", L"pearl", L"pearl", L'w');
    printf("-- percent [%%] [%d%%]\n", 100);
}

int main(void)
{
    PrintIntegers();
    PrintDoubles();
    PrintText();

    char buffer[8];
    int needed = snprintf(buffer, sizeof buffer, "%d-%s", 12345, "cut");
    printf("-- snprintf \"%s\" needs %d\n", buffer, needed);

    int number = 0, matched;
    double real = 0;
    char word[16] = "";
    matched = sscanf("  -17 0x1.8p3 shell", "%d %lf %15s", &number, &real, word);
    printf("-- sscanf %d: %d %g %s\n", matched, number, real, word);
    return 0;
}
