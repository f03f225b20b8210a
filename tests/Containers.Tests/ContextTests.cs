using System.IO.Enumeration;
using System.Text.RegularExpressions;
using ServerlessFashion.Containers.Tests.Files;

namespace ServerlessFashion.Containers.Tests;

/// <summary>What the builds copy from the repository, and what they restore from it.</summary>
public sealed partial class ContextTests
{
    [Theory]
    [InlineData("api")]
    [InlineData("trainer")]
    public void CopySources_EachStage_ExistAndPassTheIgnoreFile(string app)
    {
        foreach (var instruction in Repository.Dockerfile(app).Stages.SelectMany(ContextCopies))
        {
            foreach (var source in Sources(instruction))
            {
                var files = FilesOf(source).ToList();
                Assert.True(files.Count > 0, $"{instruction}: {source} does not exist");
                Assert.True(files.Any(Repository.IgnoreFile.LetsIn), $"{instruction}: .dockerignore keeps {source} out");
            }
        }
    }

    [Theory]
    [InlineData("Core", ".cs", ".proto", ".json", ".ttf", ".css", ".js", ".html", ".txt")]
    [InlineData("Training", ".cs")]
    [InlineData("Hosting", ".cs")]
    [InlineData("Functions", ".cs", ".json")]
    public void IgnoreFile_SourcesOfTheApps_AreLetIn(string folder, params string[] extensions)
    {
        var kept = Repository.FilesBelow(folder).Where(file => !Repository.IgnoreFile.LetsIn(file)).ToList();

        Assert.DoesNotContain(kept, file => extensions.Contains(Path.GetExtension(file)));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("local.settings.json")]
    [InlineData("Functions/local.settings.json")]
    [InlineData("Core/Domain/bin/Release/net10.0/ServerlessFashion.Domain.dll")]
    [InlineData("Functions/obj/api/project.assets.json")]
    [InlineData("build/test.sh")]
    [InlineData(".git/config")]
    [InlineData(".fashion/azurite.json")]
    [InlineData("node_modules/azurite/package.json")]
    public void IgnoreFile_PrivateOrGeneratedFile_IsKeptOut(string file)
    {
        Assert.False(Repository.IgnoreFile.LetsIn(file));
    }

    [Theory]
    [InlineData("tests")]
    [InlineData("docs")]
    [InlineData("bench")]
    [InlineData("Cli")]
    [InlineData(".github")]
    [InlineData("infra")]
    public void IgnoreFile_FolderThatNoImageNeeds_IsKeptOut(string folder)
    {
        Assert.DoesNotContain(Repository.FilesBelow(folder), Repository.IgnoreFile.LetsIn);
    }

    [Theory]
    [InlineData("api")]
    [InlineData("trainer")]
    public async Task Restore_ProjectsOfTheFlavor_AreCopiedBefore(string app)
    {
        var (projects, failure) = await Dotnet.RestoreGraphAsync("Functions/Functions.csproj", "FashionFlavor=" + app);
        var before = FilesBeforeRestore(Repository.Dockerfile(app)).ToHashSet();

        Assert.Empty(failure);
        Assert.Contains(projects, project => project.Path == "Functions/Functions.csproj");
        Assert.All(projects, project => Assert.Contains(project.Path, before));
    }

    [Theory]
    [InlineData("api")]
    [InlineData("trainer")]
    public void Restore_SharedBuildFiles_AreCopiedBefore(string app)
    {
        var before = FilesBeforeRestore(Repository.Dockerfile(app)).ToHashSet();
        string[] folders = ["", "build/", "Core/", "Functions/", .. app == "trainer" ? (string[])["Training/"] : []];
        var shared = Repository.FilesBelow("")
            .Where(file => folders.Contains(file[..(file.LastIndexOf('/') + 1)]))
            .Where(file => Path.GetExtension(file) is ".props" or ".targets" || file == "global.json").ToList();

        string[] known = ["Directory.Packages.props", "Functions/Directory.Build.props", "global.json"];
        Assert.Superset(known.ToHashSet(), shared.ToHashSet());
        Assert.All(shared, file => Assert.Contains(file, before));
    }

    [Theory]
    [InlineData("api")]
    [InlineData("trainer")]
    public void Restore_SourceCode_IsCopiedAfter(string app)
    {
        Assert.DoesNotContain(FilesBeforeRestore(Repository.Dockerfile(app)), file => file.EndsWith(".cs", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("api", "-p:FashionFlavor=api")]
    [InlineData("trainer", "-p:FashionFlavor=trainer", "-p:TorchBuild=${TORCH}")]
    public void RestoreAndPublish_Properties_AreTheSame(string app, params string[] expected)
    {
        var build = Repository.Dockerfile(app).Named("build");

        Assert.Equal([.. expected, "${MSBUILD_OPTIONS}"], Properties(build.Instructions[build.Place(IsRestore)]));
        var publish = Assert.Single(build.All("RUN"), instruction => instruction.Words.Take(2).SequenceEqual(["dotnet", "publish"]));
        Assert.Equal([.. expected, "${MSBUILD_OPTIONS}"], Properties(publish));
        Assert.Contains("--no-restore", publish.Words);
    }

    [Fact]
    public void Api_CopySources_HoldNoTraining()
    {
        var sources = Repository.Dockerfile("api").Stages.SelectMany(ContextCopies).SelectMany(Sources).ToList();

        Assert.Contains("Functions/", sources);
        Assert.DoesNotContain(sources, source => FilesOf(source).Any(file => file.StartsWith("Training/", StringComparison.Ordinal)));
    }

    /// <summary>What the stage that restores holds by then: the files that the stage before copies and keeps by name.</summary>
    private static IEnumerable<string> FilesBeforeRestore(Dockerfile file)
    {
        var build = file.Named("build");
        var before = build with { Instructions = [.. build.Instructions.Take(build.Place(IsRestore))] };
        var direct = ContextCopies(before).SelectMany(Sources).SelectMany(FilesOf);
        var otherStages = before.All("COPY").Select(copy => copy.Flag("from")).OfType<string>().Select(file.Named);
        return direct.Concat(otherStages.SelectMany(KeptFiles)).Where(Repository.IgnoreFile.LetsIn);
    }

    /// <summary>The copied files whose names the stage's search lists (<c>find -name PATTERN</c>).</summary>
    private static IEnumerable<string> KeptFiles(Stage stage)
    {
        var patterns = stage.All("RUN").SelectMany(run => NamePattern().Matches(run.Text)).Select(match => match.Groups[1].Value).ToList();
        return ContextCopies(stage).SelectMany(Sources).SelectMany(FilesOf)
            .Where(file => patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, Path.GetFileName(file), false)));
    }

    private static IEnumerable<Instruction> ContextCopies(Stage stage) => stage.All("COPY").Where(copy => copy.Flag("from") is null);

    private static IEnumerable<string> Sources(Instruction copy) => copy.Words.SkipLast(1);

    private static IEnumerable<string> FilesOf(string source) =>
        File.Exists(Path.Combine(Repository.Root, source)) ? [source]
        : Directory.Exists(Path.Combine(Repository.Root, source)) ? Repository.FilesBelow(source.TrimEnd('/'))
        : [];

    private static bool IsRestore(Instruction instruction) =>
        instruction.Keyword == "RUN" && instruction.Words.Take(2).SequenceEqual(["dotnet", "restore"]);

    private static IEnumerable<string> Properties(Instruction run) =>
        run.Words.Where(word => word.StartsWith("-p:", StringComparison.Ordinal) || word[0] == '$');

    [GeneratedRegex("-name '?([^' ]+)'?")]
    private static partial Regex NamePattern();
}
