// qsort and bsearch over ints, strings and structs: the library calls back into the guest through the function table.
// Run: nacre run sorting.wasm
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const char *name;
    double weight;
    int16_t born;
} Person;

static unsigned comparisons;

static int CompareInts(const void *left, const void *right)
{
    comparisons++;
    int a = *(const int *)left, b = *(const int *)right;
    return (a > b) - (a < b);
}

static int CompareTexts(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static int CompareByYearThenName(const void *left, const void *right)
{
    const Person *a = left, *b = right;
    return a->born != b->born ? a->born - b->born : strcmp(a->name, b->name);
}

static int CompareNameToPerson(const void *name, const void *person)
{
    return strcmp(name, ((const Person *)person)->name);
}

static int CompareByName(const void *left, const void *right)
{
    return strcmp(((const Person *)left)->name, ((const Person *)right)->name);
}

static void SortInts(void)
{
    static int numbers[5000];
    const int count = sizeof numbers / sizeof *numbers;
    uint32_t state = 1;
    for (int i = 0; i < count; i++) {
        state = state * 1664525u + 1013904223u;
        numbers[i] = (int)(state >> 8) - (1 << 23);
    }
    int sought = numbers[count / 3];

    qsort(numbers, count, sizeof *numbers, CompareInts);
    int ordered = 1;
    for (int i = 1; i < count; i++)
        ordered &= numbers[i - 1] <= numbers[i];
    printf("%d ints: %s, first %d, middle %d, last %d\n", count, ordered ? "ordered" : "NOT ordered", numbers[0], numbers[count / 2],
           numbers[count - 1]);
    printf("comparisons: %s\n", comparisons > (unsigned)count ? "many" : "too few");

    int absent = 1 << 30;
    const int *found = bsearch(&sought, numbers, count, sizeof *numbers, CompareInts);
    printf("bsearch finds %d: %s\n", sought, found != NULL && *found == sought ? "yes" : "no");
    printf("bsearch finds %d: %s\n", absent, bsearch(&absent, numbers, count, sizeof *numbers, CompareInts) ? "yes" : "no");
}

static void SortTexts(void)
{
    const char *shells[] = {"whelk", "abalone", "nautilus", "cowrie", "mussel", "oyster", "conch", "abalone shell", "Oyster", ""};
    const size_t count = sizeof shells / sizeof *shells;
    qsort(shells, count, sizeof *shells, CompareTexts);
    for (size_t i = 0; i < count; i++)
        printf("%s\"%s\"", i == 0 ? "" : " ", shells[i]);
    putchar('\n');
}

static void SortStructs(void)
{
    Person people[] = {{"Grace", 54.5, 1906}, {"Ada", 50.25, 1815}, {"Alan", 70, 1912}, {"Edsger", 68.5, 1930}, {"Barbara", 60, 1939},
                       {"Tony", 75.125, 1934}, {"Kathleen", 58, 1922}, {"John", 72, 1903}, {"Alonzo", 77, 1903}};
    const size_t count = sizeof people / sizeof *people;
    qsort(people, count, sizeof *people, CompareByYearThenName);
    for (size_t i = 0; i < count; i++)
        printf("%-9s %4d %7.3f\n", people[i].name, people[i].born, people[i].weight);

    qsort(people, count, sizeof *people, CompareByName);
    const Person *tony = bsearch("Tony", people, count, sizeof *people, CompareNameToPerson);
    const Person *nobody = bsearch("Nobody", people, count, sizeof *people, CompareNameToPerson);
    printf("Tony: %d, Nobody: %s\n", tony ? tony->born : 0, nobody ? "found" : "not found");
}

int main(void)
{
    SortInts();
    SortTexts();
    SortStructs();
    return 0;
}
