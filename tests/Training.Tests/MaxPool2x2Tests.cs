using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ServerlessFashion.Training.Tests;

public class MaxPool2x2Tests
{
    /// <summary>Against libtorch's own pooling, on values with many ties: result and gradient are equal to the bit.</summary>
    [Theory]
    [InlineData(6, 8)]
    [InlineData(5, 8)]
    [InlineData(6, 7)]
    [InlineData(3, 3)]
    public void Pool_WithTies_AgreesWithLibtorch(int height, int width)
    {
        using var scope = NewDisposeScope();
        var random = new Random(1);
        Tensor Random(long[] shape, int levels) =>
            tensor(Enumerable.Range(0, (int)shape.Aggregate((a, b) => a * b)).Select(_ => (float)random.Next(levels)).ToArray(), shape);
        var features = Random([4, 3, height, width], levels: 3).requires_grad_();
        var weights = Random([4, 3, height / 2, width / 2], levels: 100);

        var pooled = MaxPool2x2.Pool(features);
        var gradient = autograd.grad([(pooled * weights).sum()], [features])[0];

        var expected = F.max_pool2d(features, 2);
        var expectedGradient = autograd.grad([(expected * weights).sum()], [features])[0];
        Assert.Equal(expected.data<float>().ToArray(), pooled.data<float>().ToArray());
        Assert.Equal(expectedGradient.data<float>().ToArray(), gradient.data<float>().ToArray());
        Assert.Equal(weights.sum().item<float>(), gradient.sum().item<float>());
    }

    [Fact]
    public void Pool_WithoutGradient_AgreesWithLibtorch()
    {
        using var scope = NewDisposeScope();
        var features = arange(2 * 7 * 7, dtype: ScalarType.Float32).sin().reshape(1, 2, 7, 7);

        Assert.Equal(F.max_pool2d(features, 2).data<float>().ToArray(), MaxPool2x2.Pool(features).data<float>().ToArray());
    }
}
