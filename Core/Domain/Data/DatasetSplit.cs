namespace ServerlessFashion.Data;

/// <summary>Which images are trained on and which are the test set.</summary>
public enum DatasetSplit
{
    /// <summary>Test = images 0..9999 of the original train file; train = its images 10000..59999, then the 10,000 t10k images.</summary>
    Competition,

    /// <summary>Train = the train part of the data set, test = its test part (the original train and t10k files).</summary>
    Original,

    /// <summary>Test = a stratified share of the train part, drawn by the split's seed, of a data set without a test part.</summary>
    HeldOut,
}
