using System.Text.Json;
using System.Text.RegularExpressions;

namespace ServerlessFashion.Api.Tests.OpenApi;

/// <summary>docs/fashion.http against the OpenAPI document.</summary>
public sealed partial class HttpFileTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "fashion.http"));

    [Fact]
    public async Task HttpFile_Requests_AreEachOperationOnce()
    {
        using var document = JsonDocument.Parse(await OpenApiDocumentTests.GenerateJsonAsync());
        var operations = document.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => (Method: operation.Name.ToUpperInvariant(), path.Name)))
            .ToList();
        var requests = Requests().Matches(Text).Select(match => (Method: match.Groups["method"].Value, Path: match.Groups["path"].Value));

        var matched = requests
            .Select(request => operations.Where(operation => operation.Method == request.Method && IsOf(request.Path, operation.Name))
                .MaxBy(operation => operation.Name.Count(letter => letter != '{')))
            .ToList();

        Assert.Equal(operations.Order(), matched.Order());
    }

    [Fact]
    public void HttpFile_Bodies_AreJson()
    {
        var bodies = Bodies().Matches(Text).Select(match => match.Value).ToList();

        Assert.Equal(4, bodies.Count);
        Assert.All(bodies, body => JsonDocument.Parse(body.Replace("{{run}}", "latest", StringComparison.Ordinal)).Dispose());
    }

    /// <summary>Whether a path has the form of a template; a template's last part may stand for several.</summary>
    private static bool IsOf(string path, string template) =>
        Regex.IsMatch(path, $"^{Parameters().Replace(template, part => part.Value == "{file}" ? ".+" : "[^/]+")}$");

    [GeneratedRegex("\\{[a-z]+\\}")]
    private static partial Regex Parameters();

    [GeneratedRegex("^(?<method>[A-Z]+) \\{\\{api\\}\\}(?<path>[^?\\s]*)", RegexOptions.Multiline)]
    private static partial Regex Requests();

    [GeneratedRegex("^\\{$.*?^\\}$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Bodies();
}
