using System.CommandLine;
using ServerlessFashion.Devices;

namespace ServerlessFashion.Cli.Options;

/// <summary>Options that several verbs share.</summary>
internal static class SharedOptions
{
    private const int DefaultPort = 7071;

    public static Option<string?> Storage { get; } = new("--storage")
    {
        Description = "Connection string of the storage account (default: AzureWebJobsStorage, otherwise the Azurite emulator).",
        HelpName = "CONNECTION",
    };

    public static Option<string?> Server { get; } = new("--server")
    {
        Description = "Address of a server's API; the command then uses no storage (default: FASHION_SERVER, otherwise none).",
        HelpName = "URL",
    };

    public static Option<string?> KeyFile { get; } = new("--key-file")
    {
        Description = "File with the function key of the server (default: the key in FASHION_KEY).",
        HelpName = "FILE",
    };

    public static Option<string?> SignIn { get; } = new Option<string?>("--auth")
    {
        Description = "How to sign in to the server: key (default) or entra, with a token of Microsoft Entra ID.",
        HelpName = "A",
    }.Completing("key", "entra");

    public static Option<string?> Scope { get; } = new("--scope")
    {
        Description = "Scope of the token of Microsoft Entra ID, such as api://CLIENT-ID/.default (default: FASHION_SCOPE).",
        HelpName = "SCOPE",
    };

    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "Print one JSON document on standard output; progress goes to standard error.",
    };

    public static Option<string?> Data { get; } = new("--data")
    {
        Description = "Folder with the four IDX files of Fashion-MNIST, packed or not (default: FASHION_DATA, or found or downloaded).",
        HelpName = "DIR",
    };

    public static Option<string?> Device { get; } = new Option<string?>("--device")
    {
        Description = "Device of the trainings: auto, cpu or cuda (default: FASHION_DEVICE, otherwise auto).",
        HelpName = "D",
    }.Completing<DeviceChoice>();

    public static Option<bool> AllowRandomWeights { get; } = new("--allow-random-weights")
    {
        Description = "Start from random weights where ImageNet weights cannot be downloaded (default: the model fails).",
    };

    /// <summary>An option of every command.</summary>
    public static Option<bool> Verbose { get; } = new("--verbose")
    {
        Description = "Write log records to standard error; FASHION_LOG=LEVEL or LEVEL:FILE chooses the level and a file.",
        Recursive = true,
    };

    /// <summary>Adds the options that choose between a storage account and a server.</summary>
    public static Command WithStorageOrServer(this Command command)
    {
        foreach (var option in new Option<string?>[] { Storage, Server, KeyFile, SignIn, Scope })
        {
            command.Add(option);
        }

        return command;
    }

    /// <param name="orAnyFree">True if 0 may select any free port.</param>
    public static Option<int> Port(bool orAnyFree) => new("--port")
    {
        Description = $"Port on the loopback address{(orAnyFree ? "; 0 for any free port" : "")}.",
        HelpName = "N",
        DefaultValueFactory = _ => DefaultPort,
    };

    /// <exception cref="InvalidInputException">The number is not a valid port.</exception>
    public static int CheckPort(int port, bool orAnyFree)
    {
        var least = orAnyFree ? 0 : 1;
        return port >= least && port <= 65535
            ? port
            : throw new InvalidInputException($"port: {port} is not a number from {least} to 65535.");
    }
}
