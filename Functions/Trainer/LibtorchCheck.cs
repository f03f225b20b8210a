using System.Runtime.InteropServices;
using ServerlessFashion.Training;

namespace ServerlessFashion.Functions.Trainer;

/// <summary>
/// The command <c>check-libtorch</c>: tells while an image is built, and not at the first training, that libtorch does not load.
/// </summary>
public static class LibtorchCheck
{
    /// <summary>The library that TorchSharp calls; it links to all others of libtorch.</summary>
    private const string Library = "libLibTorchSharp.so";

    /// <summary>Loads libtorch and multiplies two matrices.</summary>
    /// <param name="output">Receives version and device.</param>
    /// <param name="error">Receives one line with the reason of a failure.</param>
    /// <returns>The exit code: 0, or 1 if libtorch does not load or does not compute.</returns>
    public static int Run(TextWriter output, TextWriter error)
    {
        var console = Console.Out;
        try
        {
            // TorchSharp prints a long trace of its attempts, which would hide the one line.
            Console.SetOut(TextWriter.Null);
            output.WriteLine(TorchLibrary.Check());
            return 0;
        }
#pragma warning disable CA1031 // Each failure, whatever its type, has to leave as one line.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            var reason = Reason(AppContext.BaseDirectory) ?? Lines(failure.GetBaseException().Message)[0];
            error.WriteLine($"check-libtorch: libtorch does not load: {reason}");
            return 1;
        }
        finally
        {
            Console.SetOut(console);
        }
    }

    /// <summary>What the system's loader says; TorchSharp's own message blames a missing package, whatever the cause.</summary>
    /// <param name="folder">The folder of the program.</param>
    /// <returns>One line, or null if the library loads.</returns>
    public static string? Reason(string folder)
    {
        var path = Path.Combine(folder, Library);
        if (!File.Exists(path))
        {
            return $"{path} does not exist; publish with -p:FashionFlavor=trainer.";
        }

        try
        {
            NativeLibrary.Free(NativeLibrary.Load(path));
            return null;
        }
        catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException)
        {
            // .NET puts general advice first and the loader's own words last.
            return Lines(failure.Message)[^1];
        }
    }

    private static string[] Lines(string message) =>
        message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
