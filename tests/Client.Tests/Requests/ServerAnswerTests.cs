using System.Net;
using ServerlessFashion.Client.Documents;
using ServerlessFashion.Client.Requests;

namespace ServerlessFashion.Client.Tests.Requests;

public sealed class ServerAnswerTests
{
    private const string NotUnderstood =
        "server: https://fashion.test/api gave an answer to /a that this client cannot read; it is probably no server of "
        + "ServerlessFashion, or one of another version.";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_AnswerOfANewerServer_IsNotTakenForOneOfThisVersion()
    {
        using var server = new FakeServer().AnswerJson("""{"version": 5}""");

        var failure = await Assert.ThrowsAsync<ServerException>(() => server.Connect().GetAsync<HealthDocument>("a", Cancellation));

        Assert.Equal(NotUnderstood, failure.Message);
    }

    /// <summary>An answer in JSON is no fact: each of these lacks something that the client would use.</summary>
    [Theory]
    [InlineData("""{"items": 5}""")]
    [InlineData("""{"items": null, "continuation": null}""")]
    [InlineData("""{"items": [null], "continuation": null}""")]
    [InlineData("""{"items": [{}], "continuation": null}""")]
    [InlineData("""{"items": [{"name": "m", "seed": 1, "epoch": 1}], "continuation": null}""")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("<html>")]
    public async Task Get_AnswerThatLacksSomething_IsNotTakenForAFact(string json)
    {
        using var server = new FakeServer().AnswerJson(json);

        var failure = await Assert.ThrowsAsync<ServerException>(
            () => server.Connect().GetAsync<ListDocument<MetricsDocument>>("a?top=1", Cancellation));

        Assert.Equal(NotUnderstood, failure.Message);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Get_ListThatLeadsToItself_Ends()
    {
        using var server = new FakeServer().AnswerJson("""{"items": [], "continuation": "again"}""");

        var failure = await Assert.ThrowsAsync<ServerException>(
            () => server.Connect().ReadAllAsync<MetricsDocument>("a?top=1", Cancellation));

        Assert.Equal(NotUnderstood, failure.Message);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Send_PageWhereNothingIsExpected_IsNotTakenForSuccess()
    {
        using var server = new FakeServer().Answer(HttpStatusCode.OK, "text/html", "<html>");

        var failure = await Assert.ThrowsAsync<InvalidInputException>(
            () => server.Connect().SendAsync(new ServerRequest(HttpMethod.Delete, "comparisons/a"), Cancellation));

        Assert.StartsWith("server: there is no API of ServerlessFashion at", failure.Message, StringComparison.Ordinal);
    }
}
