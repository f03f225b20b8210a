using ServerlessFashion.Training.Devices;
using TorchSharp;
using static TorchSharp.torch;

namespace ServerlessFashion.Training.Kernels;

/// <summary>
/// A <see cref="FirstConvolution"/> with its epilogue, image after image: the output of the convolution stays in the cache of the processor
/// and is computed again in the backward pass, which takes less time than to write and to read it.
/// </summary>
internal sealed unsafe class FirstLayers : autograd.SingleTensorFunction<FirstLayers>
{
    public override string Name => nameof(FirstLayers);

    /// <summary>Whether it can take these layers: a BatchNorm that gathers statistics needs the whole batch first.</summary>
    public static bool Supports(EpilogueLayers layers) =>
        layers.BatchNorm is not { } norm || !(norm.UsesBatchStatistics || norm.Scale.requires_grad || norm.Shift.requires_grad);

    /// <summary>The result for images that <see cref="FirstConvolution.Supports"/> accepts.</summary>
    public static Tensor Run(Tensor images, Tensor kernel, Tensor bias, FirstConvolution.Window window, EpilogueLayers layers) =>
        apply(images, kernel, bias, window, layers);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (images, kernel, bias) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2]);
        var (window, layers) = ((FirstConvolution.Window)vars[3], (EpilogueLayers)vars[4]);
        var pass = new Pass(images, kernel, bias, window, layers);
        var (height, width) = layers.HasPooling ? (pass.Height / 2, pass.Width / 2) : (pass.Height, pass.Width);
        var result = FeatureMaps.Create(images.shape[0], pass.Channels, height, width);
        var needsChoices = layers.HasPooling && kernel.requires_grad;
        var choices = needsChoices ? TensorFactory.Empty([result.numel() / Epilogue.ChoiceLanes], CPU) : null;
        pass.Run(FeatureMaps.Of(result), choices is null ? null : TensorMemory.Bits(choices));
        ctx.save_for_backward(choices is null ? [images] : [images, choices]);
        ctx.save_data(nameof(Pass), pass);
        return result;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var saved = ctx.get_saved_variables();
        var pass = (Pass)ctx.get_data(nameof(Pass));
        using var gradient = FeatureMaps.ChannelsLast(grad_output);
        var sums = pass.Correlate(FeatureMaps.Of(gradient), saved.Count > 1 ? TensorMemory.Bits(saved[1]) : null);
        return [null!, .. FilterBlock.Gradients(sums, pass.Channels), null!, null!];
    }

    /// <summary>One forward pass, with what its backward pass needs.</summary>
    private sealed class Pass(Tensor images, Tensor kernel, Tensor bias, FirstConvolution.Window window, EpilogueLayers layers)
    {
        private readonly PaddedImages _images = PaddedImages.Of(images, window);
        private readonly int _count = (int)images.shape[0];
        private readonly float[] _taps = FilterBlock.InOrder(TensorFactory.ToHost(kernel));
        private readonly float[] _bias = TensorFactory.ToHost(bias);
        private readonly EpiloguePass _pass = EpiloguePass.WithStoredStatistics((int)kernel.shape[0], layers);

        public int Channels { get; } = (int)kernel.shape[0];
        public int Height { get; } = (int)window.SideOf(images.shape[2]);
        public int Width { get; } = (int)window.SideOf(images.shape[3]);

        public void Run(FeatureMaps result, uint* choices)
        {
            var (output, bits) = (result, (nint)choices);
            ImageBlocks.ForEach(_count, (_, first, end) =>
            {
                var (padded, room) = (_images.NewPadded(), new float[Channels * Height * Width]);
                fixed (float* values = room)
                {
                    var x = FeatureMaps.OfOne(values, Channels, Height, Width);
                    for (var image = first; image < end; image++)
                    {
                        _images.Convolve(image, padded, _taps, _bias, x);
                        _pass.Epilogue.RunOne(x, output, (uint*)bits, image);
                    }
                }
            });
        }

        public double[] Correlate(FeatureMaps gradient, uint* choices)
        {
            var backward = new EpilogueGradient(_pass.Epilogue, gradient, (nint)choices);
            var blocks = new double[ImageBlocks.Count(_count)][];
            var none = new float[Channels];
            ImageBlocks.ForEach(_count, (block, first, end) =>
            {
                var (padded, room) = (_images.NewPadded(), new float[Channels * Height * Width]);
                var sums = new double[(FilterBlock.Taps + 1) * Channels];
                fixed (float* values = room)
                {
                    var x = FeatureMaps.OfOne(values, Channels, Height, Width);
                    for (var image = first; image < end; image++)
                    {
                        _images.Convolve(image, padded, _taps, _bias, x);
                        backward.ReplaceSingleImage(x, _pass.Epilogue.Scale, none, none, image);
                        _images.Correlate(padded, x, sums);
                    }
                }

                blocks[block] = sums;
            });
            return ChannelSums.Total(blocks);
        }
    }
}
