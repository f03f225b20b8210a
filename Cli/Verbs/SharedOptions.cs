using System.CommandLine;
using ServerlessFashion.Devices;
using ServerlessFashion.Training.Devices;

namespace ServerlessFashion.Cli.Verbs;

/// <summary>Options that several verbs share.</summary>
internal static class SharedOptions
{
    private const int DefaultPort = 7071;

    public static Option<string?> Storage() => new("--storage")
    {
        Description = "Connection string of the storage account (default: AzureWebJobsStorage, otherwise the Azurite emulator).",
        HelpName = "CONNECTION",
    };

    public static Option<bool> Json() => new("--json")
    {
        Description = "Print one JSON document on standard output; progress goes to standard error.",
    };

    public static Option<string?> Data() => new("--data")
    {
        Description = "Folder with the four original IDX.gz files of Fashion-MNIST.",
        HelpName = "DIR",
    };

    public static Option<string?> Device() => new("--device")
    {
        Description = $"Device of the trainings: auto, cpu or cuda (default: {DeviceSettings.DeviceVariable}, otherwise auto).",
        HelpName = "D",
    };

    public static DeviceChoice? DeviceOf(string? text) => OptionText.Choice<DeviceChoice>("device", text);

    /// <param name="orAnyFree">True if 0 may select any free port.</param>
    public static Option<int> Port(bool orAnyFree) => new("--port")
    {
        Description = $"Port on the loopback address (default: {DefaultPort}{(orAnyFree ? "; 0: any free port" : "")}).",
        HelpName = "N",
        DefaultValueFactory = _ => DefaultPort,
    };

    /// <exception cref="InvalidInputException">The number is not a valid port.</exception>
    public static void CheckPort(int port, bool orAnyFree)
    {
        var least = orAnyFree ? 0 : 1;
        if (port < least || port > 65535)
        {
            throw new InvalidInputException($"port: {port} is not a number from {least} to 65535.");
        }
    }
}
