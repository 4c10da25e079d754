// Loads far apart that depend on compares: heapsort of n pseudo-random doubles.
#include <stdint.h>

enum { Capacity = 1 << 17 };

static double numbers[Capacity];

static void SiftDown(int root, int count)
{
    double value = numbers[root];
    for (int child; (child = root * 2 + 1) < count; root = child) {
        if (child + 1 < count && numbers[child] < numbers[child + 1])
            child++;
        if (value >= numbers[child])
            break;
        numbers[root] = numbers[child];
    }
    numbers[root] = value;
}

int run(int n)
{
    int count = n < 1 ? 1 : n > Capacity ? Capacity : n;
    uint32_t random = 99;
    for (int i = 0; i < count; i++) {
        random = random * 1664525u + 1013904223u;
        numbers[i] = (double)(random >> 4) / 16 - 1000000;
    }
    for (int root = count / 2 - 1; root >= 0; root--)
        SiftDown(root, count);
    for (int last = count - 1; last > 0; last--) {
        double greatest = numbers[0];
        numbers[0] = numbers[last];
        numbers[last] = greatest;
        SiftDown(0, last);
    }
    uint32_t checksum = 0;
    for (int i = 0; i < count; i++)
        checksum = checksum * 31 + (uint32_t)(int32_t)numbers[i] + (i > 0 && numbers[i - 1] > numbers[i]);
    return (int)checksum;
}
