using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TorchSharp;
using static TorchSharp.torch;

namespace ServerlessFashion.Training.Kernels;

/// <summary>
/// A step of Adam in one pass over the memory of a weight. As single operations of libtorch it takes several passes.
/// </summary>
/// <param name="Beta1">Share that the mean of the gradients keeps.</param>
/// <param name="Beta2">Share that the mean of their squares keeps.</param>
/// <param name="Kept">Factor on the weight before the step: less than 1 with weight decay.</param>
/// <param name="Rate">The learning rate, with the corrections of both means.</param>
internal readonly record struct AdamKernel(float Beta1, float Beta2, float Epsilon, float Kept, float Rate)
{
    private const int Lanes = FeatureMaps.Lanes;

    /// <summary>Elements that a thread takes at once.</summary>
    private const int Block = 1 << 14;

    /// <summary>Takes the step if all tensors are on the CPU and lie in memory in the same order, without gaps.</summary>
    /// <returns>False if they do not, and nothing changed.</returns>
    public bool TryStep(Tensor weight, Tensor first, Tensor second, Tensor gradient)
    {
        var order = weight.stride();
        if (!(weight.is_contiguous() || IsChannelsLast(weight)) || !new[] { weight, first, second, gradient }.All(tensor =>
            tensor.device_type == DeviceType.CPU && tensor.dtype == ScalarType.Float32 && tensor.stride().SequenceEqual(order)))
        {
            return false;
        }

        var (kernel, count) = (this, weight.numel());
        unsafe
        {
            var (w, m, v, g) = (Start(weight), Start(first), Start(second), Start(gradient));
            var blocks = (int)((count + Block - 1) / Block);
            Threads.ForEach(blocks, block =>
            {
                var begin = (long)block * Block;
                var elements = (int)Math.Min(Block, count - begin);
                kernel.Step((float*)w + begin, (float*)m + begin, (float*)v + begin, (float*)g + begin, elements);
            });
        }

        return true;
    }

    private static bool IsChannelsLast(Tensor values)
    {
        if (values.dim() != 4)
        {
            return false;
        }

        using var byPixel = values.permute(0, 2, 3, 1);
        return byPixel.is_contiguous();
    }

    private static unsafe nint Start(Tensor values)
    {
        using var detached = values.detach();
        using var inOrder = values.is_contiguous() ? detached.alias() : detached.permute(0, 2, 3, 1);
        return (nint)TensorMemory.Floats(inOrder);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void Step(float* weight, float* first, float* second, float* gradient, int count)
    {
        var at = 0;
        for (; at <= count - Lanes; at += Lanes)
        {
            var g = Vector512.Load(gradient + at);
            var m = Vector512.FusedMultiplyAdd(Vector512.Load(first + at), Vector512.Create(Beta1), g * (1 - Beta1));
            var v = Vector512.FusedMultiplyAdd(Vector512.Load(second + at), Vector512.Create(Beta2), g * g * (1 - Beta2));
            m.Store(first + at);
            v.Store(second + at);
            var change = m / (Vector512.Sqrt(v) + Vector512.Create(Epsilon));
            Vector512.FusedMultiplyAdd(change, Vector512.Create(-Rate), Vector512.Load(weight + at) * Kept).Store(weight + at);
        }

        for (; at < count; at++)
        {
            var g = gradient[at];
            first[at] = float.FusedMultiplyAdd(first[at], Beta1, g * (1 - Beta1));
            second[at] = float.FusedMultiplyAdd(second[at], Beta2, g * g * (1 - Beta2));
            var change = first[at] / (float.Sqrt(second[at]) + Epsilon);
            weight[at] = float.FusedMultiplyAdd(change, -Rate, weight[at] * Kept);
        }
    }
}
