// Reads standard input to its end, writes it back with ASCII letters in upper case, then counts lines and bytes.
// Shows fd_read with short reads, and that bytes beyond ASCII pass unchanged.
// Run: printf 'one\ntwo\n' | nacre run echo.wasm
#include <stdio.h>

static char ToUpper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

int main(void)
{
    char buffer[64]; // Small, so that even a short input takes several turns.
    size_t count, byteCount = 0, lineCount = 0;
    while ((count = fread(buffer, 1, sizeof buffer, stdin)) > 0) {
        for (size_t i = 0; i < count; i++) {
            lineCount += buffer[i] == '\n';
            buffer[i] = ToUpper(buffer[i]);
        }
        byteCount += count;
        fwrite(buffer, 1, count, stdout);
    }
    printf("\n%zu lines, %zu bytes, %s\n", lineCount, byteCount, feof(stdin) ? "end of file" : "read error");
    return 0;
}
