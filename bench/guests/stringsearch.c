// Byte compares and skip tables: Horspool's search for 16 words in 32 kilobytes of text, n times.
#include <stdint.h>

enum { TextLength = 32768, WordCount = 16, WordLength = 6 };

static uint8_t text[TextLength];
static uint8_t word[WordLength];
static int skip[256];

static void WriteText(void)
{
    static const char syllables[16][3] = {"ka", "lo", "mi", "nu", "pe", "ra", "si", "to", "va", "we", "yo", "zu", "ba", "de", "fi", "go"};
    uint32_t random = 1;
    for (int i = 0; i < TextLength; i += 2) {
        random = random * 1664525u + 1013904223u;
        const char *syllable = syllables[random >> 28];
        text[i] = (uint8_t)syllable[0];
        text[i + 1] = (uint8_t)syllable[1];
    }
}

static void ChooseWord(int offset)
{
    for (int i = 0; i < 256; i++)
        skip[i] = WordLength;
    for (int i = 0; i < WordLength; i++)
        word[i] = text[offset + i];
    for (int i = 0; i < WordLength - 1; i++)
        skip[word[i]] = WordLength - 1 - i;
}

static uint32_t Search(void)
{
    uint32_t found = 0;
    for (int position = 0; position + WordLength <= TextLength; position += skip[text[position + WordLength - 1]]) {
        int i = WordLength - 1;
        while (i >= 0 && text[position + i] == word[i])
            i--;
        if (i < 0)
            found = found * 31 + (uint32_t)position;
    }
    return found;
}

int run(int n)
{
    WriteText();
    uint32_t checksum = 0;
    for (int turn = 0; turn < n; turn++)
        for (int i = 0; i < WordCount; i++) {
            ChooseWord((turn * 97 + i * 2003) % (TextLength - WordLength));
            checksum = checksum * 31 + Search();
        }
    return (int)checksum;
}
