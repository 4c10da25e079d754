// A reactor: a library with state that a host calls again and again. The host calls _initialize once, asks malloc for room, writes
// a name as UTF-8, calls AddUser, and frees the room; the guest keeps its own copy, which the getters return.
// Ids count from 1. AddUser returns 0 when it refuses (no name, age below 0, text that is not UTF-8, no memory).
// Run: by a host, see samples; exports malloc, free, AddUser, GetUserCount, GetUserName, GetUserNameLength,
// GetUserNameCodePointCount, GetUserAge, RemoveAllUsers.
#include <stdlib.h>
#include <string.h>

#define EXPORT(name) __attribute__((export_name(#name)))

typedef struct {
    char *name; // Ends with a zero byte, which byteCount does not count.
    int byteCount;
    int age;
} User;

static User *users;
static int userCount, userCapacity;

// Counts code points, or returns -1 where the bytes are not well-formed UTF-8.
static int CountCodePoints(const unsigned char *bytes, int byteCount)
{
    int count = 0;
    for (int i = 0; i < byteCount; count++) {
        unsigned char lead = bytes[i++];
        int tailCount = lead < 0x80 ? 0 : lead < 0xC2 ? -1 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : lead < 0xF5 ? 3 : -1;
        if (tailCount < 0 || tailCount > byteCount - i)
            return -1;
        if (tailCount > 0) {
            unsigned char lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
            unsigned char highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
            if (bytes[i] < lowest || bytes[i] > highest)
                return -1;
            for (int tail = 1; tail < tailCount; tail++)
                if ((bytes[i + tail] & 0xC0) != 0x80)
                    return -1;
        }
        i += tailCount;
    }
    return count;
}

static const User *Find(int id)
{
    return id >= 1 && id <= userCount ? &users[id - 1] : NULL;
}

EXPORT(AddUser) int AddUser(const char *name, int byteCount, int age)
{
    if (byteCount <= 0 || age < 0 || CountCodePoints((const unsigned char *)name, byteCount) < 0)
        return 0;
    if (userCount == userCapacity) {
        int capacity = userCapacity == 0 ? 4 : userCapacity * 2;
        User *grown = realloc(users, (size_t)capacity * sizeof *users);
        if (grown == NULL)
            return 0;
        users = grown;
        userCapacity = capacity;
    }
    char *copy = malloc((size_t)byteCount + 1);
    if (copy == NULL)
        return 0;
    memcpy(copy, name, (size_t)byteCount);
    copy[byteCount] = '\0';
    users[userCount] = (User){copy, byteCount, age};
    return ++userCount;
}

EXPORT(GetUserCount) int GetUserCount(void)
{
    return userCount;
}

// Address of the name, or 0 for an unknown id; valid until RemoveAllUsers.
EXPORT(GetUserName) const char *GetUserName(int id)
{
    const User *user = Find(id);
    return user != NULL ? user->name : NULL;
}

EXPORT(GetUserNameLength) int GetUserNameLength(int id)
{
    const User *user = Find(id);
    return user != NULL ? user->byteCount : -1;
}

EXPORT(GetUserNameCodePointCount) int GetUserNameCodePointCount(int id)
{
    const User *user = Find(id);
    return user != NULL ? CountCodePoints((const unsigned char *)user->name, user->byteCount) : -1;
}

EXPORT(GetUserAge) int GetUserAge(int id)
{
    const User *user = Find(id);
    return user != NULL ? user->age : -1;
}

EXPORT(RemoveAllUsers) void RemoveAllUsers(void)
{
    for (int i = 0; i < userCount; i++)
        free(users[i].name);
    free(users);
    users = NULL;
    userCount = userCapacity = 0;
}
