// Vectors of bytes and of 16-bit integers: mixes two pictures by a moving weight and adds light that saturates, n times.
#include <stdint.h>

typedef uint8_t u8x16 __attribute__((vector_size(16)));
typedef uint8_t u8x8 __attribute__((vector_size(8)));
typedef uint16_t u16x8 __attribute__((vector_size(16)));

enum { VectorCount = 2048 };

static u8x16 front[VectorCount], back[VectorCount];

static u16x8 Mix(u8x8 a, u8x8 b, u16x8 weight)
{
    return (__builtin_convertvector(a, u16x8) * weight + __builtin_convertvector(b, u16x8) * (256 - weight)) >> 8;
}

static u8x16 MixAll(u8x16 a, u8x16 b, u16x8 weight)
{
    u16x8 low = Mix(__builtin_shufflevector(a, a, 0, 1, 2, 3, 4, 5, 6, 7), __builtin_shufflevector(b, b, 0, 1, 2, 3, 4, 5, 6, 7), weight);
    u16x8 high = Mix(__builtin_shufflevector(a, a, 8, 9, 10, 11, 12, 13, 14, 15), __builtin_shufflevector(b, b, 8, 9, 10, 11, 12, 13, 14, 15), weight);
    return __builtin_shufflevector((u8x16)low, (u8x16)high, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
}

static u8x16 AddSaturating(u8x16 a, u8x16 b)
{
    u8x16 sum = a + b;
    return sum | (u8x16)(sum < a);
}

int run(int n)
{
    for (int i = 0; i < VectorCount; i++)
        for (int lane = 0; lane < 16; lane++) {
            front[i][lane] = (uint8_t)(i * 7 + lane * 13);
            back[i][lane] = (uint8_t)(i ^ lane * 31);
        }
    u8x16 checksum = {0};
    for (int turn = 0; turn < n; turn++) {
        u16x8 weight = (u16x8){0} + (uint16_t)(turn % 257);
        u8x16 light = (u8x16){0} + (uint8_t)(turn % 32);
        for (int i = 0; i < VectorCount; i++) {
            u8x16 pixel = AddSaturating(MixAll(front[i], back[i], weight), light);
            back[i] = pixel ^ (front[i] >> 3);
            checksum += pixel;
        }
    }
    uint32_t result = 0;
    for (int lane = 0; lane < 16; lane++)
        result = result * 31 + checksum[lane];
    return (int)result;
}
