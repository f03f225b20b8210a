using System.Net;
using System.Net.Http.Headers;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Api.Tests;

/// <summary>What a prediction request says about its body.</summary>
public sealed class PredictionOptionsTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Predict_OtherType_IsRefused()
    {
        await using var server = await ApiServer.StartAsync(azurite);

        await SendAsync(server, "application/pdf", [1]).ProblemAsync(HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("maybe")]
    [InlineData("Never")]
    [InlineData("1")]
    [InlineData("")]
    public async Task Predict_OtherPreparation_IsRefused(string value)
    {
        await using var server = await ApiServer.StartAsync(azurite);

        var problem = await SendAsync(server, "image/png", [1], $"predictions?pictures={value}").ProblemAsync(HttpStatusCode.BadRequest);

        Assert.Equal($"pictures: expected auto, always or never, found '{value}'.", problem);
    }

    private static Task<HttpResponseMessage> SendAsync(ApiServer server, string type, byte[] body, string path = "predictions")
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return server.Http.PostAsync(path, content, TestContext.Current.CancellationToken);
    }
}
