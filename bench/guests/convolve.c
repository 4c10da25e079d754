// Vectors of f32: a filter of 32 taps over 4096 samples, loads at every offset, n times.
#include <stdint.h>

typedef float f32x4 __attribute__((vector_size(16)));
typedef float f32x4_unaligned __attribute__((vector_size(16), aligned(4), may_alias));

enum { TapCount = 32, SampleCount = 4096 };

static float taps[TapCount];
static _Alignas(16) float samples[SampleCount + TapCount];
static f32x4 output[SampleCount / 4];

static void Filter(void)
{
    for (int i = 0; i < SampleCount; i += 8) {
        f32x4 low = {0}, high = {0};
        for (int tap = 0; tap < TapCount; tap++) {
            const f32x4_unaligned *at = (const f32x4_unaligned *)&samples[i + tap];
            low += at[0] * taps[tap];
            high += at[1] * taps[tap];
        }
        output[i / 4] = low;
        output[i / 4 + 1] = high;
    }
}

int run(int n)
{
    for (int i = 0; i < TapCount; i++)
        taps[i] = 1.0f / (float)(i + 2) - 0.1f;
    for (int i = 0; i < SampleCount + TapCount; i++)
        samples[i] = (float)(i * 37 % 101) / 16.0f;
    uint32_t checksum = 0;
    for (int turn = 0; turn < n; turn++) {
        Filter();
        for (int i = 0; i < SampleCount / 4; i++)
            ((f32x4 *)samples)[i] = output[i] * 0.25f + 1.0f;
        uint32_t bits;
        __builtin_memcpy(&bits, &samples[turn % SampleCount], sizeof bits);
        checksum = checksum * 31 + bits;
    }
    return (int)checksum;
}
