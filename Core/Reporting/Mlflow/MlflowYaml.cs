using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ServerlessFashion.Reporting.Files;

namespace ServerlessFashion.Reporting.Mlflow;

/// <summary>Writes the small YAML documents of an MLflow store. A scalar in JSON is also one in YAML 1.2.</summary>
internal static class MlflowYaml
{
    /// <summary>YAML reads no pairs of escaped surrogates.</summary>
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReportFile File(string path, IReadOnlyDictionary<string, object?> fields)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in fields)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}: {JsonSerializer.Serialize(value, Plain)}\n");
        }

        return ReportFile.Text(path, "application/yaml", text.ToString());
    }
}
