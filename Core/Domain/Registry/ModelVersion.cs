using ServerlessFashion.Data;

namespace ServerlessFashion.Registry;

/// <summary>One trained and exported model that can be served.</summary>
public sealed record ModelVersion
{
    public required string RunId { get; init; }
    public required string Model { get; init; }
    public required int Seed { get; init; }
    public required DateTimeOffset RegisteredAt { get; init; }
    public required LabelScheme Labels { get; init; }
    public required DatasetSplit Split { get; init; }
    public required int TestImages { get; init; }
    public required double ValidationAccuracy { get; init; }
    public required double TestAccuracy { get; init; }
    public required double TestMacroF1 { get; init; }
    public required long Parameters { get; init; }

    /// <summary>True when training used labels that the competition did not give.</summary>
    public required bool SideInformation { get; init; }

    /// <summary>Hex SHA-256 over the content of the four original data files.</summary>
    public required string DataSha256 { get; init; }

    /// <summary>Blob in container <c>runs</c>.</summary>
    public required string OnnxBlob { get; init; }
    public required long OnnxBytes { get; init; }
    public required string OnnxSha256 { get; init; }

    /// <summary>How people name it, and what predictions carry: <c>RUN/MODEL/seed-N</c>.</summary>
    public string Id => $"{RunId}/{Model}/seed-{Seed}";
}

/// <summary>How a promotion came about.</summary>
public enum PromotionCause
{
    /// <summary>There was no champion.</summary>
    First,

    /// <summary>By the promotion rule: a significantly better run winner.</summary>
    Rule,

    /// <summary>Somebody asked for it.</summary>
    Hand,

    /// <summary>Back to the champion before.</summary>
    RollBack,
}

/// <summary>The model that predictions are made with, and why.</summary>
/// <param name="PValue">Of McNemar's test against the champion before; null where none was made.</param>
public sealed record Champion(string RunId, string Model, int Seed, DateTimeOffset PromotedAt, PromotionCause Cause, string Reason, double? PValue)
{
    public string Id => $"{RunId}/{Model}/seed-{Seed}";
}
