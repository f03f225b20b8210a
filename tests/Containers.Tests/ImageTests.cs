using System.Text.RegularExpressions;
using ServerlessFashion.Containers.Tests.Files;

namespace ServerlessFashion.Containers.Tests;

/// <summary>What the finished images are: user, port, layers, labels, and nothing that does not belong there.</summary>
public sealed partial class ImageTests
{
    [Theory]
    [InlineData("api")]
    [InlineData("trainer")]
    public void Bases_EachStage_AreOverridableAndPinnedToAVersion(string app)
    {
        var file = Repository.Dockerfile(app);

        Assert.All(file.Stages, stage => Assert.Matches("^[$][{](SDK|HOST)_IMAGE[}]$", stage.From.Words[0]));
        Assert.All(file.Stages, stage => Assert.Matches("^[^:@]+:[0-9][^:]*$", stage.Image));
    }

    [Theory]
    [InlineData("api")]
    [InlineData("trainer")]
    public void Instructions_AnyBuilder_UnderstandsThem(string app)
    {
        string[] plain = ["ARG", "FROM", "WORKDIR", "COPY", "RUN", "ENV", "EXPOSE", "USER", "HEALTHCHECK", "LABEL"];

        Assert.DoesNotMatch(SyntaxDirective(), Repository.Text(app));
        Assert.All(Repository.Dockerfile(app).Instructions, instruction =>
        {
            Assert.Contains(instruction.Keyword, plain);
            Assert.DoesNotContain("<<", instruction.Text, StringComparison.Ordinal);
            var flags = instruction.Keyword == "HEALTHCHECK" ? [] : instruction.Flags;
            Assert.All(flags, flag => Assert.StartsWith("--from=", flag, StringComparison.Ordinal));
        });
    }

    [Theory]
    [InlineData("api")]
    [InlineData("trainer")]
    public void User_FinalStage_IsNumericAndNotRoot(string app)
    {
        var user = Repository.Dockerfile(app).Final.All("USER").Last().Text;

        Assert.Matches("^[1-9][0-9]*(:[1-9][0-9]*)?$", user);
    }

    [Theory]
    [InlineData("api")]
    [InlineData("trainer")]
    public void Folders_OfTheUser_AreNotThoseOfTheProgram(string app)
    {
        var final = Repository.Dockerfile(app).Final;
        var user = final.All("USER").Last().Text;

        var given = Assert.Single(final.All("RUN"), run => run.Words.Contains("chown"));
        Assert.Contains($"{user}:{user}", given.Words);
        var program = final.Environment("AzureWebJobsScriptRoot") + "/";
        var folders = given.Words.Where(word => word.StartsWith('/')).Select(word => word.TrimEnd('/') + "/");
        Assert.All(folders, folder => Assert.False(program.StartsWith(folder, StringComparison.Ordinal), folder));
        Assert.All(final.All("COPY"), copy => Assert.Null(copy.Flag("chown")));
    }

