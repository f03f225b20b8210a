using TorchSharp;

namespace ServerlessFashion.Training;

/// <summary>The native library behind TorchSharp.</summary>
public static class TorchLibrary
{
    /// <summary>Version of libtorch, e.g. <c>2.10.0</c>.</summary>
    public static string Version => torch.__version__;

    /// <summary>Loads the library and multiplies two matrices, which an incomplete image cannot do.</summary>
    /// <returns>Version, device and the product's sum, e.g. <c>libtorch 2.10.0 on cpu: 512</c>.</returns>
    public static string Check()
    {
        using var ones = torch.ones(8, 8);
        using var product = ones.matmul(ones);
        using var sum = product.sum();
        return $"libtorch {Version} on {(torch.cuda.is_available() ? "cuda" : "cpu")}: {sum.item<float>()}";
    }
}
