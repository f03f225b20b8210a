using System.CommandLine;
using ServerlessFashion.Cli.Options;
using ServerlessFashion.Devices;

namespace ServerlessFashion.Cli.Composition;

/// <summary>The shared options of a command, which decide its services.</summary>
/// <param name="Storage">Connection string; null for that of the settings.</param>
/// <param name="Data">Folder with the data set; null for that of the settings.</param>
/// <param name="Device">Device of trainings; null for that of the settings.</param>
/// <param name="Json">Whether standard output carries one JSON document.</param>
/// <param name="Verbose">Whether log records are written to standard error.</param>
internal sealed record CommandOptions(string? Storage, string? Data, DeviceChoice? Device, bool Json, bool Verbose)
{
    /// <exception cref="InvalidInputException">A value cannot be used.</exception>
    public static CommandOptions Of(ParseResult parse) => new(
        OptionText.Given("storage", "a connection string", parse.GetValue(SharedOptions.Storage)),
        OptionText.DataFolder("data", parse.GetValue(SharedOptions.Data)),
        OptionText.Choice<DeviceChoice>("device", parse.GetValue(SharedOptions.Device)),
        parse.GetValue(SharedOptions.Json),
        parse.GetValue(SharedOptions.Verbose));
}
