using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Export;
using ServerlessFashion.Runs;
using ServerlessFashion.Training.Devices;

namespace ServerlessFashion.Training;

/// <summary>What a checkpoint says of itself, besides its tensors.</summary>
public sealed record CheckpointHeader
{
    /// <summary>Epochs done, counted over all phases.</summary>
    public required int Epoch { get; init; }

    /// <summary>Index of the phase that the last of them belonged to; -1 before the first epoch.</summary>
    public required int Phase { get; init; }

    /// <summary>The epoch with the best validation accuracy so far (the earliest of equals); 0 before the first.</summary>
    public required int BestEpoch { get; init; }

    public required IReadOnlyList<EpochRow> History { get; init; }
    public required int Seed { get; init; }
    public required int Threads { get; init; }
    /// <summary>The device with the settings that decide its numbers. Checkpoints that do not name it are the CPU's.</summary>
    public string Device { get; init; } = TrainingDevice.Cpu.Identity;

    public required string DataSha256 { get; init; }
    public required int TrainImages { get; init; }
    public required int ValidationImages { get; init; }
    public required ModelConfiguration Model { get; init; }

    /// <summary>Steps that the optimizer has taken in the phase.</summary>
    public required long OptimizerSteps { get; init; }

    /// <summary>Highest resident memory of the process that trained, in bytes.</summary>
    public required long PeakMemoryBytes { get; init; }

    /// <summary>The run's whole effective configuration.</summary>
    public required string RunConfigurationJson { get; init; }
}

/// <summary>
/// A checkpoint is one safetensors file: the network's weights under their own names, the optimizer's moments under
/// <c>adam.m.</c> and <c>adam.v.</c> before the weight's name, the images' losses where images are left out, and the header as JSON in the metadata.
/// </summary>
public static class CheckpointFile
{
    internal const string FirstMoment = "adam.m.";
    internal const string SecondMoment = "adam.v.";

    /// <summary>Loss of each training image when it was last trained on.</summary>
    internal const string Losses = "losses";

    /// <summary>What error messages call a checkpoint.</summary>
    internal const string Name = "checkpoint";

    private const string HeaderKey = "checkpoint";
    private const string FormatKey = "format";

    /// <summary>Changes when older checkpoints can no longer be read.</summary>
    private const string Format = "serverless-fashion-checkpoint-1";

    /// <summary>Reads the header and no tensor.</summary>
    /// <exception cref="InvalidInputException">Not a checkpoint.</exception>
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
        tensor != Losses && !tensor.StartsWith(FirstMoment, StringComparison.Ordinal) && !tensor.StartsWith(SecondMoment, StringComparison.Ordinal);

    internal static void Write(Stream destination, CheckpointHeader header, IReadOnlyList<TensorSource> tensors) =>
        SafetensorsWriter.Write(destination, new Dictionary<string, string> { [FormatKey] = Format, [HeaderKey] = JsonSerializer.Serialize(header, Json.Compact) }, tensors);

    /// <summary>
    /// Refuses a checkpoint that this training cannot go on from to the same bits: one of another training, or one from another device or
    /// other settings of it.
    /// </summary>
    internal static void RequireResumable(CheckpointHeader header, TrainingRequest request)
    {
        RequireSameTraining(header, request);
        if (request.ComputesOn.Identity != header.Device)
        {
            throw new InvalidInputException(
                $"{Name}: it was written on {header.Device}, and this process trains on {request.ComputesOn.Identity}; set "
                + $"{DeviceSettings.DeviceVariable}, {DeviceSettings.Tf32Variable} and {DeviceSettings.DeterministicVariable} as they were.");
        }
    }

    /// <summary>Refuses a checkpoint that another training wrote, and names the first difference.</summary>
    internal static void RequireSameTraining(CheckpointHeader header, TrainingRequest request)
    {
        Require("model configuration", JsonSerializer.Serialize(request.Configuration, Json.Compact), JsonSerializer.Serialize(header.Model, Json.Compact));
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
