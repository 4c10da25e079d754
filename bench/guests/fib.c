// Recursive calls: naive Fibonacci numbers. n is the argument.
int run(int n)
{
    return n < 2 ? n : run(n - 1) + run(n - 2);
}
