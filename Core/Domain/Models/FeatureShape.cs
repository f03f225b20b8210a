namespace ServerlessFashion.Models;

/// <summary>Features between two layers: square maps, or a flat row when <paramref name="Side"/> is null.</summary>
public sealed record FeatureShape(int Channels, int? Side)
{
    public int Count => Channels * (Side ?? 1) * (Side ?? 1);

    /// <summary>As Keras prints it, channels last: <c>(None, 26, 26, 32)</c> or <c>(None, 64)</c>.</summary>
    public override string ToString() => Side is { } side ? $"(None, {side}, {side}, {Channels})" : $"(None, {Channels})";
}
