using ServerlessFashion.Training.Kernels;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ServerlessFashion.Training.Tests.Kernels;

/// <summary>Against libtorch's own layers, one after the other: results, gradients and moving statistics.</summary>
public sealed class EpilogueFunctionTests : IDisposable
{
    private const double Momentum = .1;
    private const double Epsilon = 1e-3;

    private const double Tolerance = 2e-6;

    private readonly DisposeScope _scope = NewDisposeScope();

    public EpilogueFunctionTests() => manual_seed(7);

    public static TheoryData<bool, bool, bool, bool, int, int> Layers()
    {
        var data = new TheoryData<bool, bool, bool, bool, int, int>();
        foreach (var kinds in Enumerable.Range(0, 16))
        {
            var (rectifies, normalises, pools, drops) = ((kinds & 1) > 0, (kinds & 2) > 0, (kinds & 4) > 0, (kinds & 8) > 0);
            data.Add(rectifies, normalises, pools, drops, 6, 8);
            data.Add(rectifies, normalises, pools, drops, 7, 5);
        }

        return data;
    }

    public void Dispose() => _scope.Dispose();

    [Theory]
    [MemberData(nameof(Layers))]
    public void Run_InTraining_AgreesWithLibtorch(bool rectifies, bool normalises, bool pools, bool drops, int height, int width)
    {
        var values = randn([19, 32, height, width]).add_(.5f);
        var (ofLibtorch, ofKernel) = (new Sides(), new Sides());
        var (resultHeight, resultWidth) = pools ? (height / 2, width / 2) : (height, width);
        var mask = drops ? rand([19, resultHeight, resultWidth, 32]).gt(.3f).to_type(ScalarType.Float32).mul_(1 / .7f) : null;
        var incoming = randn([19, 32, resultHeight, resultWidth]);

        var leaf = values.clone().requires_grad_();
        var expected = rectifies ? leaf.relu() : leaf.alias();
        expected = normalises ? ofLibtorch.Normalise(expected, gathers: true) : expected;
        expected = pools ? F.max_pool2d(expected, 2) : expected;
        expected = mask is null ? expected : expected * mask.permute(0, 3, 1, 2);

        var kernelLeaf = values.clone().requires_grad_();
        var norm = normalises ? ofKernel.Weights(gathers: true) : null;
        var found = EpilogueFunction.Run(ChannelsLast(kernelLeaf), new EpilogueLayers(rectifies, norm, pools, mask?.flatten()));

        KernelAssert.Close(expected, found, Tolerance);
        KernelAssert.Close(ofLibtorch.Mean, ofKernel.Mean, Tolerance);
        KernelAssert.Close(ofLibtorch.Variance, ofKernel.Variance, Tolerance);
        List<Tensor> Leaves(Tensor features, Sides sides) => normalises ? [features, sides.Scale, sides.Shift] : [features];
        var expectedGradients = autograd.grad([(expected * incoming).sum()], Leaves(leaf, ofLibtorch));
        var gradients = autograd.grad([(found * incoming).sum()], Leaves(kernelLeaf, ofKernel));
        Assert.All(expectedGradients.Zip(gradients), pair => KernelAssert.Close(pair.First, pair.Second, Tolerance));
    }

    /// <summary>A frozen BatchNorm, and the evaluation mode.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_WithStoredStatistics_AgreesWithLibtorchAndChangesNone(bool needsGradient)
    {
        var values = randn([3, 16, 5, 6]);
        var sides = new Sides(channels: 16);
        var mean = sides.Mean.clone();
        var leaf = values.clone().requires_grad_(needsGradient);
        var expected = F.max_pool2d(sides.Normalise(leaf.relu(), gathers: false), 2);

        var kernelLeaf = values.clone().requires_grad_(needsGradient);
        var found = EpilogueFunction.Run(ChannelsLast(kernelLeaf), new EpilogueLayers(true, sides.Weights(gathers: false), true, null));

        KernelAssert.Close(expected, found, Tolerance);
        Assert.Equal(TensorMemoryOf(mean), TensorMemoryOf(sides.Mean));
        if (needsGradient)
        {
            KernelAssert.Close(autograd.grad([expected.sum()], [leaf])[0], autograd.grad([found.sum()], [kernelLeaf])[0], Tolerance);
        }
    }

    /// <summary>Squares of numbers about 100 lose the variance in single precision, unless the sums are taken about the mean.</summary>
    [Fact]
    public void Run_WithMeansFarFromZero_KeepsTheVariance()
    {
        var values = randn([32, 16, 28, 28], dtype: ScalarType.Float64);
        var features = ChannelsLast((values + 100).to_type(ScalarType.Float32));
        var sides = new Sides(channels: 16);
        sides.Mean.fill_(100);

        EpilogueFunction.Run(features, new EpilogueLayers(false, sides.Weights(gathers: true), false, null));

        var expected = ((values.var([0, 2, 3]) * .1) + .9).to_type(ScalarType.Float32);
        Assert.True((expected - sides.Variance).abs().max().item<float>() < 1e-5);
    }

    /// <summary>A broken training must not look like a healthy one, whichever element of a window is broken.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    public void Run_WithAValueThatIsNotANumber_KeepsIt(int row, int column)
    {
        var values = ones(1, 16, 2, 2);
        values[.., .., row, column] = full([], float.NaN);

        var found = EpilogueFunction.Run(ChannelsLast(values), new EpilogueLayers(true, null, true, null));

        Assert.All(found.data<float>().ToArray(), value => Assert.True(float.IsNaN(value)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Run_WithAnyNumberOfThreads_GivesTheSameBits(int threads)
    {
        var before = get_num_threads();
        try
        {
            Assert.Equal(Bits(1), Bits(threads));
        }
        finally
        {
            set_num_threads(before);
        }

        float[] Bits(int count)
        {
            set_num_threads(count);
            manual_seed(5);
            var sides = new Sides();
            var leaf = randn([50, 32, 6, 6]).requires_grad_();
            var result = EpilogueFunction.Run(ChannelsLast(leaf), new EpilogueLayers(true, sides.Weights(gathers: true), true, null));
            var gradients = autograd.grad([result.square().sum()], [leaf, sides.Scale, sides.Shift]);
            return [.. gradients.Prepend(result.detach()).SelectMany(TensorMemoryOf)];
        }
    }

    private static float[] TensorMemoryOf(Tensor values) => values.detach().contiguous().data<float>().ToArray();

    private static Tensor ChannelsLast(Tensor features) => features.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);

    /// <summary>The weights of a BatchNorm, the same each time.</summary>
    private sealed class Sides
    {
        public Sides(int channels = 32)
        {
            var random = new Random(3);
            Tensor Draw(float low, float high) =>
                tensor(Enumerable.Range(0, channels).Select(_ => low + ((high - low) * random.NextSingle())).ToArray());
            (Scale, Shift) = (Draw(-1, 1).requires_grad_(), Draw(-1, 1).requires_grad_());
            (Mean, Variance) = (Draw(-1, 1), ones(channels));
        }

        public Tensor Scale { get; }
        public Tensor Shift { get; }
        public Tensor Mean { get; }
        public Tensor Variance { get; }

        public Tensor Normalise(Tensor features, bool gathers) =>
            F.batch_norm(features, Mean, Variance, Scale, Shift, gathers, Momentum, Epsilon);

        public BatchNormWeights Weights(bool gathers) => new(Scale, Shift, Mean, Variance, Momentum, Epsilon, gathers);
    }
}
