// Byte loads and table look-ups with a dependence from each to the next: CRC-32 and FNV-1a over 16 kilobytes, n times.
#include <stdint.h>

enum { ByteCount = 16384 };

static uint8_t bytes[ByteCount];
static uint32_t table[256];

static void Prepare(void)
{
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t value = i;
        for (int bit = 0; bit < 8; bit++)
            value = value & 1 ? value >> 1 ^ 0xEDB88320u : value >> 1;
        table[i] = value;
    }
    for (uint32_t i = 0; i < ByteCount; i++)
        bytes[i] = (uint8_t)(i * 2654435761u >> 24);
}

static uint32_t Crc(uint32_t crc)
{
    crc = ~crc;
    for (int i = 0; i < ByteCount; i++)
        crc = crc >> 8 ^ table[(crc ^ bytes[i]) & 0xFF];
    return ~crc;
}

static uint32_t Fnv(uint32_t hash)
{
    for (int i = 0; i < ByteCount; i++)
        hash = (hash ^ bytes[i]) * 16777619u;
    return hash;
}

int run(int n)
{
    Prepare();
    uint32_t crc = 0, hash = 2166136261u;
    for (int turn = 0; turn < n; turn++) {
        crc = Crc(crc);
        hash = Fnv(hash);
    }
    return (int)(crc ^ hash);
}
