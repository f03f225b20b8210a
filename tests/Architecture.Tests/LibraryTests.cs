namespace ServerlessFashion.Architecture.Tests;

/// <summary>Which rooms use a library, as the compiler recorded it.</summary>
public sealed class LibraryTests
{
    /// <summary>
    /// Rooms that keep things in storage use its clients; Application streams reports from it, Hosting signs in to Application Insights,
    /// Client to servers, and the hosts tell failures of storage from others.
    /// </summary>
    [Theory]
    [InlineData(
        "Azure.", "Application", "Cli", "Client", "Datasets", "Functions", "Hosting", "Pipeline", "Prediction", "Storage", "Training")]
    [InlineData(
        "Azure.Storage", "Application", "Cli", "Datasets", "Functions", "Pipeline", "Prediction", "Storage", "Training")]
    [InlineData("Azure.Data", "Cli", "Datasets", "Functions", "Pipeline", "Prediction", "Storage")]
    [InlineData("Azure.Identity", "Client", "Storage")]
    [InlineData("Polly", "Client")]
    [InlineData("TorchSharp", "Training")]
    [InlineData("Microsoft.ML.OnnxRuntime", "Prediction")]
    [InlineData("Parquet", "Import")]
    [InlineData("SkiaSharp", "Prediction", "Reporting")]
    [InlineData("Svg.Skia", "Reporting")]
    [InlineData("Google.Protobuf", "Export")]
    [InlineData("MathNet.Numerics", "Domain")]
    [InlineData("Microsoft.AspNetCore", "Api", "Cli", "Functions")]
    [InlineData("Microsoft.DurableTask", "Functions")]
    [InlineData("OpenTelemetry", "Functions", "Hosting")]
    [InlineData("Spectre.Console", "Cli")]
    [InlineData("System.CommandLine", "Cli")]
    public void Assemblies_ThatUseALibrary_AreThoseOfItsRooms(string library, params string[] rooms)
    {
        var users = Solution.Projects.Values
            .Where(project => project.AssemblyReferences.Any(reference => reference.StartsWith(library, StringComparison.Ordinal)))
            .Select(project => project.Name)
            .Order(StringComparer.Ordinal);

        Assert.True(
            users.Except(rooms).ToList() is [],
            $"Only {string.Join(", ", rooms)} may use {library}*; {string.Join(", ", users.Except(rooms))} uses it too.");
    }
}
