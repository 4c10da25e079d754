// Directories and links through libc, and what the sandbox refuses. Runs in an empty directory "/".
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void expect(int holds, const char *what) {
    printf("%s: %s\n", what, holds ? "yes" : strerror(errno));
}

static void touch(const char *path) {
    FILE *file = fopen(path, "w");
    fputs(path, file);
    fclose(file);
}

// Counts entries and adds up the numbers in their names, in whatever order they come.
static void walk(const char *path, int *count, long *sum) {
    DIR *directory = opendir(path);
    for (struct dirent *entry; (entry = readdir(directory));) {
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")) continue;
        char below[300];
        snprintf(below, sizeof below, "%s/%s", path, entry->d_name);
        ++*count;
        if (entry->d_type == DT_DIR) walk(below, count, sum);
        else *sum += atol(entry->d_name);
    }
    closedir(directory);
}

static void trees(void) {
    char path[100];
    mkdir("/tree", 0777);
    for (int branch = 0; branch < 10; branch++) {
        snprintf(path, sizeof path, "/tree/branch-%d", branch);
        mkdir(path, 0777);
        for (int leaf = 0; leaf < 200; leaf++) {
            snprintf(path, sizeof path, "/tree/branch-%d/%d", branch, leaf);
            touch(path);
        }
    }
    int count = 0;
    long sum = 0;
    walk("/tree", &count, &sum);
    printf("entries: %d, their sum: %ld\n", count, sum);
    expect(rmdir("/tree/branch-3") < 0 && errno == ENOTEMPTY, "a directory that is not empty stays");
}

static void places(void) {
    DIR *directory = opendir("/tree/branch-7");
    for (int i = 0; i < 100; i++) readdir(directory);
    long place = telldir(directory);
    char name[256];
    strcpy(name, readdir(directory)->d_name);
    while (readdir(directory)) { }
    seekdir(directory, place);
    expect(!strcmp(readdir(directory)->d_name, name), "listing goes on at a place it was at");
    int count = 0;
    for (rewinddir(directory); readdir(directory);) count++;
    printf("from the start: %d\n", count);
    closedir(directory);
}

static void emptying(const char *path) {
    DIR *directory = opendir(path);
    for (struct dirent *entry; (entry = readdir(directory));) {
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")) continue;
        char below[300];
        snprintf(below, sizeof below, "%s/%s", path, entry->d_name);
        if (entry->d_type == DT_DIR) emptying(below);
        else unlink(below);
    }
    closedir(directory);
    rmdir(path);
}

static void links(void) {
    struct stat stat_of;
    mkdir("/real", 0777);
    touch("/real/file");
    expect(symlink("real", "/link") == 0, "a link is made");
    char target[20] = "";
    expect(readlink("/link", target, sizeof target) == 4 && !strcmp(target, "real"), "it tells its target");
    expect(lstat("/link", &stat_of) == 0 && S_ISLNK(stat_of.st_mode), "it is a link");
    expect(stat("/link", &stat_of) == 0 && S_ISDIR(stat_of.st_mode), "to a directory");
    expect(access("/link/file", F_OK) == 0, "through which files are found");
    expect(link("/real/file", "/second") == 0, "a file gets a second name");
    expect(stat("/second", &stat_of) == 0 && stat_of.st_nlink == 2, "and tells so");
    expect(symlink("loop", "/loop") == 0 && open("/loop", O_RDONLY) < 0 && errno == ELOOP, "a link to itself leads nowhere");
    expect(open("/link", O_RDONLY | O_NOFOLLOW) < 0, "a link is not followed against one's will");
    expect(unlink("/link") == 0 && access("/real/file", F_OK) == 0, "removing a link leaves its target");
}

static void walls(void) {
    expect(symlink("../../outside", "/out") == 0 && open("/out", O_RDONLY) < 0, "a link does not lead out");
    expect(open("/real/../../outside", O_RDONLY) < 0, "nor do dots");
    expect(symlink("/etc/passwd", "/absolute") < 0, "a link is not absolute");
    expect(mkdir("/real/file/below", 0777) < 0 && errno == ENOTDIR, "a file is no directory");
    expect(rename("/real", "/real/below") < 0 && errno == EINVAL, "a directory does not move into itself");
    char name[300];
    memset(name, 'n', sizeof name);
    memcpy(name, "/", 1);
    name[299] = 0;
    expect(open(name, O_CREAT | O_WRONLY, 0666) < 0 && errno == ENAMETOOLONG, "names end somewhere");
}

int main(void) {
    trees();
    places();
    links();
    walls();
    emptying("/tree");
    expect(access("/tree", F_OK) < 0 && errno == ENOENT, "a tree is removed");
}
