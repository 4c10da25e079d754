// Indirect calls: n thousand events through a table of sixteen functions, chosen so that no call site can settle.
#include <stdint.h>

typedef uint32_t (*Handler)(uint32_t value, uint32_t detail);

static uint32_t Add(uint32_t value, uint32_t detail) { return value + detail; }
static uint32_t Subtract(uint32_t value, uint32_t detail) { return value - detail; }
static uint32_t Multiply(uint32_t value, uint32_t detail) { return value * (detail | 1); }
static uint32_t Divide(uint32_t value, uint32_t detail) { return value / (detail | 1) + value; }
static uint32_t Remainder(uint32_t value, uint32_t detail) { return value % (detail | 1) ^ value; }
static uint32_t And(uint32_t value, uint32_t detail) { return (value & detail) + 0x9E3779B9u; }
static uint32_t Or(uint32_t value, uint32_t detail) { return (value | detail) * 3; }
static uint32_t Xor(uint32_t value, uint32_t detail) { return value ^ detail; }
static uint32_t ShiftLeft(uint32_t value, uint32_t detail) { return (value << (detail & 7)) + detail; }
static uint32_t ShiftRight(uint32_t value, uint32_t detail) { return (value >> (detail & 7)) ^ value; }
static uint32_t Rotate(uint32_t value, uint32_t detail) { return value << (detail & 15) | value >> (31 - (detail & 15)); }
static uint32_t Negate(uint32_t value, uint32_t detail) { return 0u - value - detail; }
static uint32_t Invert(uint32_t value, uint32_t detail) { return ~value ^ detail; }
static uint32_t Least(uint32_t value, uint32_t detail) { return value < detail ? value + 1 : detail + value; }
static uint32_t Greatest(uint32_t value, uint32_t detail) { return value > detail ? value - 1 : detail ^ value; }
static uint32_t Keep(uint32_t value, uint32_t detail) { (void)detail; return value; }

static const Handler handlers[16] = {Add,       Subtract,   Multiply, Divide, Remainder, And,   Or,       Xor,
                                     ShiftLeft, ShiftRight, Rotate,   Negate, Invert,    Least, Greatest, Keep};

int run(int n)
{
    uint32_t value = 1, random = 42;
    for (int i = 0; i < n * 1000; i++) {
        random = random * 1664525u + 1013904223u;
        value = handlers[random >> 28](value, random);
    }
    return (int)value;
}
