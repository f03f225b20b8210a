using ServerlessFashion.Models;

namespace ServerlessFashion.Training;

/// <summary>
/// Initial weights. Own layers start as in Keras: Glorot-uniform kernels (Glorot and Bengio 2010, uniform in +-sqrt(6 / (fan in +
/// fan out)), both times the kernel's area), zero biases. The ResNet50 base starts as in torchvision: He-normal kernels (He et al.
/// 2015, standard deviation sqrt(2 / fan out)). BatchNorms start as the identity, except that the last one of each residual block
/// starts with scale zero (Goyal et al. 2017, section 5.1). Each block then starts as its shortcut; sixteen random blocks in a row
/// would double the variance sixteen times. Each weight is a function of (seed, its position in the plan) alone.
/// </summary>
internal static class WeightInitialiser
{
    public static IEnumerable<KeyValuePair<string, WeightTensor>> Create(ModelPlan plan, int seed)
    {
        var position = 0;
        foreach (var layer in plan.Layers)
        {
            foreach (var weight in layer.Weights)
            {
                var random = new KeyedRandom(seed, RandomPurpose.Weight, position++);
                yield return new(weight.Name, new WeightTensor(weight.Shape, Values(layer.Layer, weight, random)));
            }
        }
    }

    private static float[] Values(Layer layer, WeightDeclaration weight, KeyedRandom random)
    {
        var values = new float[weight.Count];
        switch (weight.Role)
        {
            case WeightRole.Kernel when layer is ResNet50Base:
                FillNormal(values, Math.Sqrt(2.0 / FanOut(weight)), random);
                break;
            case WeightRole.Kernel:
                FillUniform(values, Math.Sqrt(6.0 / (FanIn(weight) + FanOut(weight))), random);
                break;
            case WeightRole.Scale when layer is ResNet50Base && ResNet50Layout.ClosesABlock(weight.Name):
                break;
            case WeightRole.Scale or WeightRole.MovingVariance:
                Array.Fill(values, 1f);
                break;
            case WeightRole.Constant when weight.Name.EndsWith(LatentOffsets.OffsetsWeight, StringComparison.Ordinal):
                OffsetSearch.Spread(values);
                break;
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
