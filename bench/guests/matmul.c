// f64 multiplication and addition over rows and columns: the product of two 64 by 64 matrices, n times.
enum { Size = 64 };

static double left[Size][Size], right[Size][Size], product[Size][Size];

static void Multiply(void)
{
    for (int row = 0; row < Size; row++)
        for (int column = 0; column < Size; column++) {
            double sum = 0;
            for (int i = 0; i < Size; i++)
                sum += left[row][i] * right[i][column];
            product[row][column] = sum;
        }
}

int run(int n)
{
    for (int row = 0; row < Size; row++)
        for (int column = 0; column < Size; column++) {
            left[row][column] = (row * 7 + column * 3) % 11 - 5;
            right[row][column] = (row * 5 + column * 2) % 13 - 6;
        }
    unsigned checksum = 0;
    for (int turn = 0; turn < n; turn++) {
        Multiply();
        for (int i = 0; i < Size; i++) {
            checksum = checksum * 31 + (unsigned)(int)product[i][(i + turn) % Size];
            left[i][turn % Size] = (double)((int)product[turn % Size][i] % 9); // Feeds a little of the result back.
        }
    }
    return (int)checksum;
}
