// Recursion with bit arithmetic and early exits: counts the ways to place n queens.
#include <stdint.h>

static uint32_t Place(uint32_t free, uint32_t left, uint32_t right)
{
    uint32_t count = 0;
    for (uint32_t places = free & ~left & ~right; places != 0; places &= places - 1) {
        uint32_t place = places & (0u - places);
        count += free == place ? 1 : Place(free ^ place, (left | place) << 1, (right | place) >> 1);
    }
    return count;
}

int run(int n)
{
    return n < 1 ? 1 : (int)Place((1u << n) - 1, 0, 0);
}
