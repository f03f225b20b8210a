using System.Text.Json;
using System.Text.Json.Serialization;
using ServerlessFashion.Cli.Local.Processes;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Cli.Local.Emulator;

/// <summary>The state of the emulator of a project folder. It contains the account key, so only the owner may read its file.</summary>
/// <param name="Pid">The emulator's process.</param>
/// <param name="Started">When that process started, as in <see cref="ProcessIdentity"/>.</param>
/// <param name="Port">The port on which commands sign in.</param>
/// <param name="Token">The word with which they sign in.</param>
/// <param name="ConnectionString">The storage account with its key; null until it can be used.</param>
internal sealed record EmulatorState(
    [property: JsonRequired] int Pid,
    [property: JsonRequired] string Started,
    [property: JsonRequired] int Port,
    [property: JsonRequired] string Token,
    string? ConnectionString = null)
{
    [JsonIgnore]
    public ProcessIdentity Process => new(Pid, Started);

    /// <summary>
    /// Null if the text is not complete, as the file of an emulator that died in its first moment, or if no emulator wrote it.
    /// </summary>
    public static EmulatorState? TryParse(string text)
    {
        try
        {
            var state = JsonSerializer.Deserialize<EmulatorState>(text, Json.Compact);
            return state is { Pid: > 0, Port: > 0 and <= ushort.MaxValue } ? state : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
