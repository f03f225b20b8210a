using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Export;
using ServerlessFashion.Runs;
using ServerlessFashion.Serialization;
using ServerlessFashion.Training.Devices;

namespace ServerlessFashion.Training;

/// <summary>The header of a checkpoint: everything except its tensors.</summary>
internal sealed record CheckpointHeader
{
    /// <summary>Epochs done, counted over all phases.</summary>
    public required int Epoch { get; init; }

    /// <summary>Index of the phase of the last epoch; -1 before the first epoch.</summary>
    public required int Phase { get; init; }

    /// <summary>
    /// The epoch with the best validation accuracy so far (the earliest if several are equal); 0 before the first epoch.
    /// </summary>
    public required int BestEpoch { get; init; }

    public required IReadOnlyList<EpochRow> History { get; init; }
    public required int Seed { get; init; }
    public required int Threads { get; init; }
    /// <summary>The device with the settings that affect its results. Checkpoints without this field come from the CPU.</summary>
    public string Device { get; init; } = TrainingDevice.Cpu.Identity;

    public required string DataSha256 { get; init; }
    public required int TrainImages { get; init; }
    public required int ValidationImages { get; init; }
    public required ModelConfiguration Model { get; init; }

    /// <summary>Number of optimizer steps in the phase.</summary>
    public required long OptimizerSteps { get; init; }

    /// <summary>Peak resident memory of the training process, in bytes.</summary>
    public required long PeakMemoryBytes { get; init; }

    /// <summary>The complete effective configuration of the run.</summary>
    public required string RunConfigurationJson { get; init; }
}

/// <summary>
/// A checkpoint is one safetensors file: the network's weights under their own names, the optimizer's moments under <c>adam.m.</c>,
/// <c>adam.v.</c> and <c>muon.m.</c> before the weight's name, the losses of the images if the training leaves images out, and the
/// header as JSON in the metadata.
/// </summary>
internal static class CheckpointFile
{
    internal const string FirstMoment = "adam.m.";
    internal const string SecondMoment = "adam.v.";
    internal const string MuonMomentum = "muon.m.";

    /// <summary>Loss of each training image from its last training step.</summary>
    internal const string Losses = "losses";

    /// <summary>Name of a checkpoint in error messages.</summary>
    internal const string Name = "checkpoint";

    private const string HeaderKey = "checkpoint";
    private const string FormatKey = "format";

    /// <summary>The format version. It changes when older checkpoints can no longer be read.</summary>
    private const string Format = "serverless-fashion-checkpoint-1";

    /// <summary>Reads only the header.</summary>
    /// <exception cref="InvalidInputException">The file is not a checkpoint.</exception>
    public static CheckpointHeader ReadHeader(Stream checkpoint) => ReadHeader(SafetensorsReader.Open(checkpoint, Name));

    internal static CheckpointHeader ReadHeader(SafetensorsReader reader)
    {
        if (reader.Metadata.GetValueOrDefault(FormatKey) is var format && format != Format)
        {
            throw new InvalidInputException($"{Name}: expected format {Format}, found {format ?? "none"}.");
        }

        try
        {
            return JsonSerializer.Deserialize<CheckpointHeader>(reader.Metadata.GetValueOrDefault(HeaderKey) ?? "null", Json.Compact)
                ?? throw new InvalidInputException($"{Name}: the header is missing.");
        }
        catch (JsonException error)
        {
            throw new InvalidInputException($"{Name}: the header cannot be read: {error.Message}", error);
        }
    }

    internal static bool IsNetworkWeight(string tensor) =>
        tensor != Losses
        && !new[] { FirstMoment, SecondMoment, MuonMomentum }.Any(state => tensor.StartsWith(state, StringComparison.Ordinal));

    internal static void Write(Stream destination, CheckpointHeader header, IReadOnlyList<TensorSource> tensors)
    {
        var metadata = new Dictionary<string, string>
        {
            [FormatKey] = Format,
            [HeaderKey] = JsonSerializer.Serialize(header, Json.Compact),
        };
        SafetensorsWriter.Write(destination, metadata, tensors);
    }

    /// <summary>
    /// Refuses a checkpoint that this training cannot resume exactly: one of another training, of another device, or of other
    /// device settings.
    /// </summary>
    internal static void RequireResumable(CheckpointHeader header, TrainingRequest request)
    {
        RequireSameTraining(header, request);
        if (request.ComputesOn.Identity != header.Device)
        {
            throw new InvalidInputException(
                $"{Name}: it was written on {header.Device}, and this process trains on {request.ComputesOn.Identity}; set "
                + $"{DeviceSettings.DeviceVariable}, {DeviceSettings.Tf32Variable} and "
                + $"{DeviceSettings.DeterministicVariable} as they were.");
        }
    }

    /// <summary>Refuses a checkpoint of another training. The message names the first difference.</summary>
    internal static void RequireSameTraining(CheckpointHeader header, TrainingRequest request)
    {
        Require(
            "model configuration", JsonSerializer.Serialize(request.Configuration, Json.Compact),
            JsonSerializer.Serialize(header.Model, Json.Compact));
        Require("seed", Text(request.Seed), Text(header.Seed));
        Require("threads", Text(request.Threads), Text(header.Threads));
        Require("data SHA-256", request.Data.Sha256, header.DataSha256);
        Require("training images", Text(request.Data.Train.Count), Text(header.TrainImages));
        Require("validation images", Text(request.Data.Validation.Count), Text(header.ValidationImages));
        if (request.RunConfigurationJson != header.RunConfigurationJson
            && !JsonNode.DeepEquals(JsonNode.Parse(request.RunConfigurationJson), JsonNode.Parse(header.RunConfigurationJson)))
        {
            Require("run configuration", request.RunConfigurationJson, header.RunConfigurationJson);
        }
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static void Require(string field, string expected, string found)
    {
        if (expected != found)
        {
            throw new InvalidInputException($"{Name}: it belongs to another training: {field} should be {expected}, found {found}.");
        }
    }
}
