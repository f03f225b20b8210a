using System.Text.Json;
using System.Text.Json.Serialization;
using ServerlessFashion.Cli.Local.Processes;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Cli.Local.Emulator;

/// <summary>What the emulator of a project folder writes about itself. Whoever reads it can use its account.</summary>
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

    /// <summary>Null if the text is not complete, which the file of an emulator that died in its first moment may be.</summary>
    public static EmulatorState? TryParse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<EmulatorState>(text, Json.Compact);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
