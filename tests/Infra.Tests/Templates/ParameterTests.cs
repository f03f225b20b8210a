using ServerlessFashion.Infra.Tests.Compiler;
using ServerlessFashion.Infra.Tests.Snapshots;

namespace ServerlessFashion.Infra.Tests.Templates;

/// <summary>Bad parameters, in azd's environment and in a parameter file: each gives one error that names the parameter.</summary>
public sealed class ParameterTests
{
    private const string LongName = "an-environment-name-of-more-than-forty-characters";

    [Theory]
    [InlineData("FASHION_MAX_TRAINERS", "0", "'maxTrainers'", "greater than or equal to '1'")]
    [InlineData("FASHION_MAX_TRAINERS", "51", "'maxTrainers'", "less than or equal to '50'")]
    [InlineData("FASHION_MAX_TRAINERS", "two", "\"maxTrainers\"", "'two'")]
    [InlineData("FASHION_API_CORES", "3", "'apiCores'", "1,2,4")]
    [InlineData("FASHION_MONTHLY_BUDGET", "-1", "'monthlyBudget'", "greater than or equal to '0'")]
    [InlineData("FASHION_GPU_HOURS_PER_DAY", "0", "'gpuHoursPerDay'", "greater than or equal to '1'")]
    [InlineData("FASHION_KEEP_UPLOADS_DAYS", "-1", "'keepUploadsDays'", "greater than or equal to '0'")]
    [InlineData("FASHION_PRIVATE_NETWORK", "perhaps", "\"privateNetwork\"", "'bool'")]
    public async Task Snapshot_BadVariable_NamesTheParameter(string variable, string value, string parameter, string reason)
    {
        var error = await SnapshotErrorAsync(variable, value);

        Assert.Contains(parameter, error, StringComparison.Ordinal);
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FASHION_GPU_PROFILE", "H100", "param gpuProfile", "'Consumption-GPU-NC24-A100' | 'Consumption-GPU-NC8as-T4' | 'none'")]
    [InlineData("FASHION_REGISTRY_SKU", "Free", "param registrySku", "'Basic' | 'Premium' | 'Standard'")]
    [InlineData("FASHION_STORAGE_SKU", "Premium", "param storageSku", "'Standard_LRS' | 'Standard_ZRS'")]
    [InlineData("AZURE_ENV_NAME", LongName, "param environmentName", "maximum allowable length is 40")]
    public async Task Snapshot_BadText_PointsToTheLineOfTheParameter(string variable, string value, string line, string reason)
    {
        var error = await SnapshotErrorAsync(variable, value);

        Assert.Contains($"main.bicepparam({LineOf(Repository.Read("infra/main.bicepparam"), line)},", error, StringComparison.Ordinal);
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gpuProfile", "'H100'", "BCP033", "Consumption-GPU-NC8as-T4")]
    [InlineData("maxTrainers", "0", "BCP328", "minimum allowable value is 1")]
    [InlineData("environmentName", $"'{LongName}'", "BCP332", "maximum allowable length is 40")]
    [InlineData("location", "''", "BCP333", "minimum allowable length is 1")]
    public async Task BuildParams_BadValueInAFile_PointsToItsLine(string parameter, string value, string code, string reason)
    {
        BicepCompiler.Require();
        using var copy = new InfraCopy();
        var parameters = new Dictionary<string, string>
        {
            ["environmentName"] = "'fashion'",
            ["location"] = "'swedencentral'",
            [parameter] = value,
        };
        var text = string.Join('\n', parameters.Select(pair => $"param {pair.Key} = {pair.Value}").Prepend("using 'main.bicep'"));
        await File.WriteAllTextAsync(copy.PathOf("bad.bicepparam"), text, TestContext.Current.CancellationToken);

        var result = await BicepCompiler.RunAsync("build-params", copy.PathOf("bad.bicepparam"), "--stdout");

        var error = Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains($"bad.bicepparam({LineOf(text, $"param {parameter} ")},", error, StringComparison.Ordinal);
        Assert.Contains($"Error {code}", error, StringComparison.Ordinal);
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    private static async Task<string> SnapshotErrorAsync(string variable, string value)
    {
        BicepCompiler.Require();
        using var copy = new InfraCopy();
        var result = await SnapshotCommand.RunAsync(copy, new Dictionary<string, string> { [variable] = value });
        Assert.Equal(1, result.ExitCode);
        // The compiler closes its own errors with a line that says the snapshot failed.
        return Assert.Single(
            result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => !line.StartsWith("Failed to generate", StringComparison.Ordinal));
    }

    private static int LineOf(string text, string start) =>
        text.Split('\n').Index().Single(line => line.Item.StartsWith(start, StringComparison.Ordinal)).Index + 1;
}
