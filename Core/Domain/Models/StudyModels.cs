namespace ServerlessFashion.Models;

/// <summary>
/// The four CNNs of the course study (Univ. of Waterloo, ECE 657A, winter 2020, assignment 3 part 2) with its
/// batches, epochs and optimizer (Adam, epsilon 1e-7 as in Keras).
/// </summary>
public static class StudyModels
{
    private const double KerasAdamRate = 1e-3;

    /// <summary>The study says "a small rate" without a figure; a tenth of the head's is a common choice.</summary>
    private const double FineTuningRate = 1e-4;

    public static ModelSpec Model1 { get; } = new(
        "model1", "Model 1", "One convolution and one hidden layer.", InputTransform.Grey28,
        [
            new Conv2D(32, 3, Padding.Valid), new MaxPool2D(2), new Dropout(.2),
            new Flatten(), new Dense(64),
        ],
        BatchSize: 512, [new("all", 50, KerasAdamRate, TrainableLayers.All)]);

    public static ModelSpec Model3 { get; } = new(
        "model3", "Model 3", "Three convolutions with pooling and dropout.", InputTransform.Grey28,
        [
            new Conv2D(32, 3, Padding.Valid), new MaxPool2D(2), new Dropout(.2),
            new Conv2D(64, 3, Padding.Valid), new MaxPool2D(2), new Dropout(.2),
            new Conv2D(128, 3, Padding.Valid), new Dropout(.4),
            new Flatten(), new Dense(128),
        ],
        BatchSize: 256, [new("all", 50, KerasAdamRate, TrainableLayers.All)]);

    public static ModelSpec Model4 { get; } = new(
        "model4", "Model 4", "Four convolutions and two hidden layers, all with batch normalisation.", InputTransform.Grey28,
        [
            new Conv2D(32, 3, Padding.Same), new BatchNormalization(),
            new Conv2D(32, 3, Padding.Same), new BatchNormalization(), new MaxPool2D(2), new Dropout(.2),
            new Conv2D(64, 3, Padding.Same), new BatchNormalization(), new Dropout(.2),
            new Conv2D(128, 3, Padding.Same), new BatchNormalization(), new MaxPool2D(2), new Dropout(.3),
            new Flatten(),
            new Dense(512), new BatchNormalization(), new Dropout(.4),
            new Dense(128), new BatchNormalization(), new Dropout(.4),
        ],
        BatchSize: 256, [new("all", 30, KerasAdamRate, TrainableLayers.All)]);

    public static ModelSpec ResNet50 { get; } = new(
        "resnet50", "ResNet50", "ImageNet base with a new head: the head first, then the last two residual blocks.", InputTransform.Rgb32,
        [
            new ResNet50Base(), new GlobalAveragePooling2D(),
            new Dense(256), new Dropout(.3), new BatchNormalization(),
        ],
        BatchSize: 256,
        [
            new("head", 5, KerasAdamRate, TrainableLayers.HeadAndBatchNorms),
            new("last two blocks", 395, FineTuningRate, TrainableLayers.HeadAndLastTwoBlocks),
        ]);

    /// <summary>The models of this file, in the order in which lists show them.</summary>
    public static IReadOnlyList<ModelSpec> All { get; } = [Model1, Model3, Model4, ResNet50];
}
