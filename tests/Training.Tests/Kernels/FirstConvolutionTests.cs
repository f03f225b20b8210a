using ServerlessFashion.Training.Kernels;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ServerlessFashion.Training.Tests.Kernels;

/// <summary>Against libtorch's own convolution.</summary>
public sealed class FirstConvolutionTests : IDisposable
{
    private const double Tolerance = 1e-5;

    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData(1, 0, 9, 7)]
    [InlineData(1, 1, 8, 8)]
    [InlineData(2, 1, 28, 28)]
    [InlineData(2, 0, 10, 11)]
    public void Run_OfAnyWindow_AgreesWithLibtorch(int stride, int padding, int height, int width)
    {
        manual_seed(3);
        var images = rand([21, 1, height, width]);
        var (kernel, bias) = (randn([32, 1, 3, 3]).requires_grad_(), randn([32]).requires_grad_());

        var expected = F.conv2d(images, kernel, bias, strides: [stride, stride], padding: [padding, padding]);
        var found = FirstConvolution.Run(images, kernel, bias, stride, padding);

        KernelAssert.Close(expected, found, Tolerance);
        var incoming = randn(expected.shape);
        var expectedGradients = autograd.grad([(expected * incoming).sum()], [kernel, bias]);
        var gradients = autograd.grad([(found * incoming).sum()], [kernel, bias]);
        KernelAssert.Close(expectedGradients[0], gradients[0], Tolerance);
        KernelAssert.Close(expectedGradients[1], gradients[1], Tolerance);
    }

    [Theory]
    [InlineData(32, 1, 3, true)]
    [InlineData(24, 1, 3, false)]
    [InlineData(32, 2, 3, false)]
    [InlineData(32, 1, 5, false)]
    public void Supports_AKernel_OnlyOfItsKind(int filters, int channels, int side, bool expected) =>
        Assert.Equal(expected, FirstConvolution.Supports(zeros(2, channels, 9, 9), zeros(filters, channels, side, side)));

    [Fact]
    public void Supports_ImagesWithAGradient_IsFalse() =>
        Assert.False(FirstConvolution.Supports(zeros(2, 1, 9, 9).requires_grad_(), zeros(32, 1, 3, 3)));
}
