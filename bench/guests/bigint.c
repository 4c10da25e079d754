// i64 multiplication, carries and division: 200 factorial in base 2^32, then its decimal digits, n times.
#include <stdint.h>

enum { Argument = 200, LimbCapacity = 48 };

static uint32_t limbs[LimbCapacity];
static int limbCount;

static void MultiplyBy(uint32_t factor)
{
    uint64_t carry = 0;
    for (int i = 0; i < limbCount; i++) {
        uint64_t product = (uint64_t)limbs[i] * factor + carry;
        limbs[i] = (uint32_t)product;
        carry = product >> 32;
    }
    if (carry != 0)
        limbs[limbCount++] = (uint32_t)carry;
}

// Divides by 10^9 and returns the remainder.
static uint32_t TakeDigits(void)
{
    uint64_t remainder = 0;
    for (int i = limbCount - 1; i >= 0; i--) {
        uint64_t dividend = remainder << 32 | limbs[i];
        limbs[i] = (uint32_t)(dividend / 1000000000u);
        remainder = dividend % 1000000000u;
    }
    while (limbCount > 0 && limbs[limbCount - 1] == 0)
        limbCount--;
    return (uint32_t)remainder;
}

int run(int n)
{
    uint32_t checksum = 0;
    for (int turn = 0; turn < n; turn++) {
        limbs[0] = 1 + (uint32_t)turn;
        limbCount = 1;
        for (uint32_t factor = 2; factor <= Argument; factor++)
            MultiplyBy(factor);
        while (limbCount > 0)
            checksum = checksum * 31 + TakeDigits();
    }
    return (int)checksum;
}
