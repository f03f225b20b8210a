using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace ServerlessFashion.Training.Kernels;

/// <summary>Where the elements of a CPU tensor without gaps begin. libtorch owns the memory and does not move it.</summary>
internal static unsafe class TensorMemory
{
    public static float* Floats(Tensor values) => (float*)Start(values);

    public static uint* Bits(Tensor values) => (uint*)Start(values);

    private static void* Start(Tensor values)
    {
        using var detached = values.detach();
        using var flat = detached.view(-1);
        // TorchSharp gives no span of more than 2 GiB.
        using var first = flat.narrow(0, 0, 1);
        return Unsafe.AsPointer(ref MemoryMarshal.GetReference(first.bytes));
    }
}
