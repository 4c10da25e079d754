// Clocks, random numbers and yielding: prints only facts that hold on every run and every host, also one with a virtual clock.
// Run: nacre run clock.wasm
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static void Report(const char *subject, int holds)
{
    printf("%s: %s\n", subject, holds ? "ok" : "WRONG");
}

static int IsValid(struct timespec time)
{
    return time.tv_sec >= 0 && time.tv_nsec >= 0 && time.tv_nsec < 1000000000;
}

int main(void)
{
    struct timespec now, before, after, resolution;
    Report("realtime", clock_gettime(CLOCK_REALTIME, &now) == 0 && IsValid(now));
    Report("time", time(NULL) >= now.tv_sec);
    Report("realtime resolution", clock_getres(CLOCK_REALTIME, &resolution) == 0 && IsValid(resolution));
    Report("monotonic resolution", clock_getres(CLOCK_MONOTONIC, &resolution) == 0 && IsValid(resolution));

    int monotonic = clock_gettime(CLOCK_MONOTONIC, &before) == 0 && IsValid(before);
    for (int i = 0; i < 100; i++) {
        monotonic &= clock_gettime(CLOCK_MONOTONIC, &after) == 0 && IsValid(after);
        monotonic &= after.tv_sec > before.tv_sec || (after.tv_sec == before.tv_sec && after.tv_nsec >= before.tv_nsec);
        before = after;
    }
    Report("monotonic", monotonic);

    struct tm date;
    time_t leapDay = 951782400; // 2000-02-29T00:00:00Z
    gmtime_r(&leapDay, &date);
    Report("calendar", date.tm_year == 100 && date.tm_mon == 1 && date.tm_mday == 29 && date.tm_wday == 2);

    unsigned char first[32] = {0}, second[32] = {0}, none[32] = {0};
    int drawn = getentropy(first, sizeof first) == 0 && getentropy(second, sizeof second) == 0;
    Report("random", drawn && memcmp(first, none, sizeof first) != 0 && memcmp(first, second, sizeof first) != 0);
    Report("random of nothing", getentropy(none, 0) == 0);
    Report("yield", sched_yield() == 0);
    return 0;
}
