namespace ServerlessFashion.Client.Requests;

/// <summary>Reads the address of a server's API.</summary>
internal static class ServerAddress
{
    private const string Api = "/api";

    /// <summary>The address with a slash at its end. An address without a path gets <c>/api</c>.</summary>
    /// <param name="name">Names the option or setting in errors.</param>
    /// <exception cref="InvalidInputException">It is no address of an API. The message never repeats a key.</exception>
    public static Uri Parse(string name, string text)
    {
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new InvalidInputException(
                $"{name}: expected an address such as https://HOST/api or http://127.0.0.1:7071/api, found '{WithoutSecrets(text)}'.");
        }

        if (address.Query.Length > 0 || address.Fragment.Length > 0 || address.UserInfo.Length > 0)
        {
            throw new InvalidInputException(
                $"{name}: expected an address without a user, '?' and '#'; give the key in FASHION_KEY or with --key-file.");
        }

        var path = address.AbsolutePath.TrimEnd('/');
        return new UriBuilder(address) { Path = (path.Length == 0 ? Api : path) + "/" }.Uri;
    }

    /// <summary>The address as users write it, without the slash at its end.</summary>
    public static string Describe(Uri address) => address.AbsoluteUri.TrimEnd('/');

    /// <summary>What stands before the first character behind which a key may stand.</summary>
    private static string WithoutSecrets(string text)
    {
        var end = text.IndexOfAny(['?', '#', '@']);
        return end < 0 ? text : text[..end] + "...";
    }
}
