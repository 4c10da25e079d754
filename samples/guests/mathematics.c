// The functions of math.h over ordinary and special values. Results are printed bit by bit (%a) and as 17 digits; a NaN is printed
// without its sign, which WebAssembly leaves open. Rounding modes and exception flags do not exist in WebAssembly and are not used.
// Run: nacre run mathematics.wasm
#include <float.h>
#include <math.h>
#include <stdio.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

typedef struct {
    const char *name;
    double (*apply)(double);
} Unary;

typedef struct {
    const char *name;
    double (*apply)(double, double);
} Binary;

typedef struct {
    const char *name;
    float (*apply)(float);
} UnaryFloat;

static const Unary unaries[] = {
    {"fabs", fabs},   {"sqrt", sqrt},   {"cbrt", cbrt},     {"ceil", ceil},     {"floor", floor}, {"trunc", trunc}, {"round", round},
    {"rint", rint},   {"nearbyint", nearbyint},             {"exp", exp},       {"exp2", exp2},   {"expm1", expm1}, {"log", log},
    {"log2", log2},   {"log10", log10}, {"log1p", log1p},   {"logb", logb},     {"sin", sin},     {"cos", cos},     {"tan", tan},
    {"asin", asin},   {"acos", acos},   {"atan", atan},     {"sinh", sinh},     {"cosh", cosh},   {"tanh", tanh},   {"asinh", asinh},
    {"acosh", acosh}, {"atanh", atanh}, {"erf", erf},       {"erfc", erfc},     {"tgamma", tgamma}, {"lgamma", lgamma},
};

static const Binary binaries[] = {
    {"pow", pow},   {"atan2", atan2},         {"hypot", hypot}, {"fmod", fmod},           {"remainder", remainder},
    {"fdim", fdim}, {"fmin", fmin},           {"fmax", fmax},   {"copysign", copysign},   {"nextafter", nextafter},
};

static const UnaryFloat floats[] = {
    {"sqrtf", sqrtf}, {"rintf", rintf}, {"truncf", truncf}, {"sinf", sinf}, {"expf", expf}, {"logf", logf}, {"tgammaf", tgammaf},
};

static const double arguments[] = {0.0, -0.0, 0.5, -0.5, 1.0, 2.5, -3.5, 1e-10, 10.1, 1e6, 1e300, DBL_TRUE_MIN, INFINITY, -INFINITY, NAN};

static const double pairs[][2] = {
    {2, 10},  {2, 0.5},   {-8, 3},     {-8, 1.0 / 3}, {0, -1},       {-0.0, 0.0},          {0.0, -0.0},        {7.5, 2},       {-7.5, 2},
    {1e308, 10}, {3, 4},  {1, 1e-320}, {INFINITY, 1}, {1, INFINITY}, {-INFINITY, INFINITY}, {NAN, 1},           {1, NAN},       {0, NAN},
};

static void PrintNumber(double value)
{
    if (isnan(value))
        printf("nan\n");
    else
        printf("%a %.17g\n", value, value);
}

static void PrintParts(double value)
{
    int exponent;
    double whole, mantissa = frexp(value, &exponent), fraction = modf(value, &whole);
    printf("frexp(%g) = %a * 2^%d, modf = %g + %g, ilogb = %d\n", value, mantissa, exponent, whole, fraction, ilogb(value));
}

int main(void)
{
    for (size_t f = 0; f < COUNT(unaries); f++)
        for (size_t i = 0; i < COUNT(arguments); i++) {
            printf("%s(%g) = ", unaries[f].name, arguments[i]);
            PrintNumber(unaries[f].apply(arguments[i]));
        }
    for (size_t f = 0; f < COUNT(binaries); f++)
        for (size_t i = 0; i < COUNT(pairs); i++) {
            printf("%s(%g, %g) = ", binaries[f].name, pairs[i][0], pairs[i][1]);
            PrintNumber(binaries[f].apply(pairs[i][0], pairs[i][1]));
        }
    for (size_t f = 0; f < COUNT(floats); f++)
        for (size_t i = 0; i < COUNT(arguments); i++) {
            printf("%s(%g) = ", floats[f].name, arguments[i]);
            PrintNumber(floats[f].apply((float)arguments[i]));
        }

    static const double parted[] = {0.75, -10.25, 1e300, DBL_TRUE_MIN, 3};
    for (size_t i = 0; i < COUNT(parted); i++)
        PrintParts(parted[i]);

    volatile double tiny = 0x1p-27;
    printf("fma = %a, without = %a\n", fma(1 + tiny, 1 - tiny, -1), (1 + tiny) * (1 - tiny) - 1);
    int quotient;
    double rest = remquo(29.0, 3.0, &quotient);
    printf("remquo = %g, quotient bits %d\n", rest, quotient & 7);
    printf("ldexp = %a %a, scalbn = %a\n", ldexp(1, -1074), ldexp(0.75, 1024), scalbn(-3, 7));
    printf("lround = %ld %ld, lrint = %ld %ld, llround = %lld\n", lround(2.5), lround(-2.5), lrint(2.5), lrint(3.5), llround(-1e15 - 0.5));
    return 0;
}
