using System.Net.Http;
using System.Net.Http.Headers;
using Azure.Core;
using Azure.Identity;

namespace ServerlessFashion.Client.Requests;

/// <summary>Adds the key and the token to requests. Neither is printed or logged.</summary>
/// <param name="key">Function key; null for none.</param>
/// <param name="credential">Gives tokens; null to send none.</param>
/// <param name="scope">Scope of the tokens.</param>
internal sealed class SignIn(string? key, TokenCredential? credential, string? scope, TimeProvider time)
{
    public const string KeyHeader = "x-functions-key";

    /// <summary>A token is replaced when it has less time left, because some credentials keep none.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private AccessToken? _token;

    /// <summary>What to do about a server that does not accept this sign-in.</summary>
    public string Advice => (key, credential) switch
    {
        (_, not null) => "check --scope and the roles of your account, and give a key in FASHION_KEY if the server asks for one too",
        (not null, _) => "check the key in FASHION_KEY or --key-file; az containerapp function keys list shows the keys of an app",
        _ => "give its key in FASHION_KEY or with --key-file, or sign in with --auth entra",
    };

    public async ValueTask ApplyAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        if (key is not null)
        {
            request.Headers.Add(KeyHeader, key);
        }

        if (credential is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await GetTokenAsync(credential, cancellation));
        }
    }

    private async Task<string> GetTokenAsync(TokenCredential from, CancellationToken cancellation)
    {
        if (_token is not { } token || token.ExpiresOn - time.GetUtcNow() < Margin)
        {
            try
            {
                _token = token = await from.GetTokenAsync(new TokenRequestContext([scope!]), cancellation);
            }
            catch (AuthenticationFailedException e)
            {
                throw new InvalidInputException(
                    $"auth: no token of Microsoft Entra ID for {scope} ({e.Message.Split('\n')[0].TrimEnd('.', '\r')}); sign in with "
                    + "az login or azd auth login.", e);
            }
        }

        return token.Token;
    }
}
