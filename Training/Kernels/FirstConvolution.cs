using ServerlessFashion.Training.Devices;
using TorchSharp;
using static TorchSharp.torch;

namespace ServerlessFashion.Training.Kernels;

/// <summary>
/// A convolution of 3x3 windows over images of one channel. libtorch's own kernel converts its result to another order of memory and back,
/// which takes longer than the sums. There is no gradient of the images.
/// </summary>
internal sealed class FirstConvolution : autograd.SingleTensorFunction<FirstConvolution>
{
    public override string Name => nameof(FirstConvolution);

    /// <summary>Whether it can take these images (batch x 1 x height x width) and this kernel (filters x 1 x 3 x 3).</summary>
    public static bool Supports(Tensor images, Tensor kernel) =>
        images.device_type == DeviceType.CPU && images.dtype == ScalarType.Float32 && !images.requires_grad && images.is_contiguous()
        && kernel.shape is [var filters, 1, FilterBlock.Side, FilterBlock.Side] && filters % FeatureMaps.Lanes == 0;

    /// <summary>The sums of each window and the bias, channels-last: batch x filters x height x width.</summary>
    /// <param name="padding">Zeros on every side of an image.</param>
    public static Tensor Run(Tensor images, Tensor kernel, Tensor bias, int stride, int padding) =>
        apply(images, kernel, bias, new Window(stride, padding));

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (images, kernel, bias, window) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2], (Window)vars[3]);
        var result = FeatureMaps.Create(images.shape[0], kernel.shape[0], window.SideOf(images.shape[2]), window.SideOf(images.shape[3]));
        PaddedImages.Of(images, window).Convolve(
            FilterBlock.InOrder(TensorFactory.ToHost(kernel)), TensorFactory.ToHost(bias), FeatureMaps.Of(result));
        ctx.save_for_backward([images]);
        ctx.save_data(nameof(Window), window);
        return result;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var images = ctx.get_saved_variables()[0];
        using var gradient = FeatureMaps.ChannelsLast(grad_output);
        var sums = PaddedImages.Of(images, (Window)ctx.get_data(nameof(Window))).Correlate(FeatureMaps.Of(gradient));
        return [null!, .. FilterBlock.Gradients(sums, (int)grad_output.shape[1]), null!];
    }

    /// <summary>How the windows lie.</summary>
    public sealed record Window(int Stride, int Padding)
    {
        public long SideOf(long side) => ((side + (2 * Padding) - FilterBlock.Side) / Stride) + 1;
    }
}
