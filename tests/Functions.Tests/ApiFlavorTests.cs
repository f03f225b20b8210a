using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace ServerlessFashion.Functions.Tests;

/// <summary>What the always-warm app in Azure is made of, on the folder that is published.</summary>
public sealed class ApiFlavorTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fashion-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Publish_ApiFlavor_PredictsAndOrchestratesWithoutLibtorch()
    {
        var published = await PublishAsync("api");

        var files = Directory.EnumerateFiles(published, "*", SearchOption.AllDirectories).Select(file => Path.GetFileName(file)!).ToList();
        Assert.DoesNotContain(files, file => file.Contains("torch", StringComparison.OrdinalIgnoreCase) || file.StartsWith("libc10", StringComparison.Ordinal));
        Assert.DoesNotContain("ServerlessFashion.Training.dll", files);
        Assert.Contains(files, file => file.Contains("onnxruntime", StringComparison.OrdinalIgnoreCase));
        using var metadata = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(published, "functions.metadata"), TestContext.Current.CancellationToken));
        var functions = metadata.RootElement.EnumerateArray().Select(function => function.GetProperty("name").GetString()).ToList();
        Assert.Contains("Comparison", functions);
        Assert.Contains("PredictBlob", functions);
        Assert.DoesNotContain("TrainSlice", functions);
        Assert.DoesNotContain("EvaluateModel", functions);
    }

    /// <summary>Publishes into a folder of its own, so that nothing of the builds beside it is touched. The scheduler's package is for Azure only.</summary>
    private async Task<string> PublishAsync(string flavor)
    {
        var output = Path.Combine(_folder.FullName, flavor);
        string[] arguments =
        [
            "publish", Path.Combine(ProjectRoot(), "Functions"), "--artifacts-path", Path.Combine(_folder.FullName, "artifacts"), "--output", output,
            "-p:FashionFlavor=" + flavor, "-p:DurableTaskScheduler=false", "--verbosity", "quiet", "-nodeReuse:false",
        ];
        using var publish = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        var said = await publish.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await publish.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(publish.ExitCode == 0, said);
        return output;
    }

    private static string ProjectRoot([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", ".."));
}
