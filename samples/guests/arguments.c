// Arguments and environment: prints argc, each argument with its length in bytes, then the environment sorted by name,
// because WASI promises no order. argv[0] is the file name of the module.
// Run: nacre run arguments.wasm --env NAME=value -- first "second argument"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern char **environ;

static int CompareText(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

int main(int argc, char **argv)
{
    printf("argc = %d\n", argc);
    for (int i = 0; i < argc; i++)
        printf("argv[%d] = %zu bytes \"%s\"\n", i, strlen(argv[i]), argv[i]);
    printf("argv[argc] is %s\n", argv[argc] == NULL ? "null" : "not null");

    size_t count = 0;
    while (environ[count] != NULL)
        count++;
    qsort(environ, count, sizeof *environ, CompareText);
    printf("environment = %zu\n", count);
    for (size_t i = 0; i < count; i++)
        printf("%s\n", environ[i]);

    const char *absent = getenv("NACRE_ABSENT");
    printf("NACRE_ABSENT is %s\n", absent == NULL ? "absent" : "present");
    return 0;
}
