using ServerlessFashion.Data;
using ServerlessFashion.Datasets;
using ServerlessFashion.Prediction.Classification;
using ServerlessFashion.Prediction.Files;
using ServerlessFashion.Prediction.Reading;
using ServerlessFashion.Predictions;
using ServerlessFashion.Storage.Registry;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Application;

/// <summary>Predicts the labels of images with a registered model.</summary>
public sealed class PredictImages(ModelLoader models, RunReferences references, RegisteredSets sets, TimeProvider time) : IPredictionService
{
    /// <summary>How a user names the champion.</summary>
    public const string Champion = ModelReference.Champion;

    /// <param name="model">A model: <c>champion</c>, <c>RUN/MODEL</c> for its best seed, or <c>RUN/MODEL/seed-N</c>.</param>
    /// <exception cref="InvalidInputException">There is no such model, or its file is gone or damaged.</exception>
    /// <exception cref="RefusedException">More than one run is meant.</exception>
    public async Task<PredictionModel> OpenAsync(string model, CancellationToken cancellation)
    {
        try
        {
            return new PredictionModel(await models.LoadAsync(await references.ExpandModelAsync(model, cancellation), cancellation));
        }
        catch (InvalidInputException)
        {
            // A set that was removed may still have its champion, so the set is looked for only now.
            await sets.RequireAsync(ModelReference.DatasetOf(model), cancellation);
            throw;
        }
    }

    /// <summary>How a user names the champion of a data set.</summary>
    /// <param name="dataset">Name of the data set; null for Fashion-MNIST.</param>
    /// <exception cref="InvalidInputException">No data set can have that name.</exception>
    public static string ChampionOf(string? dataset) => dataset is null || DatasetDescription.IsName(dataset)
        ? ModelReference.ChampionOf(dataset)
        : throw new InvalidInputException($"dataset: expected {DatasetDescription.ExpectedName}, found '{dataset}'.");

    /// <summary>The champion, for a request that names no model.</summary>
    /// <param name="dataset">Name of the data set; null for Fashion-MNIST.</param>
    /// <exception cref="InvalidInputException">No such data set is registered.</exception>
    /// <exception cref="RefusedException">
    /// There is no champion, or its file is gone or damaged: nothing is wrong with the request.
    /// </exception>
    public async Task<PredictionModel> OpenChampionAsync(string? dataset, CancellationToken cancellation)
    {
        try
        {
            return await OpenAsync(ChampionOf(dataset), cancellation);
        }
        catch (InvalidInputException e)
        {
            await sets.RequireAsync(dataset, cancellation);
            throw new RefusedException(Refusal.Conflict, e.Message);
        }
    }

    /// <summary>Runs one prediction request in a span, and measures its time.</summary>
    public Task<T> MeasureAsync<T>(Func<Task<T>> predict) => PredictionTelemetry.MeasureRequestAsync(time, predict);
}

/// <summary>A model that is ready to predict, until it is disposed.</summary>
public sealed class PredictionModel : IDisposable
{
    private readonly LoadedModel _model;

    public PredictionModel(LoadedModel model) => _model = model;

    /// <summary><c>RUN/MODEL/seed-N</c>.</summary>
    public string Id => _model.Id;

    /// <summary>The shape of the images that it takes.</summary>
    public ImageShape Images => _model.Images;

    /// <summary>Predicts all images of a file or folder, of any size, in bounded memory.</summary>
    /// <param name="csv">Gets the header <c>Id,Label,P0,...</c> and one row for each image; stays open.</param>
    /// <exception cref="InvalidInputException">The input cannot be used; what <paramref name="csv"/> got is to be thrown away.</exception>
    public Task<PredictionSummary> PredictToCsvAsync(
        PredictionInput input, PicturePreparation pictures, Stream csv, CancellationToken cancellation) =>
        _model.PredictToCsvAsync(input.Source, csv, Options(pictures), cancellation);

    /// <summary>Predicts all images of a file or folder, of any size, and writes a line for people for each of them.</summary>
    /// <exception cref="InvalidInputException">The input cannot be used.</exception>
    public Task<PredictionSummary> DescribeAsync(
        PredictionInput input, PicturePreparation pictures, Stream text, CancellationToken cancellation) =>
        _model.DescribeAsync(input.Source, text, Options(pictures), cancellation);

    /// <summary>Predicts the images of a small file or folder.</summary>
    /// <param name="most">Most images that it may hold.</param>
    /// <param name="tooMany">What is thrown if it holds more.</param>
    /// <exception cref="InvalidInputException">The input cannot be used.</exception>
    public Task<PredictedImages> PredictAllAsync(
        PredictionInput input, PicturePreparation pictures, int most, Func<Exception> tooMany, CancellationToken cancellation) =>
        _model.PredictAllAsync(input.Source, Options(pictures), most, tooMany, cancellation);

    /// <summary>Predicts the images of a small file.</summary>
    /// <param name="content">The file; the content determines its format.</param>
    /// <param name="name">Names the file in errors.</param>
    /// <inheritdoc cref="PredictAllAsync"/>
    public Task<PredictedImages> PredictFileAsync(
        Stream content, string name, PicturePreparation pictures, int most, Func<Exception> tooMany, CancellationToken cancellation) =>
        PredictAllAsync(PredictionInput.OfFile(content, name), pictures, most, tooMany, cancellation);

    /// <summary>Predicts images that are in memory.</summary>
    /// <param name="pixels">The values of the images, one after the other.</param>
    public Task<PredictedImages> PredictAsync(
        IReadOnlyList<string> ids, ReadOnlyMemory<byte> pixels, CancellationToken cancellation) =>
        _model.PredictAsync(ids, pixels, cancellation);

    /// <summary>How to turn a value that is no grey value into one: the end of a message; empty if there is no advice.</summary>
    public static string GreyRemedy(double found) => GreyValues.Remedy(found);

    /// <summary>Whether a file that begins with these bytes is read as CSV.</summary>
    public static bool IsText(ReadOnlySpan<byte> content) => ImageFile.IsText(content);

    /// <summary>Number of pixels of a picture by its header; 0 if the header cannot be read.</summary>
    public static long PixelsOfPicture(ReadOnlySpan<byte> content) => ImageFile.PixelsOfPicture(content);

    public void Dispose() => _model.Dispose();

    private static ReadOptions Options(PicturePreparation pictures) => ReadOptions.Default with { Pictures = pictures };
}
