// A dispatch loop with a dense switch (br_table): a small register machine counts the steps of Collatz sequences below n.
#include <stdint.h>

typedef enum { LoadConstant, Move, AddConstant, ShiftRightOne, TripleAndOne, JumpIfOdd, JumpIfOne, JumpIfLess, Jump, Accumulate, Stop } Operation;

typedef struct {
    uint8_t operation, target, source, jump;
} Instruction;

enum { Start, Number, Steps, Limit, Total, RegisterCount };

static const Instruction program[] = {
    /*  0 */ {LoadConstant, Start, 1, 0},
    /*  1 */ {LoadConstant, Total, 0, 0},
    /*  2 */ {JumpIfLess, Start, Limit, 4},
    /*  3 */ {Stop, 0, 0, 0},
    /*  4 */ {Move, Number, Start, 0},
    /*  5 */ {LoadConstant, Steps, 0, 0},
    /*  6 */ {JumpIfOne, Number, 0, 12},
    /*  7 */ {AddConstant, Steps, 1, 0},
    /*  8 */ {JumpIfOdd, Number, 0, 11},
    /*  9 */ {ShiftRightOne, Number, 0, 0},
    /* 10 */ {Jump, 0, 0, 6},
    /* 11 */ {TripleAndOne, Number, 0, 8},
    /* 12 */ {Accumulate, Total, Steps, 0},
    /* 13 */ {AddConstant, Start, 1, 0},
    /* 14 */ {Jump, 0, 0, 2},
};

static uint32_t registers[RegisterCount];

static void Execute(const Instruction *code)
{
    for (const Instruction *next = code;;) {
        const Instruction *i = next++;
        switch ((Operation)i->operation) {
        case LoadConstant:  registers[i->target] = i->source; break;
        case Move:          registers[i->target] = registers[i->source]; break;
        case AddConstant:   registers[i->target] += i->source; break;
        case ShiftRightOne: registers[i->target] >>= 1; break;
        case TripleAndOne:  registers[i->target] = registers[i->target] * 3 + 1; next = code + i->jump; registers[Steps]++; break;
        case JumpIfOdd:     if (registers[i->target] & 1) next = code + i->jump; break;
        case JumpIfOne:     if (registers[i->target] == 1) next = code + i->jump; break;
        case JumpIfLess:    if (registers[i->target] < registers[i->source]) next = code + i->jump; break;
        case Jump:          next = code + i->jump; break;
        case Accumulate:    registers[i->target] = registers[i->target] * 31 + registers[i->source]; break;
        case Stop:          return;
        }
    }
}

int run(int n)
{
    registers[Limit] = (uint32_t)n;
    Execute(program);
    return (int)registers[Total];
}
