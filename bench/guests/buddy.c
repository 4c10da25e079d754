// An allocator that splits and merges: a buddy system over 256 kilobytes serves n thousand requests for 8 to 2000 bytes and returns.
#include <stddef.h>
#include <stdint.h>

enum { ArenaOrder = 18, LeastOrder = 4, UnitCount = 1 << (ArenaOrder - LeastOrder), HolderCount = 256 };
enum { InUse = 0x80 };

typedef struct Block {
    struct Block *next, *previous;
} Block;

static _Alignas(16) uint8_t arena[1 << ArenaOrder];
static uint8_t states[UnitCount]; // At the first unit of a block: its order, and whether it is in use.
static Block lists[ArenaOrder + 1];
static uint8_t *holders[HolderCount];

static size_t UnitOf(const void *block) { return (size_t)((const uint8_t *)block - arena) >> LeastOrder; }

static void Insert(Block *block, unsigned order)
{
    states[UnitOf(block)] = (uint8_t)order;
    block->next = lists[order].next;
    block->previous = &lists[order];
    block->next->previous = block;
    lists[order].next = block;
}

static void Remove(Block *block)
{
    block->next->previous = block->previous;
    block->previous->next = block->next;
}

static void *Allocate(size_t size)
{
    unsigned wanted = LeastOrder;
    while ((size_t)1 << wanted < size)
        wanted++;
    unsigned order = wanted;
    while (order <= ArenaOrder && lists[order].next == &lists[order])
        order++;
    if (order > ArenaOrder)
        return NULL;
    Block *block = lists[order].next;
    Remove(block);
    while (order > wanted) {
        order--;
        Insert((Block *)((uint8_t *)block + ((size_t)1 << order)), order);
    }
    states[UnitOf(block)] = (uint8_t)(order | InUse);
    return block;
}

static void Free(uint8_t *block)
{
    unsigned order = states[UnitOf(block)] & ~(unsigned)InUse;
    while (order < ArenaOrder) {
        uint8_t *buddy = arena + ((size_t)(block - arena) ^ (size_t)1 << order);
        if (states[UnitOf(buddy)] != order)
            break;
        Remove((Block *)buddy);
        block = buddy < block ? buddy : block;
        order++;
    }
    Insert((Block *)block, order);
}

int run(int n)
{
    for (unsigned order = 0; order <= ArenaOrder; order++)
        lists[order].next = lists[order].previous = &lists[order];
    for (int i = 0; i < UnitCount; i++)
        states[i] = InUse;
    for (int i = 0; i < HolderCount; i++)
        holders[i] = NULL;
    Insert((Block *)arena, ArenaOrder);
    uint32_t random = 7, checksum = 0;
    for (int i = 0; i < n * 1000; i++) {
        random = random * 1664525u + 1013904223u;
        uint8_t **holder = &holders[random >> 24];
        if (*holder != NULL) {
            checksum = checksum * 31 + (*holder)[7];
            Free(*holder);
            *holder = NULL;
        } else if ((*holder = Allocate(8 + (random >> 12 & 0x7FF) * (random >> 8 & 0xF) / 16)) != NULL) {
            (*holder)[7] = (uint8_t)i;
            checksum += (uint32_t)(*holder - arena);
        }
    }
    return (int)checksum;
}
