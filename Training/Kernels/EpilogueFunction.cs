using ServerlessFashion.Training.Devices;
using TorchSharp;
using static TorchSharp.torch;

namespace ServerlessFashion.Training.Kernels;

/// <summary>An <see cref="Epilogue"/> as an operation that libtorch differentiates. Its backward pass may run once.</summary>
internal sealed class EpilogueFunction : autograd.SingleTensorFunction<EpilogueFunction>
{
    public override string Name => nameof(EpilogueFunction);

    /// <summary>The result for the output of a convolution, which the function may overwrite in the backward pass.</summary>
    /// <param name="features">Features that <see cref="FeatureMaps.Supports"/> accepts.</param>
    public static Tensor Run(Tensor features, EpilogueLayers layers) =>
        apply(features, layers.BatchNorm?.Scale!, layers.BatchNorm?.Shift!, layers);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (features, layers) = ((Tensor)vars[0], (EpilogueLayers)vars[3]);
        var x = FeatureMaps.Of(features);
        var pass = EpiloguePass.Begin(x, layers);
        var (height, width) = layers.HasPooling ? (x.Height / 2, x.Width / 2) : (x.Height, x.Width);
        var result = FeatureMaps.Create(x.Images, x.Channels, height, width);
        var needsChoices = layers.HasPooling && (features.requires_grad || layers.BatchNorm?.Scale.requires_grad == true);
        var choices = needsChoices ? TensorFactory.Empty([result.numel() / Epilogue.ChoiceLanes], CPU) : null;
        unsafe
        {
            pass.Epilogue.Run(x, FeatureMaps.Of(result), choices is null ? null : TensorMemory.Bits(choices));
        }

        ctx.save_for_backward(choices is null ? [features] : [features, choices]);
        ctx.save_data(nameof(EpiloguePass), pass);
        return result;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var saved = ctx.get_saved_variables();
        var pass = (EpiloguePass)ctx.get_data(nameof(EpiloguePass));
        using var gradient = FeatureMaps.ChannelsLast(grad_output);
        nint choices;
        unsafe
        {
            choices = saved.Count > 1 ? (nint)TensorMemory.Bits(saved[1]) : 0;
        }

        var (scale, shift) = pass.Differentiate(FeatureMaps.Of(saved[0]), FeatureMaps.Of(gradient), choices);
        return [saved[0].detach(), scale!, shift!, null!];
    }
}
