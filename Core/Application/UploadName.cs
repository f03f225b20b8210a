using ServerlessFashion.Data;

namespace ServerlessFashion.Application;

/// <summary>The name of an uploaded file, and the data set whose champion predicts it.</summary>
public sealed record UploadName
{
    private UploadName(string file, string? dataset) => (File, Dataset) = (file, dataset);

    public string File { get; }

    /// <summary>Name of a registered data set; null for Fashion-MNIST.</summary>
    public string? Dataset { get; }

    /// <summary>The blob in container <c>incoming</c>: a file for a registered data set lies in the folder of that name.</summary>
    public string Blob => Dataset is null ? File : $"{Dataset}/{File}";

    /// <param name="dataset">Null for Fashion-MNIST.</param>
    /// <exception cref="InvalidInputException">No data set can have that name.</exception>
    public static UploadName Of(string file, string? dataset) => dataset switch
    {
        null or DatasetDescription.FashionMnistName => new UploadName(file, dataset: null),
        _ when DatasetDescription.IsName(dataset) => new UploadName(file, dataset),
        _ => throw new InvalidInputException($"dataset: expected {DatasetDescription.ExpectedName}, found '{dataset}'."),
    };
}
