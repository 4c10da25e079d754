// Vectors of bytes compared: counts the lines, words and digits of a text of 32 kilobytes, sixteen letters at a time, n times.
#include <stdint.h>

typedef uint8_t u8x16 __attribute__((vector_size(16)));
typedef uint64_t u64x2 __attribute__((vector_size(16)));

enum { VectorCount = 2048 };

static u8x16 text[VectorCount];

static uint32_t Sum(u8x16 counts)
{
    uint32_t sum = 0;
    for (int lane = 0; lane < 16; lane++)
        sum += counts[lane];
    return sum;
}

static int IsNothing(u8x16 mask)
{
    u64x2 halves = (u64x2)mask;
    return (halves[0] | halves[1]) == 0;
}

static uint32_t Count(uint8_t separator)
{
    uint32_t lines = 0, starts = 0, digits = 0, empty = 0;
    u8x16 previous = (u8x16){0} + ' ';
    for (int i = 0; i < VectorCount; i += 64) {
        u8x16 lineCounts = {0}, startCounts = {0}, digitCounts = {0};
        for (int j = i; j < i + 64; j++) {
            u8x16 letters = text[j];
            u8x16 before = __builtin_shufflevector(previous, letters, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30);
            u8x16 isLine = (u8x16)(letters == '\n');
            lineCounts -= isLine;
            startCounts -= (u8x16)(letters > separator) & (u8x16)(before <= separator);
            digitCounts -= (u8x16)((letters - '0') < 10);
            empty += (uint32_t)IsNothing(isLine);
            previous = letters;
        }
        lines += Sum(lineCounts);
        starts += Sum(startCounts);
        digits += Sum(digitCounts);
    }
    return lines * 3 + starts * 5 + digits * 7 + empty;
}

int run(int n)
{
    uint32_t random = 3;
    for (int i = 0; i < VectorCount; i++)
        for (int lane = 0; lane < 16; lane++) {
            random = random * 1664525u + 1013904223u;
            text[i][lane] = random >> 28 == 0 ? '\n' : (uint8_t)(' ' + (random >> 20) % 64);
        }
    uint32_t checksum = 0;
    for (int turn = 0; turn < n; turn++)
        checksum = checksum * 31 + Count((uint8_t)(' ' + turn % 8));
    return (int)checksum;
}
