namespace Nacre.Benchmarks;

/// <summary>What many measurements come to.</summary>
internal static class Statistics
{
    /// <summary>The value in the middle, or the mean of the two there.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>The mean of ratios.</summary>
    public static double GeometricMean(IEnumerable<double> ratios) => double.Exp(ratios.Average(double.Log));
}
