// Vectors in a long body without branches: the rounds of ChaCha20, all twenty written out, four blocks at a time, n times four blocks.
#include <stdint.h>

typedef uint32_t u32x4 __attribute__((vector_size(16)));

enum { WordCount = 16 };

static u32x4 state[WordCount], stream[WordCount];

static inline u32x4 RotateLeft(u32x4 value, int count) { return value << count | value >> (32 - count); }

static inline void Mix(u32x4 *a, u32x4 *b, u32x4 *c, u32x4 *d)
{
    *a += *b; *d = RotateLeft(*d ^ *a, 16);
    *c += *d; *b = RotateLeft(*b ^ *c, 12);
    *a += *b; *d = RotateLeft(*d ^ *a, 8);
    *c += *d; *b = RotateLeft(*b ^ *c, 7);
}

// Lane i of every word belongs to block i.
static void FourBlocks(void)
{
    u32x4 x[WordCount];
#pragma unroll
    for (int i = 0; i < WordCount; i++) x[i] = state[i];
#pragma unroll
    for (int round = 0; round < 10; round++) {
        Mix(&x[0], &x[4], &x[8], &x[12]);
        Mix(&x[1], &x[5], &x[9], &x[13]);
        Mix(&x[2], &x[6], &x[10], &x[14]);
        Mix(&x[3], &x[7], &x[11], &x[15]);
        Mix(&x[0], &x[5], &x[10], &x[15]);
        Mix(&x[1], &x[6], &x[11], &x[12]);
        Mix(&x[2], &x[7], &x[8], &x[13]);
        Mix(&x[3], &x[4], &x[9], &x[14]);
    }
#pragma unroll
    for (int i = 0; i < WordCount; i++) stream[i] ^= x[i] + state[i];
    state[12] += 4;
}

int run(int n)
{
    static const uint32_t constants[4] = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};
    for (int i = 0; i < WordCount; i++) {
        uint32_t word = i < 4 ? constants[i] : i < 12 ? 0x03020100u + 0x04040404u * (uint32_t)(i - 4) : i == 13 ? 0x09000000u : i == 14 ? 0x4a000000u : 0;
        state[i] = (u32x4){word, word, word, word};
        stream[i] = (u32x4){0};
    }
    state[12] = (u32x4){1, 2, 3, 4};
    for (int i = 0; i < n; i++) FourBlocks();
    u32x4 sum = {0};
    for (int i = 0; i < WordCount; i++) sum = (sum << 1 | sum >> 31) ^ stream[i];
    return (int)(sum[0] ^ sum[1] ^ sum[2] ^ sum[3]);
}
