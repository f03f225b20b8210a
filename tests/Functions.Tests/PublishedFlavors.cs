using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace ServerlessFashion.Functions.Tests;

/// <summary>
/// The two apps in Azure as they are published, in folders of their own, so that nothing of the builds beside them is touched. Where no
/// package source serves the scheduler's package they are built without it, which adds nothing but the polling for uploads.
/// </summary>
public sealed class PublishedFlavors : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fashion-test-");
    private readonly Lazy<Task<bool>> _scheduler;
    private readonly Lazy<Task<string>> _api;
    private readonly Lazy<Task<string>> _trainer;

    public PublishedFlavors()
    {
        _scheduler = new(IsSchedulerServedAsync);
        _api = new(() => PublishAsync("api"));
        _trainer = new(() => PublishAsync("trainer"));
    }

    public static string Project { get; } = Path.Combine(Root(), "Functions");

    /// <summary>The folder of the api app; it is published for the first test that asks.</summary>
    public Task<string> Api => _api.Value;

    public Task<string> Trainer => _trainer.Value;

    /// <summary>The functions of a published folder: name and type of the trigger.</summary>
    public static IReadOnlyDictionary<string, string> ReadFunctions(string published)
    {
        using var metadata = JsonDocument.Parse(File.ReadAllText(Path.Combine(published, "functions.metadata")));
        return metadata.RootElement.EnumerateArray().ToDictionary(
            function => function.GetProperty("name").GetString()!,
            function => function.GetProperty("bindings").EnumerateArray()
                .Select(binding => binding.GetProperty("type").GetString()!)
                .Single(type => type.EndsWith("Trigger", StringComparison.Ordinal)));
    }

    /// <summary>Runs a program and returns what it wrote and its exit code.</summary>
    public static async Task<(string Output, string Error, int ExitCode)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (output, await error, process.ExitCode);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<string> PublishAsync(string flavor)
    {
        var output = Path.Combine(_folder.FullName, flavor);
        var (said, _, code) = await RunAsync(
            "dotnet", "publish", Project, "--artifacts-path", Path.Combine(_folder.FullName, "artifacts"), "--output", output,
            "-p:FashionFlavor=" + flavor, "-p:DurableTaskScheduler=" + (await _scheduler.Value ? "true" : "false"),
            "--verbosity", "quiet", "-nodeReuse:false");
        Assert.True(code == 0, said);
        return output;
    }

    private async Task<bool> IsSchedulerServedAsync()
    {
        var (said, _, code) = await RunAsync(
            "dotnet", "restore", Project, "--artifacts-path", Path.Combine(_folder.FullName, "scheduler"),
            "-p:FashionFlavor=trainer", "-p:DurableTaskScheduler=true", "--verbosity", "quiet", "-nodeReuse:false");
        Assert.True(code == 0 || said.Contains("NU1101", StringComparison.Ordinal), said);
        return code == 0;
    }

    private static string Root([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", ".."));
}
