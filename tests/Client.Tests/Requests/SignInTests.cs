using Azure.Core;
using Azure.Identity;
using ServerlessFashion.Client.Requests;

namespace ServerlessFashion.Client.Tests.Requests;

public sealed class SignInTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Apply_TokenWithMuchTimeLeft_IsUsedAgain()
    {
        var time = new SkippingTime();
        var credential = new FakeCredential(time.GetUtcNow().AddHours(1));
        var signIn = new SignIn("the-key", credential, "api://app/.default", time);

        var first = await ApplyAsync(signIn);
        var second = await ApplyAsync(signIn);

        Assert.Equal(("Bearer token 1", "Bearer token 1"), (Authorization(first), Authorization(second)));
        Assert.Equal(["api://app/.default"], credential.Scopes);
        // A function app may ask for its key beside the token.
        Assert.Equal("the-key", first.Headers.GetValues("x-functions-key").Single());
    }

    [Fact]
    public async Task Apply_TokenThatEndsSoon_IsReplaced()
    {
        var time = new SkippingTime();
        var signIn = new SignIn(null, new FakeCredential(time.GetUtcNow().AddMinutes(4)), "api://app/.default", time);

        await ApplyAsync(signIn);
        var second = await ApplyAsync(signIn);

        Assert.Equal("Bearer token 2", Authorization(second));
    }

    [Fact]
    public async Task Apply_NobodyIsSignedIn_NamesTheRemedy()
    {
        var signIn = new SignIn(null, new FakeCredential(null), "api://app/.default", TimeProvider.System);

        var failure = await Assert.ThrowsAsync<InvalidInputException>(() => ApplyAsync(signIn));

        Assert.Equal(
            "auth: no token of Microsoft Entra ID for api://app/.default (no credential works); sign in with az login or azd auth login.",
            failure.Message);
    }

    private static async Task<HttpRequestMessage> ApplyAsync(SignIn signIn)
    {
        var request = new HttpRequestMessage();
        await signIn.ApplyAsync(request, Cancellation);
        return request;
    }

    private static string Authorization(HttpRequestMessage request) => request.Headers.Authorization!.ToString();

    /// <summary>Numbers its tokens.</summary>
    /// <param name="expires">The end of each token; null if there is no token.</param>
    private sealed class FakeCredential(DateTimeOffset? expires) : TokenCredential
    {
        public List<string> Scopes { get; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes.AddRange(requestContext.Scopes);
            return new AccessToken(
                $"token {Scopes.Count}", expires ?? throw new CredentialUnavailableException("no credential works.\n- details"));
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
