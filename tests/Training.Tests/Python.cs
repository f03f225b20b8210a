using System.Diagnostics;

namespace ServerlessFashion.Training.Tests;

/// <summary>The system's Python with PyTorch and torchvision: an independent reference for numbers and files.</summary>
internal static class Python
{
    private const string Executable = "/usr/bin/python3";

    private static readonly Lazy<string?> Missing = new(() =>
    {
        if (!File.Exists(Executable))
        {
            return $"{Executable} does not exist";
        }

        var (exitCode, output) = Start("-c", "import importlib.util as i; assert i.find_spec('torch') and i.find_spec('torchvision')");
        return exitCode == 0 ? null : $"{Executable} has no torch and torchvision: {output}";
    });

    /// <summary>Skips the running test where torch or torchvision is missing.</summary>
    public static void SkipWithoutTorch()
    {
        if (Missing.Value is { } reason)
        {
            Assert.Skip(reason);
        }
    }

    /// <summary>Runs <paramref name="arguments"/> and gives the output; a failure fails the test.</summary>
    public static string Run(params string[] arguments)
    {
        var (exitCode, output) = Start(arguments);
        Assert.True(exitCode == 0, output);
        return output;
    }

    private static (int ExitCode, string Output) Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Executable, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OMP_NUM_THREADS"] = "1";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
