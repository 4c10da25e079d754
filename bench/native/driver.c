// Runs kernels on request. A line "NAME N" on standard input is answered by "CHECKSUM PROCESSOR CLOCK" on standard output: what the
// kernel's run(N) returned, and what it took in nanoseconds, of this process and by the clock.
//
// KERNELS is the list of kernels, as KERNEL(name) KERNEL(name) …; each is compiled with run renamed to run_name.
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define KERNEL(name) int run_##name(int n);
KERNELS
#undef KERNEL

typedef struct {
    const char *name;
    int (*run)(int n);
} Kernel;

#define KERNEL(name) {#name, run_##name},
static const Kernel kernels[] = {KERNELS};
#undef KERNEL

static int64_t Now(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static void Answer(const Kernel *kernel, int n)
{
    int64_t clock = Now(CLOCK_MONOTONIC), processor = Now(CLOCK_PROCESS_CPUTIME_ID);
    int checksum = kernel->run(n);
    processor = Now(CLOCK_PROCESS_CPUTIME_ID) - processor;
    clock = Now(CLOCK_MONOTONIC) - clock;
    printf("%d %lld %lld\n", checksum, (long long)processor, (long long)clock);
    fflush(stdout);
}

int main(void)
{
    char name[64];
    int n;
    while (scanf("%63s %d", name, &n) == 2) {
        size_t i = 0;
        while (i < sizeof kernels / sizeof *kernels && strcmp(kernels[i].name, name) != 0)
            i++;
        if (i == sizeof kernels / sizeof *kernels) {
            fprintf(stderr, "no kernel %s\n", name);
            return 1;
        }
        Answer(&kernels[i], n);
    }
    return 0;
}
