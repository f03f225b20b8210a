using System.Diagnostics;

namespace ServerlessFashion.Tests;

/// <summary>Debian's Python with PyTorch, torchvision and onnx: an implementation independent of ours.</summary>
internal static class PythonReference
{
    private const string Interpreter = "/usr/bin/python3";

    /// <summary>Skips the running test, visibly, where Python lacks one of <paramref name="modules"/>.</summary>
    public static void Require(params string[] modules)
    {
        var reason = $"{Interpreter} with {string.Join(", ", modules)} is needed as the independent reference";
        Assert.SkipUnless(File.Exists(Interpreter), reason);
        var find = string.Join(" and ", modules.Select(module => $"importlib.util.find_spec('{module}')"));
        Assert.SkipUnless(Start("-c", $"import sys, importlib.util; sys.exit(0 if {find} else 1)").ExitCode == 0, reason);
    }

    /// <summary>Runs a script that stands beside the tests and fails the test with its output if it fails.</summary>
    public static string Run(string script, params string[] arguments)
    {
        var (exitCode, output) = Start([Path.Combine(AppContext.BaseDirectory, script), .. arguments]);
        Assert.True(exitCode == 0, output);
        return output;
    }

    /// <summary>As <see cref="Run"/> for a program in one string.</summary>
    public static string RunCode(string code, params string[] arguments)
    {
        var (exitCode, output) = Start(["-c", code, .. arguments]);
        Assert.True(exitCode == 0, output);
        return output;
    }

    private static (int ExitCode, string Output) Start(params string[] arguments)
    {
        using var process =
            Process.Start(new ProcessStartInfo(Interpreter, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
