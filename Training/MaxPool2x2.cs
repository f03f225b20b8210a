using ServerlessFashion.Training.Devices;
using TorchSharp;
using static TorchSharp.torch;

namespace ServerlessFashion.Training;

/// <summary>
/// Max pooling of 2x2 windows in three comparisons of whole tensors, forward and backward. libtorch's own pooling works element by
/// element on the CPU and takes longer than the convolution before it (half of a step of Model 1). The results are bit-identical:
/// the gradient goes to the first largest element of a window in row-major order.
/// </summary>
internal sealed class MaxPool2x2 : autograd.SingleTensorFunction<MaxPool2x2>
{
    public override string Name => nameof(MaxPool2x2);

    /// <summary>Pools features (batch x channels x height x width); an odd last row or column is dropped.</summary>
    public static Tensor Pool(Tensor features)
    {
        if (features.requires_grad && is_grad_enabled())
        {
            return apply(features);
        }

        using var windows = new Windows(features);
        using var upper = maximum(windows.UpperLeft, windows.UpperRight);
        using var lower = maximum(windows.LowerLeft, windows.LowerRight);
        return maximum(upper, lower);
    }

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var features = (Tensor)vars[0];
        using var windows = new Windows(features);
        using var upper = maximum(windows.UpperLeft, windows.UpperRight);
        using var lower = maximum(windows.LowerLeft, windows.LowerRight);
        ctx.save_for_backward([windows.UpperLeft.lt(windows.UpperRight), windows.LowerLeft.lt(windows.LowerRight), upper.lt(lower)]);
        ctx.save_data(nameof(features.shape), features.shape);
        return maximum(upper, lower);
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var saved = ctx.get_saved_variables();
        var shape = (long[])ctx.get_data(nameof(Tensor.shape));
        var isExact = shape[2] % 2 == 0 && shape[3] % 2 == 0;
        var gradient = isExact ? TensorFactory.Empty(shape, grad_output.device) : TensorFactory.Zeros(shape, grad_output.device);
        using var windows = new Windows(gradient);
        using var lower = grad_output * saved[2];
        using var upper = grad_output - lower;
        Split(upper, saved[0], windows.UpperLeft, windows.UpperRight);
        Split(lower, saved[1], windows.LowerLeft, windows.LowerRight);
        return [gradient];
    }

    /// <summary>
    /// Writes each element to the right if <paramref name="isRight"/> is true there, otherwise to the left, and zero to the other
    /// side.
    /// </summary>
    private static void Split(Tensor gradient, Tensor isRight, Tensor left, Tensor right)
    {
        using var toRight = gradient * isRight;
        using var toLeft = gradient - toRight;
        right.copy_(toRight);
        left.copy_(toLeft);
    }

    /// <summary>The four elements of every window, as views.</summary>
    private sealed class Windows : IDisposable
    {
        public Windows(Tensor features)
        {
            var (height, width) = (features.shape[2] / 2 * 2, features.shape[3] / 2 * 2);
            using var upper = features.slice(2, 0, height, 2);
            using var lower = features.slice(2, 1, height, 2);
            UpperLeft = upper.slice(3, 0, width, 2);
            UpperRight = upper.slice(3, 1, width, 2);
            LowerLeft = lower.slice(3, 0, width, 2);
            LowerRight = lower.slice(3, 1, width, 2);
        }

        public Tensor UpperLeft { get; }
        public Tensor UpperRight { get; }
        public Tensor LowerLeft { get; }
        public Tensor LowerRight { get; }

        public void Dispose()
        {
            UpperLeft.Dispose();
            UpperRight.Dispose();
            LowerLeft.Dispose();
            LowerRight.Dispose();
        }
    }
}
