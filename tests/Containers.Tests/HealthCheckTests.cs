using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ServerlessFashion.Containers.Tests;

/// <summary>The health checks of the images, run against a web server of the kind that the Functions host uses.</summary>
public sealed class HealthCheckTests
{
    [Theory]
    [InlineData("api", "localhost/api/health")]
    [InlineData("trainer", "localhost/admin/host/ping")]
    public async Task HealthCheck_HealthyServer_SucceedsAndAsksTheRightRoute(string app, string expected)
    {
        SkipWithoutBash();
        var asked = new List<string>();
        await using var server = await StartAsync(request =>
        {
            asked.Add($"{request.Host}{request.Path}");
            return 200;
        });

        Assert.Equal((0, ""), await CheckAsync(app, server));
        Assert.Equal([expected], asked);
    }

    [Theory]
    [InlineData("api")]
    [InlineData("trainer")]
    public async Task HealthCheck_ServerThatIsNotReady_Fails(string app)
    {
        SkipWithoutBash();
        await using var server = await StartAsync(_ => 503);

        Assert.NotEqual(0, (await CheckAsync(app, server)).ExitCode);
    }

    [Theory]
    [InlineData("api")]
    [InlineData("trainer")]
    public async Task HealthCheck_NoServer_Fails(string app)
    {
        SkipWithoutBash();
        // A port that nobody listens on: bound, and never opened.
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        Assert.NotEqual(0, (await CheckAsync(app, ((IPEndPoint)taken.LocalEndPoint!).Port)).ExitCode);
    }

    private static Task<(int ExitCode, string Output)> CheckAsync(string app, WebApplication server) =>
        CheckAsync(app, new Uri(server.Urls.Single()).Port);

    private static Task<(int ExitCode, string Output)> CheckAsync(string app, int port)
    {
        var instruction = Assert.Single(Repository.Dockerfile(app).Final.All("HEALTHCHECK"));
        var command = Files.Instruction.Parse(instruction.Text, instruction.Line);
        Assert.Equal("CMD", command.Keyword);
        var words = command.Words.Select(word => word.Replace("/8080 ", $"/{port} ", StringComparison.Ordinal)).ToList();
        return Dotnet.RunAsync(words[0], [.. words[1..]]);
    }

    private static async Task<WebApplication> StartAsync(Func<HttpRequest, int> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        server.Run(context =>
        {
            context.Response.StatusCode = answer(context.Request);
            return Task.CompletedTask;
        });
        await server.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    private static void SkipWithoutBash() => Assert.SkipUnless(File.Exists("/bin/bash"), "/bin/bash does not exist.");
}
