using ServerlessFashion.Training.Kernels;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ServerlessFashion.Training.Tests.Kernels;

/// <summary>Against libtorch's own layers, one after the other.</summary>
public sealed class FirstLayersTests : IDisposable
{
    private const double Tolerance = 1e-5;

    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData(true, true, true, 1, 0, 28)]
    [InlineData(true, true, false, 1, 1, 9)]
    [InlineData(false, true, true, 2, 1, 11)]
    [InlineData(true, false, true, 1, 1, 8)]
    [InlineData(false, false, false, 2, 0, 9)]
    public void Run_InTraining_AgreesWithLibtorch(bool rectifies, bool pools, bool drops, int stride, int padding, int side)
    {
        manual_seed(3);
        var images = rand([21, 1, side, side]);
        var (kernel, bias) = (randn([32, 1, 3, 3]).requires_grad_(), randn([32]).requires_grad_());
        var expected = F.conv2d(images, kernel, bias, strides: [stride, stride], padding: [padding, padding]);
        expected = rectifies ? expected.relu() : expected;
        expected = pools ? F.max_pool2d(expected, 2) : expected;
        var mask = drops ? rand([21, expected.shape[2], expected.shape[3], 32]).gt(.3f).to_type(ScalarType.Float32).mul_(1 / .7f) : null;
        expected = mask is null ? expected : expected * mask.permute(0, 3, 1, 2);

        var layers = new EpilogueLayers(rectifies, null, pools, mask?.flatten());
        var found = FirstLayers.Run(images, kernel, bias, new FirstConvolution.Window(stride, padding), layers);

        KernelAssert.Close(expected, found, Tolerance);
        var incoming = randn(expected.shape);
        var expectedGradients = autograd.grad([(expected * incoming).sum()], [kernel, bias]);
        var gradients = autograd.grad([(found * incoming).sum()], [kernel, bias]);
        KernelAssert.Close(expectedGradients[0], gradients[0], Tolerance);
        KernelAssert.Close(expectedGradients[1], gradients[1], Tolerance);
    }

    /// <summary>The prediction of Model 4: its BatchNorm normalises by its moving statistics.</summary>
    [Fact]
    public void Run_WithStoredStatistics_AgreesWithLibtorch()
    {
        manual_seed(4);
        using var noGradient = inference_mode();
        var images = rand([5, 1, 28, 28]);
        var (kernel, bias) = (randn([32, 1, 3, 3]), randn([32]));
        var (scale, shift, mean, variance) = (randn([32]), randn([32]), randn([32]), rand([32]).add_(.5f));

        var expected = F.batch_norm(F.conv2d(images, kernel, bias, padding: [1, 1]).relu(), mean, variance, scale, shift, false, .1, 1e-3);
        var norm = new BatchNormWeights(scale, shift, mean, variance, .1, 1e-3, UsesBatchStatistics: false);
        var layers = new EpilogueLayers(true, norm, false, null);
        var found = FirstLayers.Run(images, kernel, bias, new FirstConvolution.Window(1, 1), layers);

        KernelAssert.Close(expected, found, Tolerance);
    }

    [Theory]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    public void Supports_ABatchNorm_OnlyWithStoredStatistics(bool gathers, bool trains, bool expected)
    {
        var norm = new BatchNormWeights(ones(16).requires_grad_(trains), zeros(16), zeros(16), ones(16), .1, 1e-3, gathers);

        Assert.Equal(expected, FirstLayers.Supports(new EpilogueLayers(true, norm, false, null)));
    }
}
