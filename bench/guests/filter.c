// f32 arithmetic with a dependence from each sample to the next, and conversions: a saw tooth through four biquad filters, n thousand samples.
#include <stdint.h>

typedef struct {
    float b0, b1, b2, a1, a2, z1, z2;
} Biquad;

static Biquad stages[4];

static float Filter(Biquad *stage, float input)
{
    float output = stage->b0 * input + stage->z1;
    stage->z1 = stage->b1 * input - stage->a1 * output + stage->z2;
    stage->z2 = stage->b2 * input - stage->a2 * output;
    return output;
}

int run(int n)
{
    for (int i = 0; i < 4; i++)
        stages[i] = (Biquad){0.25f, 0.5f - 0.0625f * (float)i, 0.25f, -0.5f + 0.125f * (float)i, 0.125f, 0, 0};
    uint32_t checksum = 0;
    for (int i = 0; i < n * 1000; i++) {
        float sample = (float)(i * 37 % 256 - 128) / 128;
        for (int stage = 0; stage < 4; stage++)
            sample = Filter(&stages[stage], sample);
        checksum = checksum * 31 + (uint32_t)(int32_t)(sample * 32767);
    }
    return (int)checksum;
}
