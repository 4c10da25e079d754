// i64 rotation, shifts and multiplication: n thousand numbers of xoshiro256** and a 64 by 64 to 128 bit product of each.
#include <stdint.h>

static uint64_t RotateLeft(uint64_t value, int count)
{
    return value << count | value >> (64 - count);
}

static uint64_t HighProduct(uint64_t a, uint64_t b)
{
    uint64_t aLow = (uint32_t)a, aHigh = a >> 32, bLow = (uint32_t)b, bHigh = b >> 32;
    uint64_t middle = aHigh * bLow + (aLow * bLow >> 32);
    uint64_t other = aLow * bHigh + (uint32_t)middle;
    return aHigh * bHigh + (middle >> 32) + (other >> 32);
}

int run(int n)
{
    uint64_t a = 1, b = 2, c = 3, d = 4, checksum = 0;
    for (int i = 0; i < n * 1000; i++) {
        uint64_t number = RotateLeft(b * 5, 7) * 9, shifted = b << 17;
        c ^= a, d ^= b, b ^= c, a ^= d, c ^= shifted, d = RotateLeft(d, 45);
        checksum = RotateLeft(checksum, 1) ^ HighProduct(number, number | 1);
    }
    return (int)(checksum ^ checksum >> 32);
}
