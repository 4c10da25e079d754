// Compares that cannot be predicted and recursion: quicksort of n pseudo-random ints.
#include <stdint.h>

enum { Capacity = 1 << 18 };

static int32_t numbers[Capacity];

static void InsertionSort(int32_t *first, int32_t *last)
{
    for (int32_t *next = first + 1; next <= last; next++) {
        int32_t value = *next, *hole = next;
        for (; hole > first && hole[-1] > value; hole--)
            *hole = hole[-1];
        *hole = value;
    }
}

static void QuickSort(int32_t *first, int32_t *last)
{
    if (last - first < 12) {
        InsertionSort(first, last);
        return;
    }
    int32_t pivot = first[(last - first) / 2];
    int32_t *low = first, *high = last;
    while (low <= high) {
        while (*low < pivot)
            low++;
        while (*high > pivot)
            high--;
        if (low <= high) {
            int32_t kept = *low;
            *low++ = *high;
            *high-- = kept;
        }
    }
    QuickSort(first, high);
    QuickSort(low, last);
}

int run(int n)
{
    int count = n < 1 ? 1 : n > Capacity ? Capacity : n;
    uint32_t random = 12345;
    for (int i = 0; i < count; i++) {
        random ^= random << 13, random ^= random >> 17, random ^= random << 5;
        numbers[i] = (int32_t)random;
    }
    QuickSort(numbers, numbers + count - 1);
    uint32_t checksum = 0;
    for (int i = 0; i < count; i++)
        checksum = checksum * 31 + (uint32_t)numbers[i] + (i > 0 && numbers[i - 1] > numbers[i]);
    return (int)checksum;
}
