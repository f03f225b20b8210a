using ServerlessFashion.Models;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Padding = ServerlessFashion.Models.Padding;

namespace ServerlessFashion.TrainingBenchmarks;

/// <summary>The network of a workload from the modules of TorchSharp.</summary>
internal static class PlainNetwork
{
    public static Module<Tensor, Tensor> Create(Workload workload)
    {
        var plan = workload.Plan;
        List<Module<Tensor, Tensor>> modules = [.. plan.Body.SelectMany(layer => Of(layer, workload.Phase.Trainable))];
        return Sequential(modules.Select((module, index) => ($"{index}", module)));
    }

    private static IEnumerable<Module<Tensor, Tensor>> Of(LayerPlan plan, TrainableLayers trainable) => plan.Layer switch
    {
        Conv2D conv =>
        [
            Conv2d(
                plan.Input.Channels, conv.Filters, conv.Kernel, stride: conv.Stride,
                padding: conv.Padding == Padding.Same ? conv.Kernel / 2 : 0),
            .. Activate(conv.Activation),
        ],
        BatchNormalization => [plan.Input.Side is null ? BatchNorm1d(plan.Input.Channels) : BatchNorm2d(plan.Input.Channels)],
        MaxPool2D pool => [MaxPool2d(pool.Size)],
        Dropout dropout => [nn.Dropout(dropout.Rate)],
        Models.Flatten => [nn.Flatten()],
        Dense dense => [Linear(plan.Input.Count, dense.Units), .. Activate(dense.Activation)],
        GlobalAveragePooling2D => [AdaptiveAvgPool2d(1), nn.Flatten()],
        ResNet50Base => [PlainResNet50.Create(trainable)],
        _ => throw new NotSupportedException($"{plan.Layer} has no module here."),
    };

    private static IEnumerable<Module<Tensor, Tensor>> Activate(Activation activation) =>
        activation == Activation.Relu ? [ReLU()] : [];
}
