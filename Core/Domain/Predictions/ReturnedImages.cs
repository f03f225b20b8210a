namespace ServerlessFashion.Predictions;

/// <summary>What a response to a prediction request contains of its images.</summary>
public enum ReturnedImages
{
    /// <summary>Only the predictions.</summary>
    None,

    /// <summary>Each prediction with the 28x28 grey values that the model saw.</summary>
    Pixels,
}
