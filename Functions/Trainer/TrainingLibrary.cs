using System.Runtime.InteropServices;
using ServerlessFashion.Training;
using ServerlessFashion.Training.Devices;

namespace ServerlessFashion.Functions.Trainer;

/// <summary>Makes a worker without libtorch fail when it starts, not in its first training.</summary>
internal static class TrainingLibrary
{
    // TorchSharp loads them in this order. It prints a page of text on a failure, so this code loads them first.
    private static readonly string[] Natives = ["torch_cpu", "LibTorchSharp"];

    /// <summary>Loads libtorch and computes with it.</summary>
    /// <returns>The loaded build, e.g. <c>libtorch 2.10.0 (cpu): 512</c>.</returns>
    /// <exception cref="InvalidInputException">libtorch cannot be loaded.</exception>
    public static string Check()
    {
        Load(AppContext.BaseDirectory);
        return TorchLibrary.Check();
    }

    /// <summary>Loads the native libraries of a program's folder.</summary>
    /// <exception cref="InvalidInputException">
    /// A library is missing or cannot be loaded; the message contains the system's reason.
    /// </exception>
    internal static void Load(string folder)
    {
        try
        {
            foreach (var name in Natives)
            {
                NativeLibrary.Load(Path.Combine(folder, FileName(name)));
            }
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            // The last line is the system's own reason; the lines before it are advice about tools.
            var reason = e.Message.Trim().Split('\n')[^1];
            throw new InvalidInputException(
                $"trainer: libtorch does not load ({reason}); publish the trainer for this system and deploy all its files.", e);
        }
    }

    private static string FileName(string library) =>
        OperatingSystem.IsWindows() ? $"{library}.dll" : OperatingSystem.IsMacOS() ? $"lib{library}.dylib" : $"lib{library}.so";
}
