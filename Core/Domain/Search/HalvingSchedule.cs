namespace ServerlessFashion.Search;

/// <summary>A stage of successive halving.</summary>
/// <param name="Trials">The trials that reach the rung.</param>
/// <param name="Epochs">The epochs that each has trained at its end, those of earlier rungs included.</param>
public sealed record Rung(int Trials, int Epochs);

/// <summary>
/// Successive halving (Jamieson and Talwalkar 2016, arXiv:1502.07943): all trials train a few epochs, the best 1 / reduction of them
/// train that many times longer, and so on, until the last ones train the whole recipe.
/// </summary>
public static class HalvingSchedule
{
    public const int Reduction = 3;

    /// <summary>
    /// The rungs from the first to the last, which trains all <paramref name="epochs"/>. There are as many as leave a trial and an
    /// epoch: rung i of s has <c>trials / 3^i</c> trials and <c>epochs / 3^(s - i)</c> epochs, both rounded down.
    /// </summary>
    /// <param name="trials">At least 1.</param>
    /// <param name="epochs">At least 1.</param>
    public static IReadOnlyList<Rung> Of(int trials, int epochs)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(trials);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epochs);
        var steps = 0;
        var divisor = 1;
        while (trials / (divisor * Reduction) >= 1 && epochs / (divisor * Reduction) >= 1)
        {
            steps++;
            divisor *= Reduction;
        }

        return [.. Enumerable.Range(0, steps + 1).Select(step => new Rung(trials / Power(step), epochs / Power(steps - step)))];
    }

    private static int Power(int exponent) => (int)Math.Pow(Reduction, exponent);
}
