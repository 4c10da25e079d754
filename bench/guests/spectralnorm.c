// f64 division in nested loops and conversion from i32: the spectral norm of an n by n matrix that is computed, never stored.
enum { Capacity = 1000 };

static double vector[Capacity], image[Capacity], middle[Capacity];

static double Element(int row, int column)
{
    return 1.0 / ((row + column) * (row + column + 1) / 2 + row + 1);
}

static void Multiply(int n, const double *from, double *to)
{
    for (int row = 0; row < n; row++) {
        double sum = 0;
        for (int column = 0; column < n; column++)
            sum += Element(row, column) * from[column];
        to[row] = sum;
    }
}

static void MultiplyTransposed(int n, const double *from, double *to)
{
    for (int row = 0; row < n; row++) {
        double sum = 0;
        for (int column = 0; column < n; column++)
            sum += Element(column, row) * from[column];
        to[row] = sum;
    }
}

int run(int n)
{
    int size = n < 1 ? 1 : n > Capacity ? Capacity : n;
    for (int i = 0; i < size; i++)
        vector[i] = 1;
    for (int turn = 0; turn < 5; turn++) {
        Multiply(size, vector, middle);
        MultiplyTransposed(size, middle, image);
        Multiply(size, image, middle);
        MultiplyTransposed(size, middle, vector);
    }
    double product = 0, square = 0;
    for (int i = 0; i < size; i++) {
        product += vector[i] * image[i];
        square += image[i] * image[i];
    }
    return (int)(__builtin_sqrt(product / square) * 1e9);
}
