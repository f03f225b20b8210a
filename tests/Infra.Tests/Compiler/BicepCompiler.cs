using System.Diagnostics;

namespace ServerlessFashion.Infra.Tests.Compiler;

/// <summary>Result of one call of the compiler. Diagnostics are on <paramref name="Error"/>.</summary>
internal sealed record BicepResult(int ExitCode, string Output, string Error);

/// <summary>The Bicep compiler of the NuGet package that <c>build/Bicep</c> restores.</summary>
internal static class BicepCompiler
{
    /// <summary>Variables of a developer's own azd environment must not change a test.</summary>
    private static readonly string[] Prefixes = ["AZURE_", "FASHION_", "SERVICE_"];

    private static readonly string PathFile = Path.Combine(AppContext.BaseDirectory, "bicep.path");

    /// <summary>
    /// Skips the current test where the compiler's package could not be restored. With <c>REQUIRE_PACKAGES=1</c> the test fails.
    /// </summary>
    public static void Require()
    {
        if (File.Exists(PathFile) && File.Exists(ExecutablePath()))
        {
            return;
        }

        const string missing =
            "No package source of this machine serves Azure.Bicep.CommandLine for this system (REQUIRE_PACKAGES=1 makes that a failure).";
        Assert.SkipUnless(Environment.GetEnvironmentVariable("REQUIRE_PACKAGES") == "1", missing);
        Assert.Fail(missing);
    }

    public static Task<BicepResult> RunAsync(params string[] arguments) =>
        RunAsync(arguments, new Dictionary<string, string>());

    /// <param name="environment">Replaces the variables that <c>main.bicepparam</c> reads.</param>
    public static async Task<BicepResult> RunAsync(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        Require();
        var start = new ProcessStartInfo(ExecutablePath(), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(IsDeploymentSetting).ToList())
        {
            start.Environment.Remove(name);
        }

        // The compiler ends at once where the system has no ICU library.
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var cancellation = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return new BicepResult(process.ExitCode, await output, await error);
    }

    private static string ExecutablePath() =>
        Path.GetFullPath(File.ReadAllText(PathFile).Trim().Replace('\\', Path.DirectorySeparatorChar));

    private static bool IsDeploymentSetting(string name) =>
        Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
}
