using ServerlessFashion.Models;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ServerlessFashion.TrainingBenchmarks;

/// <summary>
/// The convolutions of ResNet50 (He et al. 2016) as modules, in the form of torchvision: the stride is in the 3x3 convolution. The package
/// with TorchSharp's own ResNet50 is a separate one.
/// </summary>
internal static class PlainResNet50
{
    private const int Expansion = 4;

    /// <summary>The last two residual blocks of the network.</summary>
    private const int LastBlocks = 2;

    private static readonly (int Width, int Blocks, int Stride)[] Stages = [(64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2)];

    public static Module<Tensor, Tensor> Create(TrainableLayers trainable)
    {
        var channels = 64;
        var stem = Sequential(
            Conv2d(3, channels, 7, stride: 2, padding: 3, bias: false), BatchNorm2d(channels), ReLU(), MaxPool2d(3, stride: 2, padding: 1));
        var blocks = new List<Module<Tensor, Tensor>>();
        foreach (var (width, count, stride) in Stages)
        {
            for (var block = 0; block < count; block++)
            {
                blocks.Add(new Bottleneck(channels, width, block == 0 ? stride : 1));
                channels = width * Expansion;
            }
        }

        Freeze(stem);
        var trained = trainable == TrainableLayers.HeadAndLastTwoBlocks ? LastBlocks : 0;
        blocks.SkipLast(trained).ToList().ForEach(Freeze);
        return Sequential([stem, .. blocks]);
    }

    /// <summary>Fixes everything but the BatchNorms.</summary>
    private static void Freeze(Module part)
    {
        foreach (var module in part.modules().Where(module => module is not TorchSharp.Modules.BatchNorm2d))
        {
            foreach (var (_, parameter) in module.named_parameters(recurse: false))
            {
                parameter.requires_grad = false;
            }
        }
    }

    private sealed class Bottleneck : Module<Tensor, Tensor>
    {
        private readonly Module<Tensor, Tensor> _body;
        private readonly Module<Tensor, Tensor>? _shortcut;

        public Bottleneck(int channels, int width, int stride)
            : base(nameof(Bottleneck))
        {
            var wide = width * Expansion;
            _body = Sequential(
                Conv2d(channels, width, 1, bias: false), BatchNorm2d(width), ReLU(),
                Conv2d(width, width, 3, stride: stride, padding: 1, bias: false), BatchNorm2d(width), ReLU(),
                Conv2d(width, wide, 1, bias: false), BatchNorm2d(wide));
            _shortcut = channels == wide && stride == 1
                ? null
                : Sequential(Conv2d(channels, wide, 1, stride: stride, bias: false), BatchNorm2d(wide));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) =>
            functional.relu(_body.forward(input) + (_shortcut is null ? input : _shortcut.forward(input)));
    }
}
