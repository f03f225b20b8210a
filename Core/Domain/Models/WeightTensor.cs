namespace ServerlessFashion.Models;

/// <summary>One named weight outside any tensor library: its shape and its values in row-major order.</summary>
/// <param name="Shape">Sizes, outermost first; empty for a scalar.</param>
/// <param name="Values">As many as the product of <paramref name="Shape"/>.</param>
public sealed record WeightTensor(long[] Shape, float[] Values);
