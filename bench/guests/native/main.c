// Runs a kernel on this machine: prints run(n), and with a second argument also the seconds of the fastest of that many runs.
//   gcc -O2 ../sieve.c main.c -lm -o sieve && ./sieve 100 5
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int run(int n);

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: %s n [runs]\n", argv[0]);
        return 2;
    }
    int n = atoi(argv[1]), runCount = argc > 2 ? atoi(argv[2]) : 0;
    printf("%d\n", run(n));
    double fastest = 1e9;
    for (int i = 0; i < runCount; i++) {
        struct timespec before, after;
        clock_gettime(CLOCK_MONOTONIC, &before);
        run(n);
        clock_gettime(CLOCK_MONOTONIC, &after);
        double seconds = (double)(after.tv_sec - before.tv_sec) + (double)(after.tv_nsec - before.tv_nsec) / 1e9;
        fastest = seconds < fastest ? seconds : fastest;
    }
    if (runCount > 0)
        printf("%.6f s\n", fastest);
    return 0;
}
