using System.Diagnostics;
using ServerlessFashion.Tests;

namespace ServerlessFashion.EndToEnd;

/// <summary>The lines of docs/http.md, run by a shell against a server of their own.</summary>
public sealed class HttpExamplesTests(ServedSystem system)
{
    private const string Address = "http://localhost:7071/api";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    [Fact]
    public async Task Examples_AsTheyStand_AllSucceed()
    {
        system.Require();
        Assert.SkipUnless(system.IsOurs, "The lines need a server without keys, on which nobody else starts runs.");
        Assert.SkipUnless(File.Exists("/usr/bin/curl") && File.Exists("/bin/bash"), "curl or bash is not installed.");
        using var folder = new TemporaryFolder();
        // An answer of 400 or more ends the script.
        await File.WriteAllTextAsync(folder.File(".curlrc"), "fail\nsilent\nshow-error\n", TestContext.Current.CancellationToken);
        Directory.CreateSymbolicLink(folder.File("docs"), FashionServer.Documentation);
        var page = await File.ReadAllTextAsync(
            Path.Combine(FashionServer.Documentation, "http.md"), TestContext.Current.CancellationToken);
        var examples = page[page.IndexOf("## Example", StringComparison.Ordinal)..page.IndexOf("## Rules", StringComparison.Ordinal)];
        var lines = string.Concat(examples.Split("```bash\n").Skip(1).Select(block => block.Split("```")[0]));
        Assert.Contains(Address, lines, StringComparison.Ordinal);

        var (code, output) = await RunAsync(
            folder.Path, lines.Replace(Address, system.Http.BaseAddress!.ToString().TrimEnd('/'), StringComparison.Ordinal));

        Assert.True(code == 0, output);
        Assert.True(new FileInfo(folder.File("model1.zip")).Length > 0);
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
