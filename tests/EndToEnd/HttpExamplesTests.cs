using System.Diagnostics;
using ServerlessFashion.Tests;

namespace ServerlessFashion.EndToEnd;

/// <summary>The lines with curl in the documentation, run by a shell against a server of their own.</summary>
public sealed class HttpExamplesTests(ServedSystem system)
{
    private const string Address = "http://localhost:7071/api";

    /// <summary>Sets the variable to the id of a run, where the answer has one at its beginning.</summary>
    private const string RememberId = """found=$(sed -n 's/^  "id": "\(.*\)",$/\1/p' answer | head -n 1); id=${found:-$id}""";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    [Fact]
    public async Task Examples_AsTheyStand_AllSucceed()
    {
        using var folder = await PrepareAsync();
        Directory.CreateSymbolicLink(folder.File("docs"), FashionServer.Documentation);
        var page = await File.ReadAllTextAsync(
            Path.Combine(FashionServer.Documentation, "http.md"), TestContext.Current.CancellationToken);
        var examples = page[page.IndexOf("## Example", StringComparison.Ordinal)..page.IndexOf("## Rules", StringComparison.Ordinal)];
        var lines = string.Concat(examples.Split("```bash\n").Skip(1).Select(block => block.Split("```")[0]));
        Assert.Contains(Address, lines, StringComparison.Ordinal);

        var (code, output) = await RunAsync(folder.Path, lines.Replace(Address, Server, StringComparison.Ordinal));

        Assert.True(code == 0, output);
        Assert.True(new FileInfo(folder.File("model1.zip")).Length > 0);
    }

    /// <summary>
    /// The lines of the other pages, with our server in the place of the app in Azure. An ID stands for "the id in the response above", and
    /// the page whose address <c>echo</c> prints is fetched.
    /// </summary>
    [Theory]
    [InlineData("../README.md", "/comparisons", "/dashboard?code=")]
    [InlineData("azure.md", "/health", "/comparisons", "/comparisons/ID", "/dashboard?code=")]
    [InlineData("functions.md", "/comparisons")]
    public async Task Lines_OfAPageAboutAzure_Succeed(string page, params string[] paths)
    {
        using var folder = await PrepareAsync();
        var text = await File.ReadAllTextAsync(Path.Combine(FashionServer.Documentation, page), TestContext.Current.CancellationToken);
        var lines = text.Split('\n').Where(line => line.StartsWith("curl ", StringComparison.Ordinal)
            || line.StartsWith("echo \"$SERVICE_API_URI", StringComparison.Ordinal)).ToList();
        Assert.Equal(paths.Length, lines.Count);
        Assert.All(paths.Zip(lines), pair => Assert.Contains($"/api{pair.First}", pair.Second, StringComparison.Ordinal));

        var script = string.Concat(lines.Select(line => $"{Adapt(line)} >answer || exit\ncat answer\n{RememberId}\n"));
        var (code, output) = await RunAsync(
            folder.Path,
            $"""
            SERVICE_API_URI={Server[..^"/api".Length]} key=none
            {script}
            curl -X POST {Server}/comparisons/$id/cancel
            until curl {Server}/comparisons/$id | grep '"status": "cancelled"'; do sleep 1; done
            """);

        Assert.True(code == 0, output);
    }

    private string Server => system.Http.BaseAddress!.ToString().TrimEnd('/');

    private string Adapt(string line) => line
        .Replace("echo ", "curl ", StringComparison.Ordinal)
        .Replace("/ID\"", "/$id\"", StringComparison.Ordinal)
        .Replace("http://127.0.0.1:7071/api", Server, StringComparison.Ordinal)
        .Split("    #")[0];

    /// <summary>A folder in which curl is silent, and in which an answer of 400 or more ends the script.</summary>
    private async Task<TemporaryFolder> PrepareAsync()
    {
        system.Require();
        Assert.SkipUnless(system.IsOurs, "The lines need a server without keys, on which nobody else starts runs.");
        Assert.SkipUnless(File.Exists("/usr/bin/curl") && File.Exists("/bin/bash"), "curl or bash is not installed.");
        var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File(".curlrc"), "fail\nsilent\nshow-error\n", TestContext.Current.CancellationToken);
        return folder;
    }

    private static async Task<(int Code, string Output)> RunAsync(string folder, string script)
    {
        var start = new ProcessStartInfo("/bin/bash", ["-eo", "pipefail", "-c", script])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["CURL_HOME"] = folder;
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(Limit);
        using var process = Process.Start(start)!;
        try
        {
            var errors = process.StandardError.ReadToEndAsync(late.Token);
            var output = await process.StandardOutput.ReadToEndAsync(late.Token);
            await process.WaitForExitAsync(late.Token);
            return (process.ExitCode, output + await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
