using ServerlessFashion.Export;
using TorchSharp;
using static TorchSharp.torch;

namespace ServerlessFashion.Training.Devices;

/// <summary>
/// Creates and reads all tensors of this project. TorchSharp's own factories create CPU tensors if no device is given, and such
/// tensors fail only when they meet a GPU tensor. A test therefore allows calls of those factories only in this class. The tensors
/// belong to the caller's dispose scope.
/// </summary>
internal static class TensorFactory
{
    /// <summary>A vector.</summary>
    public static Tensor From(float[] values, Device device) => MoveTo(tensor(values), device);

    /// <summary>A tensor of <paramref name="shape"/>, last dimension fastest.</summary>
    public static Tensor From(float[] values, long[] shape, Device device) => MoveTo(tensor(values, shape), device);

    /// <summary>
    /// A tensor of <paramref name="shape"/>, last dimension fastest. On the CPU it shares the memory of <paramref name="values"/>: the
    /// images of a large data set are then in memory once.
    /// </summary>
    public static Tensor Share(byte[] values, long[] shape, Device device)
    {
        if (values.Length == 0)
        {
            return MoveTo(tensor(values, shape), device);
        }

        using var flat = frombuffer(values, ScalarType.Byte);
        return MoveTo(flat.reshape(shape), device);
    }

    /// <inheritdoc cref="From(float[], Device)"/>
    public static Tensor From(long[] values, Device device) => MoveTo(tensor(values), device);

    /// <inheritdoc cref="From(float[], Device)"/>
    public static Tensor From(bool[] values, Device device) => MoveTo(tensor(values), device);

    /// <summary>An uninitialised tensor of floats.</summary>
    public static Tensor Empty(long[] shape, Device device) => empty(shape, ScalarType.Float32, device);

    /// <summary>A tensor of floats, all 0.</summary>
    public static Tensor Zeros(long[] shape, Device device) => zeros(shape, ScalarType.Float32, device);

    /// <summary>An uninitialised CPU tensor in memory that allows an asynchronous copy to <paramref name="device"/>.</summary>
    public static Tensor Staging(long[] shape, Device device)
    {
        var pageable = empty(shape, ScalarType.Float32);
        if (device.type != DeviceType.CUDA)
        {
            return pageable;
        }

        using (pageable)
        {
            return pageable.pin_memory();
        }
    }

    /// <summary>The values of a tensor of floats, in its logical order. Waits for a GPU.</summary>
    public static float[] ToHost(Tensor values)
    {
        using var detached = values.detach();
        using var host = detached.cpu();
        return host.data<float>().ToArray();
    }

    /// <summary>A tensor of floats for a file. The file's writer reads the values.</summary>
    public static TensorSource ToSource(string name, Tensor values) => new(name, values.shape, () => ToHost(values));

    private static Tensor MoveTo(Tensor values, Device device)
    {
        if (device.type == DeviceType.CPU)
        {
            return values;
        }

        using (values)
        {
            if (device.type != DeviceType.CUDA)
            {
                return values.to(device);
            }

            // From pageable memory the copy would wait for all that the GPU has to do. libtorch keeps the pinned block until it is read.
            using var pinned = values.pin_memory();
            return pinned.to(device, non_blocking: true);
        }
    }
}
