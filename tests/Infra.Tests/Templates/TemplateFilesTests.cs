using ServerlessFashion.Infra.Tests.Compiler;

namespace ServerlessFashion.Infra.Tests.Templates;

public sealed class TemplateFilesTests
{
    public static TheoryData<string> Templates => [.. Repository.BicepFiles()];

    [Theory]
    [InlineData("build")]
    [InlineData("lint")]
    public async Task Command_OnEveryTemplate_GivesNoDiagnostic(string command)
    {
        BicepCompiler.Require();
        using var copy = new InfraCopy();

        AssertClean(await BicepCompiler.RunAsync(command, "--pattern", copy.PathOf("**/*.bicep")));
    }

    [Theory]
    [InlineData("build-params")]
    [InlineData("lint")]
    public async Task Command_OnTheParameterFile_GivesNoDiagnostic(string command)
    {
        BicepCompiler.Require();
        using var copy = new InfraCopy();

        AssertClean(await BicepCompiler.RunAsync(command, copy.PathOf("main.bicepparam")));
    }

    [Theory]
    [InlineData("**/*.bicep")]
    [InlineData("*.bicepparam")]
    public async Task Format_OnEveryFile_ChangesNothing(string pattern)
    {
        BicepCompiler.Require();
        using var copy = new InfraCopy();

        AssertClean(await BicepCompiler.RunAsync("format", "--pattern", copy.PathOf(pattern)));

        Assert.All(Repository.BicepFiles(), file =>
            Assert.Equal(Repository.Read(file), File.ReadAllText(copy.PathOf(file["infra/".Length..]))));
    }

    [Fact]
    public void BicepFiles_InInfra_IncludeMainAndModules()
    {
        Assert.Contains("infra/main.bicepparam", Repository.BicepFiles());
        Assert.Contains("infra/modules/storage.bicep", Repository.BicepFiles());
    }

    [Theory]
    [MemberData(nameof(Templates))]
    public void Template_ReadsNoKeys(string file)
    {
        var text = Repository.Read(file);

        Assert.DoesNotContain("listKeys", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("listCredentials", text, StringComparison.OrdinalIgnoreCase);
    }

    private static void AssertClean(BicepResult result) => Assert.Equal((0, ""), (result.ExitCode, result.Error));
}
