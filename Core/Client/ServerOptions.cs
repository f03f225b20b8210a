using ServerlessFashion.Client.Requests;
using ServerlessFashion.Phrases;
using ServerlessFashion.Settings;

namespace ServerlessFashion.Client;

/// <summary>How a client signs in to a server.</summary>
public enum ServerSignIn
{
    /// <summary>With a function key, or without one where the server asks for none.</summary>
    Key,

    /// <summary>With a token of Microsoft Entra ID, and with a function key beside it if there is one.</summary>
    Entra,
}

/// <summary>The server that a client uses, and how it signs in.</summary>
public sealed record ServerOptions
{
    public const string AddressSetting = "FASHION_SERVER";
    public const string KeySetting = "FASHION_KEY";
    public const string SignInSetting = "FASHION_AUTH";
    public const string ScopeSetting = "FASHION_SCOPE";

    private static readonly Setting<string?> AddressText = Setting.Text(AddressSetting);
    private static readonly Setting<string?> KeyText = Setting.Text(KeySetting) with { IsSecret = true };
    private static readonly Setting<ServerSignIn> SignInChoice = Setting.Choice(SignInSetting, ServerSignIn.Key);
    private static readonly Setting<string?> ScopeText = Setting.Text(ScopeSetting);

    private ServerOptions(Uri address, string? key, string? scope)
    {
        Address = address;
        Key = key;
        Scope = scope;
    }

    /// <summary>The address of the API, with a slash at its end.</summary>
    public Uri Address { get; }

    /// <summary>The address as users write it.</summary>
    public string Url => ServerAddress.Describe(Address);

    /// <summary>
    /// The address of the dashboard for a browser. A browser sends no header, so the address contains the function key if there is one:
    /// hand it to the browser and print it nowhere.
    /// </summary>
    public string DashboardForBrowsers => $"{Url}/dashboard{(Key is null ? "" : $"?code={Uri.EscapeDataString(Key)}")}";

    /// <summary>The scope of the token of Microsoft Entra ID; null to send no token.</summary>
    internal string? Scope { get; }

    /// <summary>
    /// The function key; null if there is none. It leaves this process only in the header of a request and in
    /// <see cref="DashboardForBrowsers"/>.
    /// </summary>
    internal string? Key { get; }

    /// <summary>The server that the settings name; null if they name none.</summary>
    /// <exception cref="InvalidInputException">A setting or the file of the key cannot be used.</exception>
    public static ServerOptions? Read(SettingSource settings, string? keyFile)
    {
        if (settings.Get(AddressText) is not { } text)
        {
            return null;
        }

        var address = ServerAddress.Parse("server", text);
        var key = keyFile is null ? settings.Get(KeyText)?.Trim() : ReadKey(keyFile);
        var signIn = settings.Get(SignInChoice);
        var scope = signIn == ServerSignIn.Entra ? RequireScope(settings.Get(ScopeText)) : null;
        RequireEncryption(address, hasSecret: key is not null || scope is not null);
        RequireHeader(key);
        return new ServerOptions(address, key, scope);
    }

    /// <summary>A record would print its properties; the key must not be among them.</summary>
    public override string ToString() => Url;

    private static string RequireScope(string? scope) => scope ?? throw new InvalidInputException(
        $"scope: --auth entra needs the scope of the server's app registration, such as api://CLIENT-ID/.default; "
        + $"give it with --scope or {ScopeSetting}.");

    private static void RequireEncryption(Uri address, bool hasSecret)
    {
        if (hasSecret && address.Scheme == "http" && !address.IsLoopback)
        {
            throw new InvalidInputException($"server: http://{address.Host} would receive the key or token unencrypted; use https://.");
        }
    }

    private static void RequireHeader(string? key)
    {
        if (key is not null && (key.Length == 0 || key.Any(character => character is <= ' ' or > '~')))
        {
            throw new InvalidInputException("key: expected one line of printable ASCII characters without spaces.");
        }
    }

    private static string ReadKey(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"key-file: {path} cannot be read ({FileFailure.Reason(e)}).", e);
        }
    }
}
