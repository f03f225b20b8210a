using System.Text.Json;
using ServerlessFashion.Data;
using ServerlessFashion.Devices;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Api;

/// <summary>Reads what a client asks of a comparison.</summary>
internal static class ComparisonOptionsReader
{
    /// <summary>The options in <paramref name="body"/> with the right types; whether their values make sense is for <see cref="Presets"/> to say.</summary>
    /// <exception cref="ProblemException">400: fields are unknown or of the wrong type; each is named.</exception>
    public static ComparisonOptions Read(JsonElement body)
    {
        var fields = new JsonFields(body);
        var options = new ComparisonOptions
        {
            Preset = fields.Text("preset"),
            Models = fields.Texts("models"),
            Labels = fields.Choice<LabelScheme>("labels"),
            Split = fields.Choice<DatasetSplit>("split"),
            Seeds = fields.WholeNumber("seeds"),
            Epochs = fields.Counts("epochs"),
            Budget = fields.Text("budget"),
            Device = fields.Choice<DeviceChoice>("device"),
        };
        fields.Complete();
        return options;
    }
}
