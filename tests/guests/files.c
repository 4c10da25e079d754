// Files through libc: created, written, read, sought, cut off, appended to, asked about, removed. Runs in an empty directory "/".
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static void expect(int holds, const char *what) {
    printf("%s: %s\n", what, holds ? "yes" : strerror(errno));
}

static long size_of(const char *path) {
    struct stat stat_of;
    return stat(path, &stat_of) == 0 ? (long)stat_of.st_size : -1;
}

static void lines(void) {
    FILE *file = fopen("/poem.txt", "w");
    for (int line = 1; line <= 1000; line++) fprintf(file, "line %d of a long poem\n", line);
    expect(fclose(file) == 0, "a thousand lines are written");
    printf("size: %ld\n", size_of("/poem.txt"));

    file = fopen("/poem.txt", "r");
    char line[100];
    int count = 0;
    while (fgets(line, sizeof line, file)) count++;
    printf("lines: %d, the last: %s", count, line);
    fseek(file, -25, SEEK_END);
    long place = ftell(file);
    printf("at %ld: %s", place, fgets(line, sizeof line, file));
    rewind(file);
    int number = 0;
    expect(fscanf(file, "line %d", &number) == 1 && number == 1, "the first line is read again");
    fclose(file);
}

static void positions(void) {
    int file = open("/numbers", O_RDWR | O_CREAT | O_EXCL, 0666);
    expect(file >= 0, "a file is created");
    expect(open("/numbers", O_RDWR | O_CREAT | O_EXCL, 0666) < 0 && errno == EEXIST, "but not twice");
    struct iovec parts[3] = {{"0123", 4}, {"", 0}, {"456789", 6}};
    expect(writev(file, parts, 3) == 10, "ten bytes are written");
    char bytes[16] = "";
    expect(pread(file, bytes, 4, 3) == 4 && !strcmp(bytes, "3456"), "four bytes are read in the middle");
    expect(pwrite(file, "ab", 2, 8) == 2 && lseek(file, 0, SEEK_CUR) == 10, "two are written and the position stays");
    expect(ftruncate(file, 9) == 0 && size_of("/numbers") == 9, "the last is cut off");
    expect(lseek(file, 20, SEEK_SET) == 20 && write(file, "end", 3) == 3, "a gap is left");
    expect(pread(file, bytes, 16, 7) == 16 && !memcmp(bytes, "7a\0\0\0\0\0\0\0\0\0\0\0end", 16), "the gap is zeros");
    expect(lseek(file, -1, SEEK_SET) < 0 && errno == EINVAL, "there is nothing before the start");
    expect(fsync(file) == 0 && fdatasync(file) == 0, "it is kept safe");
    close(file);
    expect(read(file, bytes, 1) < 0 && errno == EBADF, "a closed file is not read");
}

static void appending(void) {
    for (int i = 0; i < 3; i++) {
        FILE *file = fopen("/log", "a");
        fprintf(file, "entry %d;", i);
        fclose(file);
    }
    char text[100] = "";
    int file = open("/log", O_RDONLY);
    read(file, text, sizeof text);
    printf("log: %s\n", text);
    expect(write(file, "x", 1) < 0 && errno == EBADF, "a file that was opened to be read is not written");
    close(file);
}

static void asking(void) {
    struct stat stat_of;
    expect(stat("/numbers", &stat_of) == 0 && S_ISREG(stat_of.st_mode) && stat_of.st_nlink == 1, "it is a file with one name");
    expect(stat("/", &stat_of) == 0 && S_ISDIR(stat_of.st_mode), "the root is a directory");
    expect(stat("/nothing", &stat_of) < 0 && errno == ENOENT, "what is missing is missing");
    expect(access("/numbers", R_OK | W_OK) == 0, "it can be read and written");
    struct timespec times[2] = {{1000, 5}, {2000, 7}};
    expect(utimensat(AT_FDCWD, "/numbers", times, 0) == 0, "times are set");
    expect(stat("/numbers", &stat_of) == 0 && stat_of.st_mtim.tv_sec == 2000 && stat_of.st_mtim.tv_nsec == 7, "and kept");
}

static void removing(void) {
    expect(rename("/numbers", "/moved") == 0 && access("/numbers", F_OK) < 0, "a file is moved");
    expect(rename("/log", "/moved") == 0 && size_of("/moved") == 24, "and replaced by another");
    expect(unlink("/moved") == 0 && unlink("/poem.txt") == 0, "both are removed");
    expect(unlink("/moved") < 0 && errno == ENOENT, "once");
    FILE *unnamed = fopen("/unnamed", "w+");
    unlink("/unnamed");
    fputs("still here", unnamed);
    rewind(unnamed);
    char text[20];
    printf("a file without a name: %s\n", fgets(text, sizeof text, unnamed));
    fclose(unnamed);
}

int main(void) {
    lines();
    positions();
    appending();
    asking();
    removing();
}
