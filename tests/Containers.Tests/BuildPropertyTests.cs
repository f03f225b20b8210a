using System.Text.Json;

namespace ServerlessFashion.Containers.Tests;

/// <summary>The properties that the images are built with.</summary>
public sealed class BuildPropertyTests
{
    private const string Training = "Training/Training.csproj";
    private const string Functions = "Functions/Functions.csproj";

    [Theory]
    [InlineData("libtorch-cpu-linux-x64")]
    [InlineData("libtorch-cpu-linux-x64", "TorchBuild=cpu")]
    [InlineData("libtorch-cuda-12.8-linux-x64", "TorchBuild=cuda")]
    public async Task TorchBuild_KnownValueOrNone_BringsOneLibtorch(string expected, params string[] properties)
    {
        SkipElsewhereThanLinux();

        var (projects, failure) = await Dotnet.RestoreGraphAsync(Training, properties);

        Assert.Empty(failure);
        Assert.Equal(["TorchSharp", expected], TorchPackages(projects).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("TorchBuild=rocm", Training, "TorchBuild: expected cpu or cuda, found rocm.")]
    [InlineData("TorchBuild=rocm", Functions, "TorchBuild: expected cpu or cuda, found rocm.")]
    [InlineData("FashionFlavor=web", Functions, "FashionFlavor: expected all, api or trainer, found web.")]
    [InlineData("FashionFlavor=API", Functions, "FashionFlavor: expected all, api or trainer, found API.")]
    [InlineData("DurableTaskScheduler=yes", Functions, "DurableTaskScheduler: expected true or false, found yes.")]
    [InlineData("DurableTaskScheduler=true", Functions,
        "DurableTaskScheduler: true needs FashionFlavor api or trainer; the flavor all runs on Azure Storage.")]
    public async Task Property_ValueThatCannotBeUsed_IsAnErrorOfOneLine(string property, string project, string expected)
    {
        var (_, failure) = await Dotnet.RestoreGraphAsync(project, property);

        var line = Assert.Single(failure.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Assert.EndsWith("error : " + expected, line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("trainer", "cuda", "libtorch-cuda-12.8-linux-x64")]
    [InlineData("trainer", "cpu", "libtorch-cpu-linux-x64")]
    [InlineData("all", "cuda", "libtorch-cuda-12.8-linux-x64")]
    public async Task Functions_FlavorThatTrains_PassesTorchBuildOnToTraining(string flavor, string torch, string expected)
    {
        SkipElsewhereThanLinux();

        var (projects, failure) = await Dotnet.RestoreGraphAsync(Functions, "FashionFlavor=" + flavor, "TorchBuild=" + torch);

        Assert.Empty(failure);
        Assert.Equal(["TorchSharp", expected], TorchPackages(projects).Order(StringComparer.Ordinal));
    }

    /// <summary>A restore hands every property on, whatever a reference says; a build does not, so both would disagree.</summary>
    [Fact]
    public async Task Functions_ReferenceToTraining_HandsEveryPropertyOn()
    {
        var (exitCode, output) = await Dotnet.RunAsync(
            "dotnet", "msbuild", Functions, "-getItem:ProjectReference", "-property:FashionFlavor=trainer");

        Assert.Equal(0, exitCode);
        using var document = JsonDocument.Parse(output);
        var reference = Assert.Single(
            document.RootElement.GetProperty("Items").GetProperty("ProjectReference").EnumerateArray(),
            item => item.GetProperty("Filename").GetString() == "Training");
        string[] changing = ["GlobalPropertiesToRemove", "UndefineProperties", "Properties", "AdditionalProperties", "SetConfiguration"];
        Assert.All(
            reference.EnumerateObject().Where(metadata => changing.Contains(metadata.Name)),
            // The SDK removes the property of Visual Studio's publish profiles. No build here has it.
            metadata => Assert.Equal((metadata.Name, ";WebPublishProfileFile"), (metadata.Name, metadata.Value.GetString())));
    }

    [Fact]
    public async Task Functions_FlavorApi_ReferencesNeitherTrainingNorLibtorch()
    {
        var (projects, failure) = await Dotnet.RestoreGraphAsync(Functions, "FashionFlavor=api");

        Assert.Empty(failure);
        Assert.Contains(projects, project => project.Path == Functions);
        Assert.DoesNotContain(projects, project => project.Path.StartsWith("Training/", StringComparison.Ordinal));
        Assert.Empty(TorchPackages(projects));
    }

    private static IEnumerable<string> TorchPackages(IEnumerable<RestoredProject> projects) => projects
        .SelectMany(project => project.Packages).Where(package => package.Contains("torch", StringComparison.OrdinalIgnoreCase)).Distinct();

    private static void SkipElsewhereThanLinux() => Assert.SkipUnless(
        OperatingSystem.IsLinux(), "The packages of libtorch are named by system; the images are built on Linux.");
}
