// Bytes in memory with growing strides: the sieve of Eratosthenes over 2^16 numbers, n times.
enum { Limit = 1 << 16 };

static unsigned char composite[Limit];

static int CountPrimes(void)
{
    for (int i = 0; i < Limit; i++)
        composite[i] = 0;
    int count = 0;
    for (int i = 2; i < Limit; i++) {
        if (composite[i])
            continue;
        count++;
        for (int multiple = i * 2; multiple < Limit; multiple += i)
            composite[multiple] = 1;
    }
    return count;
}

int run(int n)
{
    unsigned checksum = 0;
    for (int turn = 0; turn < n; turn++)
        checksum = checksum * 31 + (unsigned)CountPrimes();
    return (int)checksum;
}
