// Branches on bytes and shifts: encodes 4096 code points as UTF-8, then decodes and checks them, n times.
#include <stdint.h>

enum { CodePointCount = 4096 };

static uint8_t bytes[CodePointCount * 4];

static int Encode(uint32_t seed)
{
    uint8_t *next = bytes;
    for (int i = 0; i < CodePointCount; i++) {
        seed = seed * 1664525u + 1013904223u;
        uint32_t range = seed >> 30, value = seed >> 6;
        uint32_t c = range == 0 ? value % 0x80 : range == 1 ? 0x80 + value % 0x780 : range == 2 ? 0x800 + value % 0xD000 : 0x10000 + value % 0x100000;
        if (c < 0x80) {
            *next++ = (uint8_t)c;
        } else if (c < 0x800) {
            *next++ = (uint8_t)(0xC0 | c >> 6);
            *next++ = (uint8_t)(0x80 | (c & 0x3F));
        } else if (c < 0x10000) {
            *next++ = (uint8_t)(0xE0 | c >> 12);
            *next++ = (uint8_t)(0x80 | (c >> 6 & 0x3F));
            *next++ = (uint8_t)(0x80 | (c & 0x3F));
        } else {
            *next++ = (uint8_t)(0xF0 | c >> 18);
            *next++ = (uint8_t)(0x80 | (c >> 12 & 0x3F));
            *next++ = (uint8_t)(0x80 | (c >> 6 & 0x3F));
            *next++ = (uint8_t)(0x80 | (c & 0x3F));
        }
    }
    return (int)(next - bytes);
}

// Returns a hash of the code points; a malformed sequence counts as U+FFFD.
static uint32_t Decode(int byteCount)
{
    uint32_t hash = 0;
    for (int i = 0; i < byteCount;) {
        uint32_t c = bytes[i++];
        int tail = c < 0x80 ? 0 : c < 0xC2 ? -1 : c < 0xE0 ? 1 : c < 0xF0 ? 2 : c < 0xF5 ? 3 : -1;
        if (tail < 0 || i + tail > byteCount) {
            c = 0xFFFD;
        } else if (tail > 0) {
            c &= 0x3Fu >> tail;
            for (; tail > 0; tail--, i++) {
                if ((bytes[i] & 0xC0) != 0x80) {
                    c = 0xFFFD;
                    break;
                }
                c = c << 6 | (bytes[i] & 0x3F);
            }
        }
        hash = hash * 31 + c;
    }
    return hash;
}

int run(int n)
{
    uint32_t checksum = 0;
    for (int turn = 0; turn < n; turn++) {
        int byteCount = Encode((uint32_t)turn);
        bytes[turn * 13 % byteCount] ^= 0x80; // One mistake for the decoder.
        checksum = checksum * 31 + Decode(byteCount);
    }
    return (int)checksum;
}
