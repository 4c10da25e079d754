// More memory than caches hold: sums, copies with a stride and a chain of dependent loads over three megabytes each, n times.
#include <stdint.h>

enum { Count = 3 << 18, ChainLength = 1 << 14 };

static uint32_t first[Count], second[Count], third[Count];

static void Triad(uint32_t factor)
{
    for (int i = 0; i < Count; i++)
        first[i] = second[i] + third[i] * factor;
}

// Writes rows as columns, a cache line apart.
static void Transpose(void)
{
    for (int column = 0; column < 16; column++)
        for (int row = 0; row < Count / 16; row++)
            second[column * (Count / 16) + row] = first[row * 16 + column];
}

static uint32_t Chase(uint32_t position)
{
    for (int i = 0; i < ChainLength; i++)
        position = position * 1664525u + second[(uint64_t)position * Count >> 32];
    return position;
}

int run(int n)
{
    for (uint32_t i = 0; i < Count; i++) {
        first[i] = 0;
        second[i] = i * 2654435761u;
        third[i] = i ^ i >> 7;
    }
    uint32_t checksum = 1;
    for (int turn = 0; turn < n; turn++) {
        Triad(checksum | 1);
        Transpose();
        checksum = Chase(checksum);
    }
    return (int)checksum;
}
