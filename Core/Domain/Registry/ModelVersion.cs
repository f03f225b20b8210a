using System.Text.Json.Serialization;
using ServerlessFashion.Data;

namespace ServerlessFashion.Registry;

/// <summary>One trained and exported model that can be served.</summary>
public sealed record ModelVersion
{
    public required string RunId { get; init; }
    public required string Model { get; init; }
    public required int Seed { get; init; }
    public required DateTimeOffset RegisteredAt { get; init; }
    /// <summary>Name of the data set; null for Fashion-MNIST.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Dataset { get; init; }

    public required LabelScheme Labels { get; init; }
    public required DatasetSplit Split { get; init; }
    public required int TestImages { get; init; }
    public required double ValidationAccuracy { get; init; }
    public required double TestAccuracy { get; init; }
    public required double TestMacroF1 { get; init; }
    public required long Parameters { get; init; }

    /// <summary>True if training used labels that the competition did not provide.</summary>
    public required bool SideInformation { get; init; }

    /// <summary>Hex SHA-256 over the content of the data set.</summary>
    public required string DataSha256 { get; init; }

    /// <summary>Blob in container <c>runs</c>.</summary>
    public required string OnnxBlob { get; init; }
    public required long OnnxBytes { get; init; }
    public required string OnnxSha256 { get; init; }

    /// <summary>The name of the version for users and in predictions: <c>RUN/MODEL/seed-N</c>.</summary>
    public string Id => $"{RunId}/{Model}/seed-{Seed}";
}

/// <summary>The cause of a promotion.</summary>
public enum PromotionCause
{
    /// <summary>There was no champion.</summary>
    First,

    /// <summary>By the promotion rule: a significantly better run winner.</summary>
    Rule,

    /// <summary>A user requested it.</summary>
    Hand,

    /// <summary>A rollback to the previous champion.</summary>
    RollBack,
}

/// <summary>The model that predicts, with the reason for its promotion.</summary>
/// <param name="PValue">p value of McNemar's test against the previous champion; null if there was no test.</param>
public sealed record Champion(
    string RunId, string Model, int Seed, DateTimeOffset PromotedAt, PromotionCause Cause, string Reason, double? PValue)
{
    public string Id => $"{RunId}/{Model}/seed-{Seed}";
}
