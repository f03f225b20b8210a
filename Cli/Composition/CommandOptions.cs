using System.CommandLine;
using ServerlessFashion.Cli.Options;
using ServerlessFashion.Client;
using ServerlessFashion.Devices;
using ServerlessFashion.Settings;

namespace ServerlessFashion.Cli.Composition;

/// <summary>The shared options of a command, which decide its services.</summary>
/// <param name="Storage">Connection string; null for that of the settings.</param>
/// <param name="Data">Folder with the data set; null for that of the settings.</param>
/// <param name="Device">Device of trainings; null for that of the settings.</param>
/// <param name="Json">Whether standard output carries one JSON document.</param>
/// <param name="Verbose">Whether log records are written to standard error.</param>
internal sealed record CommandOptions(string? Storage, string? Data, DeviceChoice? Device, bool Json, bool Verbose)
{
    /// <summary>The server that the command uses; null to use a storage account.</summary>
    public ServerOptions? Server { get; init; }

    /// <summary>The options that the follow-up commands of this command must repeat.</summary>
    public ConnectionText Connection { get; init; } = ConnectionText.Of(Storage, null);

    /// <exception cref="InvalidInputException">A value cannot be used.</exception>
    public static CommandOptions Of(ParseResult parse)
    {
        var options = new CommandOptions(
            OptionText.Given("storage", "a connection string", parse.GetValue(SharedOptions.Storage)),
            OptionText.DataFolder("data", parse.GetValue(SharedOptions.Data)),
            OptionText.Choice<DeviceChoice>("device", parse.GetValue(SharedOptions.Device)),
            parse.GetValue(SharedOptions.Json),
            parse.GetValue(SharedOptions.Verbose));
        var named = OptionText.Given("server", "the address of an API", parse.GetValue(SharedOptions.Server));
        var server = FindServer(parse, options, named);
        return options with
        {
            Server = server,
            Connection = ConnectionText.Of(options.Storage, named is null ? null : server!.Url) with { Server = server?.Url },
        };
    }

    /// <summary>The server of the command; null if it has none, or if its options name a storage account.</summary>
    private static ServerOptions? FindServer(ParseResult parse, CommandOptions options, string? named)
    {
        if (!parse.CommandResult.Command.Options.Contains(SharedOptions.Server))
        {
            return null;
        }

        if (named is not null && options.Storage is not null)
        {
            throw new InvalidInputException("server: a command uses a server or a storage account; leave out --server or --storage.");
        }

        var keyFile = OptionText.NamedPath("key-file", parse.GetValue(SharedOptions.KeyFile));
        var signIn = OptionText.Choice<ServerSignIn>("auth", parse.GetValue(SharedOptions.SignIn));
        var scope = OptionText.Given("scope", "a scope", parse.GetValue(SharedOptions.Scope));
        var server = options.Storage is not null ? null : ServerOptions.Read(
            SettingSource.Environment
                .With(ServerOptions.AddressSetting, named)
                .With(ServerOptions.SignInSetting, signIn?.ToString())
                .With(ServerOptions.ScopeSetting, scope),
            keyFile);
        if (server is null && (keyFile ?? signIn?.ToString() ?? scope) is not null)
        {
            throw new InvalidInputException(
                "server: --key-file, --auth and --scope sign in to a server; name it with --server or FASHION_SERVER.");
        }

        return server is null || options.Data is null
            ? server
            : throw new InvalidInputException("data: a server has its own data set; leave out --data.");
    }
}
