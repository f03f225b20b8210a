using System.Text.Json;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Cli.Tests.Verbs;

public sealed class OpenVerbTests(StorageFixture storage)
{
    private static readonly Dictionary<string, string> NoScreen = new()
    {
        ["DISPLAY"] = "",
        ["WAYLAND_DISPLAY"] = "",
        ["WSL_DISTRO_NAME"] = "",
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_LatestRun_WritesItsReportAndHandsItToTheBrowser()
    {
        using var folder = new TemporaryFolder();
        var account = await AddReportAsync();
        // The browser is a shell, which runs the page.
        File.CreateSymbolicLink(folder.File("xdg-open"), "/bin/sh");
        var environment = new Dictionary<string, string>(NoScreen)
        {
            ["DISPLAY"] = ":0",
            ["PATH"] = $"{folder.Path}:{Environment.GetEnvironmentVariable("PATH")}",
            ["FASHION_HOME"] = folder.Path,
        };

        var result = await FashionProgram.RunAsync(account, environment, "open", "--json");

        Assert.True(result.ExitCode == 0, result.Error);
        var document = JsonDocument.Parse(result.Output).RootElement;
        var page = folder.File(".fashion/reports/run/index.html");
        Assert.Equal((page, true), (document.GetProperty("page").GetString(), document.GetProperty("opened").GetBoolean()));
        Assert.Equal("opened\n", await File.ReadAllTextAsync(page + ".opened", Cancellation));
    }

    [Fact]
    public async Task Open_NoScreen_PrintsThePath()
    {
        using var folder = new TemporaryFolder();
        var environment = new Dictionary<string, string>(NoScreen) { ["FASHION_HOME"] = folder.Path };

        var result = await FashionProgram.RunAsync(await AddReportAsync(), environment, "open", "run");

        var page = folder.File(".fashion/reports/run/index.html");
        Assert.Equal((0, $"{page} (no browser found; open it yourself)"), (result.ExitCode, result.Output.TrimEnd()));
        Assert.True(File.Exists(page));
    }

    [Fact]
    public async Task Open_RunWithoutAReport_IsRefused()
    {
        var account = await storage.NewAccountAsync();
        await StoredRuns.AddAsync(account, "run", RunStatus.Cancelled, 1, "model1");

        var result = await FashionProgram.RunAsync(account, NoScreen, "open", "run");

        Assert.Equal((2, "fashion: run: run is cancelled and has no report."), (result.ExitCode, result.Error.TrimEnd()));
    }

    [Fact]
    public async Task Open_ServerWithoutARun_PrintsTheAddressOfItsDashboard()
    {
        var result = await FashionProgram.RunAsync("", NoScreen, "open", "--server", "http://127.0.0.1:7071/api");

        Assert.Equal(
            (0, "http://127.0.0.1:7071/api/dashboard (no browser found; open it yourself)"),
            (result.ExitCode, result.Output.TrimEnd()));
    }

    [Fact]
    public async Task Open_ServerWithAKey_GivesTheKeyToTheBrowserAlone()
    {
        using var folder = new TemporaryFolder();
        var browser = folder.File("xdg-open");
        await File.WriteAllTextAsync(browser, "#!/bin/sh\nprintf %s \"$1\" > \"$FASHION_HOME/opened\"\n", Cancellation);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(browser, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var environment = new Dictionary<string, string>(NoScreen)
        {
            ["DISPLAY"] = ":0",
            ["PATH"] = $"{folder.Path}:{Environment.GetEnvironmentVariable("PATH")}",
            ["FASHION_HOME"] = folder.Path,
            ["FASHION_KEY"] = "a+secret/key==",
        };

        var result = await FashionProgram.RunAsync("", environment, "open", "--server", "https://fashion.test/api", "--verbose");

        Assert.Equal((0, "https://fashion.test/api/dashboard"), (result.ExitCode, result.Output.TrimEnd()));
        Assert.Equal(
            "https://fashion.test/api/dashboard?code=a%2Bsecret%2Fkey%3D%3D",
            await File.ReadAllTextAsync(folder.File("opened"), Cancellation));
        Assert.DoesNotContain("secret", result.Output + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_ServerWithAKeyButNoScreen_SaysWhereTheKeyBelongs()
    {
        var environment = new Dictionary<string, string>(NoScreen) { ["FASHION_KEY"] = "secret" };

        var result = await FashionProgram.RunAsync("", environment, "open", "--server", "https://fashion.test/api");

        Assert.Equal(
            "https://fashion.test/api/dashboard (no browser found; open it yourself, with ?code= and the function key behind dashboard)",
            result.Output.TrimEnd());
    }

    private async Task<string> AddReportAsync()
    {
        var account = await storage.NewAccountAsync();
        await StoredRuns.AddAsync(account, "run", RunStatus.Completed, 1, "model1");
        var container = FashionStorage.Connect(account).Container(StorageNames.Runs);
        foreach (var (file, content) in new[] { ("index.html", "echo opened > \"$0.opened\""), ("report.json", "{}") })
        {
            await container.GetBlobClient(StorageNames.ReportFolder("run") + file)
                .UploadAsync(BinaryData.FromString(content), Cancellation);
        }

        return account;
    }
}
