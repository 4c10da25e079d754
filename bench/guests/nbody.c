// f64 arithmetic with square roots and divisions in registers and small records: five bodies under gravity, n steps.
enum { BodyCount = 5 };

typedef struct {
    double x, y, z, vx, vy, vz, mass;
} Body;

static Body bodies[BodyCount];

static void Place(void)
{
    for (int i = 0; i < BodyCount; i++) {
        double distance = i == 0 ? 0 : 1 + i * 1.75;
        bodies[i] = (Body){distance, distance * 0.25, -0.125 * i, -0.03125 * i, i == 0 ? 0 : 1 / __builtin_sqrt(distance), 0.0625 * i,
                           i == 0 ? 1.0 : 0.001 / i};
    }
}

static void Step(double time)
{
    for (int i = 0; i < BodyCount; i++) {
        Body *a = &bodies[i];
        for (int j = i + 1; j < BodyCount; j++) {
            Body *b = &bodies[j];
            double dx = a->x - b->x, dy = a->y - b->y, dz = a->z - b->z;
            double square = dx * dx + dy * dy + dz * dz;
            double magnitude = time / (square * __builtin_sqrt(square));
            double pullA = b->mass * magnitude, pullB = a->mass * magnitude;
            a->vx -= dx * pullA;
            a->vy -= dy * pullA;
            a->vz -= dz * pullA;
            b->vx += dx * pullB;
            b->vy += dy * pullB;
            b->vz += dz * pullB;
        }
    }
    for (int i = 0; i < BodyCount; i++) {
        Body *body = &bodies[i];
        body->x += time * body->vx;
        body->y += time * body->vy;
        body->z += time * body->vz;
    }
}

static double Energy(void)
{
    double energy = 0;
    for (int i = 0; i < BodyCount; i++) {
        const Body *a = &bodies[i];
        energy += 0.5 * a->mass * (a->vx * a->vx + a->vy * a->vy + a->vz * a->vz);
        for (int j = i + 1; j < BodyCount; j++) {
            const Body *b = &bodies[j];
            double dx = a->x - b->x, dy = a->y - b->y, dz = a->z - b->z;
            energy -= a->mass * b->mass / __builtin_sqrt(dx * dx + dy * dy + dz * dz);
        }
    }
    return energy;
}

int run(int n)
{
    Place();
    for (int step = 0; step < n; step++)
        Step(0.001);
    union {
        double number;
        unsigned halves[2];
    } bits = {Energy()};
    return (int)(bits.halves[0] ^ bits.halves[1]);
}
