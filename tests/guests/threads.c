// Four threads count primes. There is no library with threads to link with: what one would do is here, as little of it as this needs.
//
// A thread takes the next piece of work from a counter, adds its result to a sum under a lock that it waits for, and tells when it has
// done. It looks whether it runs on the stack that it was given.

#define IMPORT(module, name) __attribute__((import_module(module), import_name(name)))

enum { THREADS = 4, PIECE = 1000, LIMIT = 100000, STACK = 16384 };

IMPORT("wasi", "thread-spawn") int spawn(void *argument);
IMPORT("wasi_snapshot_preview1", "fd_write") int write(int descriptor, const void *buffers, int count, int *written);

struct buffer { const char *bytes; int count; };

struct thread {
    char *stack;                // read by wasi_thread_start: the first field
    int id;
    int done;
};

static _Alignas(16) char stacks[THREADS][STACK];
static struct thread threads[THREADS];
static int next_piece, lock, primes, pieces;

// Sets the stack pointer, which every instance has for itself, before any code of C runs.
__asm__(
    ".globaltype __stack_pointer, i32\n"
    ".functype run (i32, i32) -> ()\n"
    ".globl wasi_thread_start\n"
    ".type wasi_thread_start,@function\n"
    "wasi_thread_start:\n"
    "    .functype wasi_thread_start (i32, i32) -> ()\n"
    "    local.get 1\n"
    "    i32.load 0\n"
    "    global.set __stack_pointer\n"
    "    local.get 0\n"
    "    local.get 1\n"
    "    call run\n"
    "    end_function\n");

static void acquire(int *word)
{
    while (__atomic_exchange_n(word, 1, __ATOMIC_SEQ_CST)) __builtin_wasm_memory_atomic_wait32(word, 1, -1);
}

static void release(int *word)
{
    __atomic_store_n(word, 0, __ATOMIC_SEQ_CST);
    __builtin_wasm_memory_atomic_notify(word, 1);
}

static int is_prime(int number)
{
    if (number < 2) return 0;
    for (int divisor = 2; divisor * divisor <= number; divisor++)
        if (number % divisor == 0) return 0;
    return 1;
}

__attribute__((used)) void run(int id, struct thread *self)
{
    volatile char here = 0;
    int index = self - threads;
    int is_own = (char *)&here >= stacks[index] && (char *)&here < stacks[index] + STACK;
    int piece;
    while ((piece = __atomic_fetch_add(&next_piece, 1, __ATOMIC_SEQ_CST)) < LIMIT / PIECE) {
        int found = 0;
        for (int number = piece * PIECE; number < (piece + 1) * PIECE; number++) found += is_prime(number);
        acquire(&lock);
        primes += found;
        pieces++;
        release(&lock);
    }
    self->id = is_own ? id : -1;
    __atomic_store_n(&self->done, 1, __ATOMIC_SEQ_CST);
    __builtin_wasm_memory_atomic_notify(&self->done, 1);
}

static void print(const char *text, int number)
{
    char digits[12];
    int at = sizeof digits, length = 0, written;
    digits[--at] = '\n';
    do digits[--at] = '0' + number % 10;
    while (number /= 10);
    while (text[length]) length++;
    struct buffer buffers[] = {{text, length}, {digits + at, (int)sizeof digits - at}};
    write(1, buffers, 2, &written);
}

void _start(void)
{
    int distinct = 0;
    for (int i = 0; i < THREADS; i++) {
        threads[i].stack = stacks[i] + STACK;
        if (spawn(&threads[i]) <= 0) __builtin_trap();
    }
    for (int i = 0; i < THREADS; i++) {
        while (!__atomic_load_n(&threads[i].done, __ATOMIC_SEQ_CST)) __builtin_wasm_memory_atomic_wait32(&threads[i].done, 0, -1);
        int is_new = threads[i].id > 0;
        for (int j = 0; j < i; j++) is_new &= threads[i].id != threads[j].id;
        distinct += is_new;
    }
    print("threads ", distinct);
    print("pieces ", pieces);
    print("primes below 100000: ", primes);
}
