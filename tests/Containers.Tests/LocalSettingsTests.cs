using System.Text.Json;

namespace ServerlessFashion.Containers.Tests;

/// <summary>local.settings.sample.json, which docs/functions.md says to copy.</summary>
public sealed class LocalSettingsTests
{
    /// <summary>glibc and the loader read these when a process starts, before the host sets the values of this file.</summary>
    [Fact]
    public void Sample_Values_HaveNothingThatOnlyWorksFromTheStartOfAProcess()
    {
        using var sample = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "local.settings.sample.json")));
        var names = sample.RootElement.GetProperty("Values").EnumerateObject().Select(value => value.Name).ToList();

        Assert.Contains("AzureWebJobsStorage", names);
        Assert.DoesNotContain(names, name => name.StartsWith("MALLOC_", StringComparison.Ordinal)
            || name is "LD_PRELOAD" or "LD_LIBRARY_PATH" or "GLIBC_TUNABLES" or "OMP_WAIT_POLICY");
    }
}
