using System.IO.Compression;
using System.Net;
using System.Text.Json;
using ServerlessFashion.Client.Requests;
using ServerlessFashion.Serialization;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Client.Tests;

public sealed class RemoteModelsTests
{
    private const string Champion = """
        {"id": "run/model1/seed-1", "runId": "run", "model": "model1", "seed": 1, "promotedAt": "2026-03-01T12:00:00Z", "cause": "manual",
         "reason": "", "pValue": null, "version": {"runId": "run", "model": "model1"}}
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"items": 5}""")]
    [InlineData(Champion)]
    public async Task FindChampion_AnswerThatLacksFields_IsNoChampion(string json)
    {
        using var server = new FakeServer().AnswerJson(json);

        var failure = await Assert.ThrowsAsync<ServerException>(
            () => new RemoteModels(server.Connect()).FindChampionAsync(dataset: null, Cancellation));

        Assert.StartsWith(
            "server: https://fashion.test/api gave an answer to /models/champion that this client cannot read;", failure.Message,
            StringComparison.Ordinal);
    }

    /// <summary>A misspelt name must not look like a set that only waits for its first run.</summary>
    [Theory]
    [InlineData(HttpStatusCode.NotFound, "name: no data set 'shaeps' is registered")]
    [InlineData(HttpStatusCode.OK, "model: there is no champion of shaeps yet; run `fashion compare --dataset shaeps`")]
    public async Task GetChampion_SetWithoutOne_SaysWhetherTheSetExists(HttpStatusCode set, string expected)
    {
        using var server = new FakeServer()
            .Answer(HttpStatusCode.NotFound, "application/problem+json", """{"status": 404, "detail": "There is no champion yet."}""")
            .Answer(set, set == HttpStatusCode.OK ? "application/json" : "application/problem+json", set == HttpStatusCode.OK
                ? JsonSerializer.Serialize(ShapeSet.Bars with { Name = "shaeps" }, Json.Compact)
                : """{"status": 404, "detail": "name: no data set 'shaeps' is registered; fashion data list shows all of them."}""");

        var failure = await Assert.ThrowsAnyAsync<Exception>(
            () => new RemoteModels(server.Connect()).OpenPackageAsync("champion@shaeps", Cancellation));

        Assert.StartsWith(expected, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("this is no ZIP")]
    [InlineData("")]
    public async Task OpenPackage_AnswerThatIsNoZip_IsNoModel(string content)
    {
        using var server = new FakeServer().Answer(HttpStatusCode.OK, "application/zip", content);

        var failure = await Assert.ThrowsAsync<ServerException>(
            () => new RemoteModels(server.Connect()).OpenPackageAsync("run/model1", Cancellation));

        Assert.Contains("gave an answer to /comparisons/run/models/model1/export that", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenPackage_ZipOfSomethingElse_IsNoModel()
    {
        var packed = new MemoryStream();
        await using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry("holiday.txt");
        }

        using var server = new FakeServer().Answer(HttpStatusCode.OK, "application/zip", packed.ToArray());

        await Assert.ThrowsAsync<ServerException>(
            () => new RemoteModels(server.Connect()).OpenPackageAsync("run/model1", Cancellation));
    }

    [Fact]
    public async Task OpenPackage_PageOfAProxy_IsAWrongAddress()
    {
        using var server = new FakeServer().Answer(HttpStatusCode.OK, "text/html", "<html>Sign in</html>");

        var failure = await Assert.ThrowsAsync<InvalidInputException>(
            () => new RemoteModels(server.Connect()).OpenPackageAsync("run/model1", Cancellation));

        Assert.StartsWith(
            "server: there is no API of ServerlessFashion at https://fashion.test/api", failure.Message, StringComparison.Ordinal);
    }
}
