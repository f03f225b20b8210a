using TorchSharp;

namespace ServerlessFashion.Training;

/// <summary>The native library behind TorchSharp.</summary>
public static class TorchLibrary
{
    /// <summary>Version of libtorch, e.g. <c>2.10.0</c>.</summary>
    public static string Version => torch.__version__;
}
