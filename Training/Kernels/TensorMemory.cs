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
        return Unsafe.AsPointer(ref MemoryMarshal.GetReference(detached.bytes));
    }
}
