// malloc, calloc, realloc, aligned_alloc and free under stress: many live blocks of changing size, each filled with a pattern that
// is checked before the block goes, and a checksum over all of them. The memory grows far past its first pages.
// Run: nacre run allocation.wasm
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SlotCount = 512, StepCount = 40000, MaximumBlockSize = 24000 };

typedef struct {
    unsigned char *bytes;
    size_t size;
    unsigned char seed;
} Block;

static Block blocks[SlotCount];
static uint32_t randomState = 2463534242u;
static uint32_t checksum = 2166136261u;
static unsigned failures;

static uint32_t NextRandom(void)
{
    randomState ^= randomState << 13;
    randomState ^= randomState >> 17;
    randomState ^= randomState << 5;
    return randomState;
}

static void Mix(uint32_t value)
{
    checksum = (checksum ^ value) * 16777619u;
}

static void Fill(Block *block)
{
    for (size_t i = 0; i < block->size; i++)
        block->bytes[i] = (unsigned char)(block->seed + i * 7);
}

static void Check(const Block *block, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (block->bytes[i] != (unsigned char)(block->seed + i * 7)) {
            failures++;
            return;
        }
    Mix((uint32_t)size ^ block->seed);
}

static void Release(Block *block)
{
    Check(block, block->size);
    free(block->bytes);
    block->bytes = NULL;
}

static void Allocate(Block *block)
{
    size_t size = 1 + NextRandom() % (NextRandom() % 8 == 0 ? MaximumBlockSize : 300);
    uint32_t kind = NextRandom() % 4;
    if (kind == 0) {
        block->bytes = calloc(size, 1);
        for (size_t i = 0; block->bytes != NULL && i < size; i++)
            failures += block->bytes[i] != 0;
    } else if (kind == 1) {
        size_t alignment = (size_t)16 << NextRandom() % 9;
        size = (size + alignment - 1) / alignment * alignment;
        block->bytes = aligned_alloc(alignment, size);
        failures += (uintptr_t)block->bytes % alignment != 0;
    } else {
        block->bytes = malloc(size);
        failures += (uintptr_t)block->bytes % _Alignof(max_align_t) != 0;
    }
    if (block->bytes == NULL) {
        failures++;
        return;
    }
    block->size = size;
    block->seed = (unsigned char)NextRandom();
    Fill(block);
}

static void Resize(Block *block)
{
    size_t size = 1 + NextRandom() % (block->size * 2);
    unsigned char *moved = realloc(block->bytes, size);
    if (moved == NULL) {
        failures++;
        return;
    }
    block->bytes = moved;
    Check(block, size < block->size ? size : block->size);
    block->size = size;
    Fill(block);
}

int main(void)
{
    size_t pagesAtStart = __builtin_wasm_memory_size(0);
    for (int step = 0; step < StepCount; step++) {
        Block *block = &blocks[NextRandom() % SlotCount];
        if (block->bytes == NULL)
            Allocate(block);
        else if (NextRandom() % 3 == 0)
            Resize(block);
        else
            Release(block);
    }
    for (int i = 0; i < SlotCount; i++)
        if (blocks[i].bytes != NULL)
            Release(&blocks[i]);
    printf("checksum %08x, failures %u\n", (unsigned)checksum, failures);

    Block large = {malloc(6000000), 6000000, 3};
    if (large.bytes != NULL) {
        Fill(&large);
        Release(&large);
    }
    printf("large block %08x\n", (unsigned)checksum);
    printf("memory grew: %s\n", __builtin_wasm_memory_size(0) >= pagesAtStart + 90 ? "yes" : "no");

    volatile size_t tooMuch = SIZE_MAX - 100;
    void *volatile refused = malloc(tooMuch);
    printf("malloc of almost 4 GiB: %s\n", refused == NULL ? "refused" : "granted");
    refused = calloc(tooMuch, 2);
    printf("calloc whose product overflows: %s\n", refused == NULL ? "refused" : "granted");
    free(NULL);
    return 0;
}
