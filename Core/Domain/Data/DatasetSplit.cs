namespace ServerlessFashion.Data;

/// <summary>Which images are trained on and which are the test set.</summary>
public enum DatasetSplit
{
    /// <summary>Test = images 0..9999 of the original train file; train = its images 10000..59999, then the 10,000 t10k images.</summary>
    Competition,

    /// <summary>Train = the original train file, test = the original t10k file.</summary>
    Original,
}
