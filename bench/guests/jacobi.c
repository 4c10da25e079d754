// f64 loads from neighbouring rows, stores to another plane: n sweeps of Jacobi relaxation over a 64 by 64 plate.
enum { Size = 64 };

static double planes[2][Size][Size];

static void Sweep(double (*from)[Size], double (*to)[Size])
{
    for (int row = 1; row < Size - 1; row++)
        for (int column = 1; column < Size - 1; column++)
            to[row][column] = 0.25 * (from[row - 1][column] + from[row + 1][column] + from[row][column - 1] + from[row][column + 1]);
}

int run(int n)
{
    for (int plane = 0; plane < 2; plane++)
        for (int row = 0; row < Size; row++)
            for (int column = 0; column < Size; column++)
                planes[plane][row][column] = row == 0 ? 100 : column == 0 ? 50 - row : 0;
    for (int sweep = 0; sweep < n; sweep++)
        Sweep(planes[sweep & 1], planes[~sweep & 1]);
    unsigned checksum = 0;
    for (int row = 0; row < Size; row++)
        for (int column = 0; column < Size; column++)
            checksum = checksum * 31 + (unsigned)(int)(planes[n & 1][row][column] * 1000000);
    return (int)checksum;
}
