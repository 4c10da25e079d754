// The smallest command: writes one line to standard output and returns 0.
// Run: nacre run hello.wasm
#include <stdio.h>

int main(void)
{
    puts("Hello from C!");
    return 0;
}
