using ServerlessFashion.Models;

namespace ServerlessFashion.Pipeline;

/// <summary>How long trainings take relative to each other, to start the longest first.</summary>
public static class TrainingCost
{
    /// <summary>Multiply-accumulates of the ResNet50 base for one 32x32 image: 4.1 billion at 224x224 (He et al. 2015, table 1) by area.</summary>
    private const double ResNet50At32 = 4.1e9 * 32 * 32 / (224.0 * 224.0);

    private const int LargestTrainingSet = 48_000;

    /// <summary>Multiply-accumulates of all forward passes of a training; only ratios mean anything.</summary>
    public static double Estimate(RunConfiguration run, ModelConfiguration model)
    {
        double images = model.TrainLimit ?? run.TrainLimit ?? LargestTrainingSet;
        return ForwardPass(ModelCatalogue.Get(model.Name)) * images * model.TotalEpochs;
    }

    private static double ForwardPass(ModelSpec spec)
    {
        var (side, channels, total) = spec.Input == InputTransform.Grey28 ? (28, 1.0, 0.0) : (32, 3.0, 0.0);
        foreach (var layer in spec.Layers)
        {
            switch (layer)
            {
                case Conv2D conv:
                    side = ((conv.Padding == Padding.Valid ? side - conv.Kernel : side - 1) / conv.Stride) + 1;
                    total += (double)side * side * conv.Kernel * conv.Kernel * channels * conv.Filters;
                    channels = conv.Filters;
                    break;
                case MaxPool2D pool:
                    side /= pool.Size;
                    break;
                case ResNet50Base:
                    total += ResNet50At32;
                    (side, channels) = (1, 2048);
                    break;
                case Flatten:
                    (side, channels) = (1, (double)side * side * channels);
                    break;
                case Dense dense:
                    total += channels * dense.Units;
                    channels = dense.Units;
                    break;
            }
        }

        return total;
    }
}
