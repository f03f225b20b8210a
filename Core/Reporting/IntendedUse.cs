using ServerlessFashion.Data;

namespace ServerlessFashion.Reporting;

/// <summary>What the models are for. Reports and model cards share the words.</summary>
internal static class IntendedUse
{
    public const string MeantFor = "Comparison of image classifiers, teaching, and trials of the pipeline.";

    /// <param name="labels">What the model predicts.</param>
    public static string NotMeantFor(ClassLabels labels) => labels.AreOfFashionMnist
        ? "Photographs of people, colour photographs, garments on busy backgrounds, or any decision about a person."
        : "Pictures of another kind than those of the data set, or any decision about a person.";

    public const string DataLicence = "Fashion-MNIST: MIT, Zalando SE";
}
