using System.Text.Json;
using ServerlessFashion.Data;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Export;

/// <summary>The metadata of an exported model in its ONNX file.</summary>
/// <param name="ModelId">The model's id in predictions, <c>RUN/MODEL</c> or <c>RUN/MODEL/seed-N</c>.</param>
/// <param name="RunId">The run that trained it.</param>
/// <param name="LabelNames">Names of the classes in the order of the outputs.</param>
/// <param name="DataSha256">Hex SHA-256 of the data it was trained on.</param>
public sealed record OnnxMetadata(string ModelId, string RunId, IReadOnlyList<string> LabelNames, string DataSha256)
{
    private const string FashionMnistPreprocessing = "28x28 grey, garment light on dark ground as in Fashion-MNIST, value / 255";

    private const string ModelIdKey = "model_id";
    private const string RunIdKey = "run_id";
    private const string LabelNamesKey = "label_names";
    private const string DataSha256Key = "data_sha256";
    private const string PreprocessingKey = "preprocessing";
    private const string DatasetKey = "data_set";

    /// <summary>The registered data set whose images the model takes, without its findings; null for Fashion-MNIST.</summary>
    public DatasetDescription? Dataset { get; init; }

    /// <summary>How an image becomes the input <c>images</c>, for readers of the file.</summary>
    public string Preprocessing => Dataset is { } set
        ? $"{set.Side}x{set.Side} {(set.Channels == ImageShape.Grey ? "grey" : "RGB, channels first")}, the whole picture stretched, "
            + "value / 255"
        : FashionMnistPreprocessing;

    /// <summary>The metadata entries for <see cref="OnnxModel.Write"/>; label names as a JSON array.</summary>
    public IReadOnlyDictionary<string, string> ToEntries()
    {
        var entries = new Dictionary<string, string>
        {
            [ModelIdKey] = ModelId,
            [RunIdKey] = RunId,
            [LabelNamesKey] = JsonSerializer.Serialize(LabelNames, Json.Compact),
            [DataSha256Key] = DataSha256,
            [PreprocessingKey] = Preprocessing,
        };
        if (Dataset is { } set)
        {
            entries.Add(DatasetKey, JsonSerializer.Serialize(set with { Findings = [] }, Json.Compact));
        }

        return entries;
    }

    /// <summary>Reads the entries of <see cref="ToEntries"/>.</summary>
    /// <param name="source">The file's name in error messages.</param>
    /// <exception cref="InvalidInputException">An entry is missing or the label names are not a JSON array of strings.</exception>
    public static OnnxMetadata FromEntries(IReadOnlyDictionary<string, string> entries, string source)
    {
        return new OnnxMetadata(Entry(ModelIdKey), Entry(RunIdKey), Labels(), Entry(DataSha256Key)) { Dataset = FindDataset() };

        string Entry(string key) => entries.TryGetValue(key, out var value)
            ? value
            : throw new InvalidInputException($"{source}: the model's metadata has no '{key}'; it was not exported by this program.");

        DatasetDescription? FindDataset()
        {
            try
            {
                return entries.TryGetValue(DatasetKey, out var text)
                    ? JsonSerializer.Deserialize<DatasetDescription>(text, Json.Compact)
                    : null;
            }
            catch (JsonException error)
            {
                throw new InvalidInputException($"{source}: the model's metadata '{DatasetKey}' does not describe a data set.", error);
            }
        }

        string[] Labels()
        {
            var text = Entry(LabelNamesKey);
            try
            {
                if (JsonSerializer.Deserialize<string?[]>(text, Json.Compact) is { } names
                    && Array.TrueForAll(names, name => name is not null))
                {
                    return names!;
                }
            }
            catch (JsonException)
            {
                // Told below in the same words as any other wrong value.
            }

            throw new InvalidInputException(
                $"{source}: the model's metadata '{LabelNamesKey}' should be a JSON array of strings, found '{text}'.");
        }
    }
}
