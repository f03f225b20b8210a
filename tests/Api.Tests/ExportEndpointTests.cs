using System.IO.Compression;
using System.Net;
using ServerlessFashion.Runs;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Api.Tests;

public sealed class ExportEndpointTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("comparisons/latest/models/model1/export")]
    [InlineData("comparisons/run/models/model1/export?seed=1")]
    public async Task Get_RegisteredModel_GivesAZipWithItsCard(string path)
    {
        await using var server = await StartAsync();

        using var response = await server.Http.GetAsync(path, Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("run-model1-seed-1.zip", response.Content.Headers.ContentDisposition?.FileName);
        using var zip = new ZipArchive(await response.Content.ReadAsStreamAsync(Cancellation), ZipArchiveMode.Read);
        Assert.Equal(["model.onnx", "model.safetensors", "MODEL_CARD.md"], zip.Entries.Select(entry => entry.FullName));
        using var card = new StreamReader(await zip.Entries[2].OpenAsync(Cancellation));
        Assert.StartsWith("---\nlicense: mit\n", await card.ReadToEndAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("comparisons/run/models/model9/export", "model: run 'run' has no trained model 'model9'")]
    [InlineData("comparisons/run/models/model1/export?seed=2", "model: run/model1/seed-2 is not in the registry")]
    [InlineData("comparisons/none/models/model1/export", "run: 'none' does not exist")]
    public async Task Get_NoSuchModel_IsNotFound(string path, string detail)
    {
        await using var server = await StartAsync();

        var problem = await server.Http.GetAsync(path, Cancellation).ProblemAsync(HttpStatusCode.NotFound);

        Assert.StartsWith(detail, problem, StringComparison.Ordinal);
    }

    private async Task<ApiServer> StartAsync()
    {
        var server = await ApiServer.StartAsync(azurite);
        await server.AddRunAsync("run", RunStatus.Completed, "model1");
        await server.AddModelAsync("run", "model1");
        await StoredEvaluation.AddAsync(server.Storage, "run", "model1");
        return server;
    }
}
