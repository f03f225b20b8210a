using System.Diagnostics;
using System.Runtime.InteropServices;
using static TorchSharp.torch.backends;

namespace ServerlessFashion.Training.Devices;

/// <summary>
/// Settings of libtorch for the whole process, applied before the first tensor on a GPU. TorchSharp exposes TF32. Determinism is
/// set by methods of <c>at::Context</c>, which libtorch exports as C++ symbols on Linux.
/// </summary>
/// <remarks>
/// If no deterministic algorithm exists, libtorch warns instead of failing; the backward pass of max pooling may be such a case.
/// cuBLAS also needs CUBLAS_WORKSPACE_CONFIG in the environment of the process.
/// </remarks>
public static class CudaSettings
{
    /// <summary>
    /// Environment variable and value of cuBLAS's workspace. Without it cuBLAS may add in another order from run to run.
    /// </summary>
    public const string CublasVariable = "CUBLAS_WORKSPACE_CONFIG";
    public const string CublasWorkspace = ":4096:8";

    private const string Library = "libtorch_cpu.so";

    private delegate nint GlobalContext();

    // Member functions: the object comes first (Itanium C++ ABI).
    private delegate void SetSwitch(nint context, [MarshalAs(UnmanagedType.U1)] bool value);
    private delegate void SetTwoSwitches(
        nint context, [MarshalAs(UnmanagedType.U1)] bool value, [MarshalAs(UnmanagedType.U1)] bool warnsOnly);

    [return: MarshalAs(UnmanagedType.U1)]
    private delegate bool GetSwitch(nint context);

    internal static void Apply(DeviceSettings settings)
    {
        cuda.matmul.allow_tf32 = settings.Tf32;
        cudnn.allow_tf32 = settings.Tf32;
        if (settings.Deterministic)
        {
            SetDeterministic(true);
        }
    }

    /// <exception cref="InvalidInputException">This system's libtorch does not export the setting.</exception>
    internal static void SetDeterministic(bool deterministic)
    {
        var library = Loaded();
        var context = Function<GlobalContext>(library, "_ZN2at13globalContextEv")();
        Function<SetSwitch>(library, "_ZN2at7Context21setDeterministicCuDNNEb")(context, deterministic);
        Function<SetTwoSwitches>(library, "_ZN2at7Context26setDeterministicAlgorithmsEbb")(context, deterministic, true);

        // Filling new tensors with NaN costs a pass over memory, and nothing here reads unwritten values.
        Function<SetSwitch>(library, "_ZN2at7Context39setDeterministicFillUninitializedMemoryEb")(context, false);
    }

    internal static bool IsDeterministic()
    {
        var library = Loaded();
        var context = Function<GlobalContext>(library, "_ZN2at13globalContextEv")();
        return Function<GetSwitch>(library, "_ZNK2at7Context23deterministicAlgorithmsEv")(context)
            && Function<GetSwitch>(library, "_ZNK2at7Context18deterministicCuDNNEv")(context);
    }

    /// <summary>The handle of the library that TorchSharp has loaded.</summary>
    private static nint Loaded()
    {
        using var process = Process.GetCurrentProcess();
        var path = process.Modules.Cast<ProcessModule>().FirstOrDefault(module => module.ModuleName == Library)?.FileName;
        return path is not null && NativeLibrary.TryLoad(path, out var library) ? library : throw Missing(Library);
    }

    private static T Function<T>(nint library, string name) where T : Delegate =>
        NativeLibrary.TryGetExport(library, name, out var address)
            ? Marshal.GetDelegateForFunctionPointer<T>(address)
            : throw Missing(name);

    private static InvalidInputException Missing(string what) => new(
        $"{DeviceSettings.DeterministicVariable}: this system's libtorch has no deterministic mode ({what} is missing); set it to false.");
}
