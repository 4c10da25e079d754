// Pointers and small records from a bump allocator: builds a binary search tree of 2000 keys, walks it, threads its nodes into a
// list and reverses that, n times.
#include <stddef.h>
#include <stdint.h>

enum { KeyCount = 2000, ArenaSize = 128 * 1024 };

typedef struct Node {
    struct Node *left, *right, *next;
    uint32_t key;
} Node;

static _Alignas(16) uint8_t arena[ArenaSize];
static size_t arenaUsed;

static void *Allocate(size_t size)
{
    size_t offset = arenaUsed;
    arenaUsed += (size + 15) & ~(size_t)15;
    return arenaUsed <= ArenaSize ? arena + offset : NULL;
}

static void Insert(Node **link, uint32_t key)
{
    while (*link != NULL)
        link = key < (*link)->key ? &(*link)->left : &(*link)->right;
    Node *node = Allocate(sizeof *node);
    if (node == NULL)
        __builtin_trap();
    *node = (Node){NULL, NULL, NULL, key};
    *link = node;
}

static uint32_t Depth(const Node *node)
{
    if (node == NULL)
        return 0;
    uint32_t left = Depth(node->left), right = Depth(node->right);
    return 1 + (left > right ? left : right);
}

// Puts the nodes in front of the list from the greatest key to the least, so that the list ascends.
static Node *Thread(Node *node, Node *list)
{
    if (node == NULL)
        return list;
    node->next = Thread(node->right, list);
    return Thread(node->left, node);
}

static Node *Reverse(Node *list)
{
    Node *reversed = NULL;
    while (list != NULL) {
        Node *next = list->next;
        list->next = reversed;
        reversed = list;
        list = next;
    }
    return reversed;
}

int run(int n)
{
    uint32_t checksum = 0, random = 3;
    for (int turn = 0; turn < n; turn++) {
        arenaUsed = 0;
        Node *root = NULL;
        for (int i = 0; i < KeyCount; i++) {
            random = random * 1664525u + 1013904223u;
            Insert(&root, random >> 4);
        }
        checksum = checksum * 31 + Depth(root);
        for (const Node *node = Reverse(Thread(root, NULL)); node != NULL; node = node->next)
            checksum = checksum * 31 + node->key;
    }
    return (int)checksum;
}
