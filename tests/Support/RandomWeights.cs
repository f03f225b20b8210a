using ServerlessFashion.Models;

namespace ServerlessFashion.Tests;

/// <summary>
/// Seeded weights for the study's models under the names of the format, listed here by hand so that the tests do not
/// take the names from the code under test. Kernels are scaled as He's initialisation, so that logits stay near 1.
/// </summary>
internal static class RandomWeights
{
    public static Dictionary<string, WeightTensor> Of(string model, int seed, int classes = 5)
    {
        var weights = new Builder(new Random(seed));
        switch (model)
        {
            case "model1":
                weights.Layer("conv2d", 32, 1, 3, 3);
                weights.Layer("dense", 64, 13 * 13 * 32);
                weights.Layer("classifier", classes, 64);
                break;
            case "model3":
                weights.Layer("conv2d", 32, 1, 3, 3);
                weights.Layer("conv2d_1", 64, 32, 3, 3);
                weights.Layer("conv2d_2", 128, 64, 3, 3);
                weights.Layer("dense", 128, 3 * 3 * 128);
                weights.Layer("classifier", classes, 128);
                break;
            case "model4":
                weights.Layer("conv2d", 32, 1, 3, 3);
                weights.Norm("batch_normalization", 32);
                weights.Layer("conv2d_1", 32, 32, 3, 3);
                weights.Norm("batch_normalization_1", 32);
                weights.Layer("conv2d_2", 64, 32, 3, 3);
                weights.Norm("batch_normalization_2", 64);
                weights.Layer("conv2d_3", 128, 64, 3, 3);
                weights.Norm("batch_normalization_3", 128);
                weights.Layer("dense", 512, 7 * 7 * 128);
                weights.Norm("batch_normalization_4", 512);
                weights.Layer("dense_1", 128, 512);
                weights.Norm("batch_normalization_5", 128);
                weights.Layer("classifier", classes, 128);
                break;
            case "resnet50" or "resnet50-finetuned":
                ResNet50(weights);
                weights.Layer("dense", 256, 2048);
                weights.Norm("batch_normalization", 256);
                weights.Layer("classifier", classes, 256);
                break;
            case "resnet18" or "resnet18-finetuned" or "resnet18-random":
                ResNet18(weights);
                weights.Layer("dense", 256, 512);
                weights.Norm("batch_normalization", 256);
                weights.Layer("classifier", classes, 256);
                break;
            case "strong":
                Strong(weights);
                weights.Layer("classifier", 10, 128);
                weights.Values("latent_offsets.offsets", -2.8f, -.2f, 0, .8f, 2.6f, 2.9f, 4, 8.3f, 1, 2);
                weights.Values("latent_offsets.cuts", 7.5f, 9.5f, 10.5f, 13);
                weights.Values("latent_offsets.log_scale", -1);
                break;
            case "strong-garments":
                Strong(weights);
                weights.Layer("classifier", 10, 128);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(model));
        }

        return weights.Tensors;
    }

    private static void Strong(Builder weights)
    {
        var inputs = 1;
        foreach (var (layer, filters) in new[] { 64, 64, 64, 128, 128, 128 }.Index())
        {
            var number = layer == 0 ? "" : $"_{layer}";
            weights.Layer($"conv2d{number}", filters, inputs, 3, 3);
            weights.Norm($"batch_normalization{number}", filters);
            inputs = filters;
        }
    }

    private static void ResNet18(Builder weights)
    {
        weights.Kernel("resnet18.conv1.weight", 64, 3, 7, 7);
        weights.Norm("resnet18.bn1", 64);
        var inputs = 64;
        foreach (var (layer, blocks, width) in new[] { (1, 2, 64), (2, 2, 128), (3, 2, 256), (4, 3, 512) })
        {
            for (var block = 0; block < blocks; block++)
            {
                var name = $"resnet18.layer{layer}.{block}";
                weights.Kernel($"{name}.conv1.weight", width, inputs, 3, 3);
                weights.Norm($"{name}.bn1", width);
                weights.Kernel($"{name}.conv2.weight", width, width, 3, 3);
                weights.Norm($"{name}.bn2", width);
                if (inputs != width)
                {
                    weights.Kernel($"{name}.downsample.0.weight", width, inputs, 1, 1);
                    weights.Norm($"{name}.downsample.1", width);
                }

                inputs = width;
            }
        }
    }

    private static void ResNet50(Builder weights)
    {
        weights.Kernel("resnet50.conv1.weight", 64, 3, 7, 7);
        weights.Norm("resnet50.bn1", 64);
        var inputs = 64;
        foreach (var (layer, blocks, width) in new[] { (1, 3, 64), (2, 4, 128), (3, 6, 256), (4, 3, 512) })
        {
            for (var block = 0; block < blocks; block++)
            {
                var name = $"resnet50.layer{layer}.{block}";
                weights.Kernel($"{name}.conv1.weight", width, inputs, 1, 1);
                weights.Norm($"{name}.bn1", width);
                weights.Kernel($"{name}.conv2.weight", width, width, 3, 3);
                weights.Norm($"{name}.bn2", width);
                weights.Kernel($"{name}.conv3.weight", width * 4, width, 1, 1);
                weights.Norm($"{name}.bn3", width * 4);
                if (block == 0)
                {
                    weights.Kernel($"{name}.downsample.0.weight", width * 4, inputs, 1, 1);
                    weights.Norm($"{name}.downsample.1", width * 4);
                }

                inputs = width * 4;
            }
        }
    }

    private sealed class Builder(Random random)
    {
        public Dictionary<string, WeightTensor> Tensors { get; } = [];

        public void Layer(string name, params int[] shape)
        {
            Kernel($"{name}.weight", shape);
            Fill($"{name}.bias", -.1f, .1f, shape[0]);
        }

        public void Values(string name, params float[] values) => Tensors.Add(name, new WeightTensor([values.Length], values));

        public void Kernel(string name, params int[] shape)
        {
            var bound = MathF.Sqrt(6f / shape.Skip(1).Aggregate(1, (product, size) => product * size));
            Fill(name, -bound, bound, shape);
        }

        public void Norm(string name, int channels)
        {
            Fill($"{name}.weight", .5f, 1f, channels);
            Fill($"{name}.bias", -.1f, .1f, channels);
            Fill($"{name}.running_mean", -.2f, .2f, channels);
            Fill($"{name}.running_var", .8f, 1.5f, channels);
        }

        private void Fill(string name, float low, float high, params int[] shape)
        {
            var values = new float[shape.Aggregate(1, (product, size) => product * size)];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = low + ((high - low) * random.NextSingle());
            }

            Tensors.Add(name, new WeightTensor([.. shape.Select(size => (long)size)], values));
        }
    }
}
