namespace ServerlessFashion.Data;

/// <summary>What an import does at the moment.</summary>
public enum ImportStage
{
    /// <summary>It counts the images and looks at their sizes.</summary>
    Counting,

    /// <summary>It decodes and checks the images.</summary>
    Reading,

    /// <summary>It stores the images.</summary>
    Storing,
}

/// <summary>How far an import is.</summary>
/// <param name="Done">Images that the stage has finished.</param>
/// <param name="Total">Images of the stage; null while they are counted.</param>
/// <param name="Remaining">The time that the stage will still take; null if it is not known yet.</param>
public sealed record ImportProgress(ImportStage Stage, long Done, long? Total, TimeSpan? Remaining);
