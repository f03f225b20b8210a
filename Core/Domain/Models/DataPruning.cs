namespace ServerlessFashion.Models;

/// <summary>Leaves known images out of most epochs (InfoBatch: Qin et al. 2023, arXiv:2303.04947).</summary>
/// <param name="Share">Probability that an image with less than the mean loss is left out of an epoch, 0..1 without 1.</param>
/// <param name="WholeEpochs">Number of last epochs of the phase that use every image.</param>
public sealed record DataPruning(double Share, int WholeEpochs);
