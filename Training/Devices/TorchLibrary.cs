using System.Reflection;
using TorchSharp;

namespace ServerlessFashion.Training.Devices;

/// <summary>The native library behind TorchSharp.</summary>
public static class TorchLibrary
{
    /// <summary>The <see cref="Build"/> that can use a GPU.</summary>
    internal const string CudaBuild = "cuda";

    /// <summary>The CUDA of that build.</summary>
    internal const string CudaVersion = "12.8";

    private const int Side = 8;

    /// <summary>
    /// The libtorch build of this program, <c>cpu</c> or <c>cuda</c>: the build property TorchBuild. Does not load libtorch.
    /// </summary>
    public static string Build { get; } = typeof(TorchLibrary).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(attribute => attribute.Key == "TorchBuild").Value!;

    /// <summary>Version of libtorch, e.g. <c>2.10.0.0</c>.</summary>
    public static string Version => torch.__version__;

    /// <summary>Loads libtorch and multiplies two matrices, which fails if files are missing.</summary>
    /// <returns>Version, build and the product's sum, e.g. <c>libtorch 2.10.0.0 (cpu): 512</c>.</returns>
    public static string Check()
    {
        using var ones = TensorFactory.From([.. Enumerable.Repeat(1f, Side * Side)], [Side, Side], torch.CPU);
        using var product = ones.matmul(ones);
        using var sum = product.sum();
        return $"libtorch {Version} ({Build}): {sum.item<float>()}";
    }
}
