using ServerlessFashion.Models;

namespace ServerlessFashion.Training;

/// <summary>
/// Start weights as each layer declares them (<see cref="WeightStart"/>). BatchNorms start as the identity.
/// Each weight is a function of (seed, its position in the plan) alone.
/// </summary>
internal static class WeightInitialiser
{
    public static IEnumerable<KeyValuePair<string, WeightTensor>> Create(ModelPlan plan, int seed) =>
        plan.Weights.Select((weight, position) => KeyValuePair.Create(
            weight.Name, new WeightTensor(weight.Shape, Values(weight, new KeyedRandom(seed, RandomPurpose.Weight, position)))));

    private static float[] Values(WeightDeclaration weight, KeyedRandom random)
    {
        if (weight.StartValues is { } given)
        {
            return [.. given];
        }

        var values = new float[weight.Count];
        switch (weight.Start)
        {
            case WeightStart.Zeros:
                break;
            case WeightStart.Ones:
                Array.Fill(values, 1f);
                break;
            case WeightStart.GlorotUniform:
                FillUniform(values, Math.Sqrt(6.0 / (FanIn(weight) + FanOut(weight))), random);
                break;
            case WeightStart.HeNormal:
                FillNormal(values, Math.Sqrt(2.0 / FanOut(weight)), random);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(weight), weight.Start, "A start without values.");
        }

        return values;
    }

    private static long FanIn(WeightDeclaration kernel) => kernel.Count / kernel.Shape[0];

    private static long FanOut(WeightDeclaration kernel) => kernel.Count / kernel.Shape[1];

    private static void FillUniform(float[] values, double limit, KeyedRandom random)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)(((2 * random.NextUnit()) - 1) * limit);
        }
    }

    private static void FillNormal(float[] values, double deviation, KeyedRandom random)
    {
        for (var i = 0; i < values.Length; i += 2)
        {
            var (first, second) = random.NextNormalPair();
            values[i] = (float)(first * deviation);
            if (i + 1 < values.Length)
            {
                values[i + 1] = (float)(second * deviation);
            }
        }
    }
}
