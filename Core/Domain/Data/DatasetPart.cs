namespace ServerlessFashion.Data;

/// <summary>A part of a registered data set. Its name in lower case is the folder of its blobs.</summary>
public enum DatasetPart
{
    /// <summary>The images that a run splits into its own parts.</summary>
    Train,

    /// <summary>The images that a run tests with.</summary>
    Test,
}
