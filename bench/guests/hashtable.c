// Scattered loads and stores with short probes: an open-addressing table of i32 keys; n thousand insertions, look-ups and removals.
#include <stdint.h>

enum { Capacity = 1 << 14, Mask = Capacity - 1, KeyRange = 9000 };

typedef struct {
    uint32_t key; // 0 marks an empty slot.
    uint32_t value;
} Slot;

static Slot slots[Capacity];

static uint32_t Home(uint32_t key)
{
    key ^= key >> 16;
    key *= 0x7feb352du;
    key ^= key >> 15;
    return key & Mask;
}

static Slot *Find(uint32_t key)
{
    uint32_t index = Home(key);
    while (slots[index].key != 0 && slots[index].key != key)
        index = (index + 1) & Mask;
    return &slots[index];
}

// Moves later members of the run back, so that no tombstones are needed.
static void Remove(Slot *slot)
{
    uint32_t hole = (uint32_t)(slot - slots);
    for (uint32_t next = (hole + 1) & Mask; slots[next].key != 0; next = (next + 1) & Mask)
        if (((next - Home(slots[next].key)) & Mask) >= ((next - hole) & Mask)) {
            slots[hole] = slots[next];
            hole = next;
        }
    slots[hole].key = 0;
}

int run(int n)
{
    for (int i = 0; i < Capacity; i++)
        slots[i] = (Slot){0, 0};
    uint32_t random = 7, checksum = 0, count = 0;
    for (int step = 0; step < n * 1000; step++) {
        random = random * 1664525u + 1013904223u;
        Slot *slot = Find(1 + (random >> 8) % KeyRange);
        if (slot->key == 0) {
            *slot = (Slot){1 + (random >> 8) % KeyRange, random};
            count++;
        } else if (random >> 30 == 0) {
            Remove(slot);
            count--;
        } else {
            checksum = checksum * 31 + slot->value;
            slot->value += count;
        }
    }
    return (int)(checksum ^ count);
}