    [Theory]
    [InlineData("api")]
    [InlineData("trainer")]
    public void Port_OfServerImageAndHealthCheck_IsOneAndOpenToTheUser(string app)
    {
        var final = Repository.Dockerfile(app).Final;

        var port = Assert.Single(final.All("EXPOSE")).Text;
        Assert.Equal("8080", port);
        Assert.Equal($"http://+:{port}", final.Environment("ASPNETCORE_URLS"));
        Assert.Contains($"/dev/tcp/127.0.0.1/{port} ", Assert.Single(final.All("HEALTHCHECK")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("api")]
    [InlineData("trainer")]
    public void Layers_FinalStage_AreNativesThenCode(string app)
    {
        var final = Repository.Dockerfile(app).Final;

        var root = final.Environment("AzureWebJobsScriptRoot") + "/";
        Assert.Equal(
            [$"build /native/ {root}", $"build /app/ {root}"],
            final.All("COPY").Select(copy => $"{copy.Flag("from")} {copy.Text}"));
    }

    [Fact]
    public void LibtorchCheck_Trainer_RunsAsTheUserOnTheFinishedProgram()
    {
        var final = Repository.Dockerfile("trainer").Final;

        var check = final.Place(instruction => instruction.Keyword == "RUN" && instruction.Words.Contains("check-libtorch"));
        var program = final.Environment("AzureWebJobsScriptRoot") + "/ServerlessFashion.Functions.dll";
        Assert.Equal(["dotnet", program, "check-libtorch"], final.Instructions[check].Words.Take(3));
        Assert.EndsWith("exit 1; }", final.Instructions[check].Text, StringComparison.Ordinal);
        Assert.InRange(final.Place(instruction => instruction.Keyword == "USER"), 0, check);
        Assert.DoesNotContain(final.Instructions.Skip(check), instruction => instruction.Keyword is "COPY" or "USER" or "ENV");
    }

    [Fact]
    public void TorchArgument_Trainer_IsCpuUnlessGiven()
    {
        var build = Repository.Dockerfile("trainer").Named("build");

        var arguments = build.All("ARG").SelectMany(argument => argument.Pairs).ToDictionary();

        Assert.Equal("cpu", arguments["TORCH"]);
    }

    [Theory]
    [InlineData("api")]
    [InlineData("trainer")]
    public void ArgumentsAndEnvironment_EachStage_HoldNoSecret(string app)
    {
        var pairs = Repository.Dockerfile(app).Instructions
            .Where(instruction => instruction.Keyword is "ARG" or "ENV").SelectMany(instruction => instruction.Pairs).ToList();

        Assert.All(pairs, pair => Assert.DoesNotMatch(SecretName(), pair.Key));
        Assert.All(pairs, pair => Assert.DoesNotMatch(SecretValue(), pair.Value));
    }

    [Theory]
    [InlineData("api")]
    [InlineData("trainer")]
    public void FinalStage_Packages_AreNotInstalled(string app)
    {
        var commands = Repository.Dockerfile(app).Final.All("RUN").Select(run => run.Text).ToList();

        Assert.NotEmpty(commands);
        Assert.All(commands, command => Assert.DoesNotMatch("(apt|apt-get|tdnf|dnf|apk|pip|npm) ", command));
    }

    [Theory]
    [InlineData("api")]
    [InlineData("trainer")]
    public void Labels_FinalStage_SayWhatTheImageIs(string app)
    {
        var labels = Repository.Dockerfile(app).Final.All("LABEL").SelectMany(label => label.Pairs).ToDictionary();

        Assert.Equal("ServerlessFashion " + app, labels["org.opencontainers.image.title"]);
        Assert.Equal("MIT", labels["org.opencontainers.image.licenses"]);
        Assert.Equal("${VERSION}", labels["org.opencontainers.image.version"]);
        Assert.Equal("${REVISION}", labels["org.opencontainers.image.revision"]);
    }

    [Theory]
    [InlineData("api")]
    [InlineData("trainer")]
    public async Task Version_DefaultOfTheLabel_IsTheVersionOfTheBuild(string app)
    {
        var arguments = Repository.Dockerfile(app).Final.All("ARG").SelectMany(argument => argument.Pairs).ToDictionary();

        var (exitCode, output) = await Dotnet.RunAsync("dotnet", "msbuild", "Functions/Functions.csproj", "-getProperty:Version");

        Assert.Equal((0, arguments["VERSION"]), (exitCode, output.Trim()));
    }

    [GeneratedRegex(@"^#\s*syntax\s*=", RegexOptions.Multiline)]
    private static partial Regex SyntaxDirective();

    [GeneratedRegex("SECRET|TOKEN|PASSWORD|PASSWD|CREDENTIAL|CONNECTION|APIKEY|_KEY|SAS$", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    [GeneratedRegex("AccountKey=|SharedAccess|sig=|://[^/ ]*:[^/ ]*@|[A-Za-z0-9+/]{40,}", RegexOptions.IgnoreCase)]
    private static partial Regex SecretValue();
}
