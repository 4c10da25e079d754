// f64 arithmetic and compares in a tight loop: iterations of the Mandelbrot set over an n by n picture.
enum { IterationLimit = 50 };

static int Iterate(double cr, double ci)
{
    double zr = 0, zi = 0;
    int count = 0;
    while (count < IterationLimit) {
        double square = zr * zr, imaginarySquare = zi * zi;
        if (square + imaginarySquare > 4)
            break;
        zi = 2 * zr * zi + ci;
        zr = square - imaginarySquare + cr;
        count++;
    }
    return count;
}

int run(int n)
{
    unsigned checksum = 0;
    for (int row = 0; row < n; row++)
        for (int column = 0; column < n; column++)
            checksum = checksum * 31 + (unsigned)Iterate(3.0 * column / n - 2.25, 2.5 * row / n - 1.25);
    return (int)checksum;
}
