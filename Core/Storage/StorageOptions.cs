using ServerlessFashion.Settings;

namespace ServerlessFashion.Storage;

/// <summary>Which storage account a process uses, and how it signs in.</summary>
/// <param name="ConnectionString">With a key, such as that of the emulator; null where an account name and an identity are used.</param>
/// <param name="AccountName">The account's name; null where a connection string is used.</param>
/// <param name="ClientId">The user-assigned identity to sign in with; null for the identity that the environment offers.</param>
/// <param name="CreatesMissing">
/// Whether the process creates missing containers and tables. The default value is true. The identity of an app in the cloud may not.
/// </param>
public sealed record StorageOptions(string? ConnectionString, string? AccountName, string? ClientId, bool CreatesMissing)
{
    /// <summary>The Functions host uses the same settings, so that it and the app share an account.</summary>
    public const string ConnectionSetting = "AzureWebJobsStorage";

    public const string AccountSetting = ConnectionSetting + "__accountName";
    public const string ClientSetting = ConnectionSetting + "__clientId";

    private static readonly Setting<string?> Connection = Setting.Text(ConnectionSetting) with { IsSecret = true };
    private static readonly Setting<string?> Account = Setting.Text(AccountSetting);
    private static readonly Setting<string?> Client = Setting.Text(ClientSetting);

    private static readonly Setting<bool> Create =
        Setting.Switch("FASHION_CREATE_STORAGE", true, "create missing containers and tables", "all exist");

    /// <exception cref="InvalidInputException">A setting cannot be used; the message names it.</exception>
    public static StorageOptions Read(SettingSource settings) =>
        new(settings.Get(Connection), settings.Get(Account), settings.Get(Client), settings.Get(Create));
}
