// A big dispatch loop: 256 operations of an accumulator machine, each operation in a short form for each of sixteen registers, as
// interpreters of languages have them. Runs a program of 4096 random operations n times.
#include <stdint.h>

enum { ProgramLength = 4096, HeapMask = 1023 };

static uint8_t program[ProgramLength + 2];
static uint32_t heap[HeapMask + 1];
static uint32_t registers[16];

#define EACH_REGISTER(form) form(0) form(1) form(2) form(3) form(4) form(5) form(6) form(7) \
    form(8) form(9) form(10) form(11) form(12) form(13) form(14) form(15)

#define LOAD(r)       case 0x00 + r: value = registers[r]; break;
#define STORE(r)      case 0x10 + r: registers[r] = value; break;
#define ADD(r)        case 0x20 + r: value += registers[r]; break;
#define SUBTRACT(r)   case 0x30 + r: value = registers[r] - value; break;
#define MULTIPLY(r)   case 0x40 + r: value = value * (registers[r] | 1); break;
#define XOR(r)        case 0x50 + r: value ^= registers[r] + r; break;
#define MASK(r)       case 0x60 + r: value = (value & registers[r]) + 0x9E3779B9u * (r + 1); break;
#define SHIFT_LEFT(r) case 0x70 + r: value = value << (r + 1) ^ registers[r]; break;
#define ROTATE(r)     case 0x80 + r: value = (value << (r + 1) | value >> (31 - r)) + registers[r]; break;
#define COUNT(r)      case 0x90 + r: if (++registers[r] % 8 == r % 8) value = ~value; break;
#define IF_LESS(r)    case 0xA0 + r: if (value < registers[r]) next++; break;
#define IF_ODD(r)     case 0xB0 + r: if (value >> r & 1) next++; else steps++; break;
#define SWAP(r)       case 0xC0 + r: { uint32_t old = registers[r]; registers[r] = value; value = old; break; }
#define DIVIDE(r)     case 0xD0 + r: if (registers[r] != 0) value = value / registers[r] + r; break;
#define FETCH(r)      case 0xE0 + r: value += heap[(registers[r] + r) & HeapMask]; break;
#define PUT(r)        case 0xF0 + r: heap[(value >> 3) & HeapMask] = registers[r] - r; break;

static uint32_t Execute(uint32_t value)
{
    uint32_t steps = 0;
    for (const uint8_t *next = program; next < program + ProgramLength; steps++) {
        switch (*next++) {
        EACH_REGISTER(LOAD) EACH_REGISTER(STORE) EACH_REGISTER(ADD) EACH_REGISTER(SUBTRACT)
        EACH_REGISTER(MULTIPLY) EACH_REGISTER(XOR) EACH_REGISTER(MASK) EACH_REGISTER(SHIFT_LEFT)
        EACH_REGISTER(ROTATE) EACH_REGISTER(COUNT) EACH_REGISTER(IF_LESS) EACH_REGISTER(IF_ODD)
        EACH_REGISTER(SWAP) EACH_REGISTER(DIVIDE) EACH_REGISTER(FETCH) EACH_REGISTER(PUT)
        }
    }
    return value + steps;
}

int run(int n)
{
    uint32_t random = 2026;
    for (int i = 0; i < ProgramLength; i++) {
        random = random * 1664525u + 1013904223u;
        program[i] = (uint8_t)(random >> 24);
    }
    for (uint32_t i = 0; i <= HeapMask; i++)
        heap[i] = i;
    for (uint32_t i = 0; i < 16; i++)
        registers[i] = i * 77;
    uint32_t value = 1;
    for (int turn = 0; turn < n; turn++)
        value = Execute(value);
    return (int)value;
}
