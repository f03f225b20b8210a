using System.Diagnostics;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Api.Tests.OpenApi;

/// <summary>What Spectral, a linter of OpenAPI documents, says with its own rules <c>spectral:oas</c>.</summary>
public sealed class OpenApiLintTests
{
    private const string Linter = "node_modules/.bin/spectral";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lint_Document_HasNoFindings()
    {
        var (code, output) = await LintAsync(await OpenApiDocumentTests.GenerateJsonAsync());

        Assert.True(code == 0, output);
    }

    [Fact]
    public async Task Lint_OperationWithoutDescription_IsFound()
    {
        var (code, output) = await LintAsync("""{"openapi": "3.1.0", "info": {}, "paths": {"/a": {"get": {}}}}"""u8.ToArray());

        Assert.NotEqual(0, code);
        Assert.Contains("operation-description", output, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output)> LintAsync(byte[] document)
    {
        var linter = FindLinter();
        Assert.SkipWhen(linter is null, $"{Linter} does not exist; npm ci installs it.");
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.File("openapi.json"), document, Cancellation);
        await File.WriteAllTextAsync(folder.File("rules.yaml"), "extends: [\"spectral:oas\"]", Cancellation);
        var start = new ProcessStartInfo(
            linter!, ["lint", folder.File("openapi.json"), "--ruleset", folder.File("rules.yaml"), "--fail-severity", "hint"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.Path,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(Cancellation);
        var output = await process.StandardOutput.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, output + await errors);
    }

    private static string? FindLinter()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, Linter)))
            {
                return Path.Combine(folder, Linter);
            }
        }

        return null;
    }
}
