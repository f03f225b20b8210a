using ServerlessFashion.Data;

namespace ServerlessFashion.Pipeline;

/// <summary>Where a run's data lies and what it is: the result of <c>PrepareData</c>.</summary>
/// <param name="DatasetPrefix">Prefix of the four original IDX.gz files in container <c>datasets</c>.</param>
/// <param name="SplitBlob">Blob in container <c>runs</c> with the chosen indices, see <see cref="SplitIndices"/>.</param>
/// <param name="Train">Image count of the training set of this run.</param>
/// <param name="Sha256">Hex SHA-256 over the uncompressed content of the four original files.</param>
public sealed record PreparedData(string DatasetPrefix, string SplitBlob, int Train, int Validation, int Test, string Sha256);

/// <summary>Which images each set holds: 0-based rows of the split's training images (train, validation) and test images.</summary>
public sealed record SplitIndices(LabelScheme Labels, DatasetSplit Split, int Seed, int[] Train, int[] Validation, int[] Test);
