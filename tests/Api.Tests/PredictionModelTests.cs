using System.Net;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Api.Tests;

public sealed class PredictionModelTests(AzuriteFixture azurite)
{
    private static readonly string Body = $$"""{"images": [[{{string.Join(',', Enumerable.Repeat(0, 784))}}]]}""";

    [Fact]
    public async Task Predict_NamedModel_IsUsedInsteadOfTheChampion()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddModelAsync("run", "tiny");

        var answer = await server.PostJsonAsync("predictions?model=run/tiny/seed-1", Body).JsonAsync();

        Assert.Equal("run/tiny", answer.Text("model"));
    }

    [Theory]
    [InlineData("predictions?model=run/huge", HttpStatusCode.BadRequest)]
    [InlineData("predictions", HttpStatusCode.Conflict)]
    public async Task Predict_ModelThatDoesNotExist_IsRefused(string path, HttpStatusCode expected)
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddModelAsync("run", "tiny");

        await server.PostJsonAsync(path, Body).ProblemAsync(expected);
    }
}
