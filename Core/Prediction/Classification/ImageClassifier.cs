using System.Buffers;
using System.Runtime.Intrinsics;
using Microsoft.ML.OnnxRuntime;
using ServerlessFashion.Data;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Export;
using ServerlessFashion.Predictions;

namespace ServerlessFashion.Prediction.Classification;

/// <summary>
/// A loaded model that classifies images on all CPU cores with ONNX Runtime. It is thread-safe. Dispose it when no thread uses
/// it any more.
/// </summary>
public sealed class ImageClassifier : IImageClassifier, IDisposable
{
    /// <summary>
    /// Images in one call of the runtime. The values of all layers for so few images stay in the processor's caches. Cancellation
    /// is checked between calls.
    /// </summary>
    private const int RunSize = 32;

    private static readonly string[] InputNames = [OnnxModel.Input];

    private readonly InferenceSession _session;
    private readonly string[] _outputNames;
    private bool _disposed;

    private ImageClassifier(InferenceSession session, OnnxMetadata metadata)
    {
        _session = session;
        Metadata = metadata;
        Images = ShapeOf(metadata);
        _outputNames = NamesGarments(session)
            ? [OnnxModel.Logits, OnnxModel.Probabilities, OnnxModel.Garments]
            : [OnnxModel.Logits, OnnxModel.Probabilities];
    }

    /// <summary>The model's id and the names of its labels.</summary>
    public OnnxMetadata Metadata { get; }

    public string ModelId => Metadata.ModelId;

    public IReadOnlyList<string> LabelNames => Metadata.LabelNames;

    public DatasetDescription? Dataset => Metadata.Dataset;

    private ImageShape Images { get; }

    /// <summary>Loads the ONNX file at <paramref name="path"/>.</summary>
    /// <exception cref="InvalidInputException">The file was not written by <see cref="OnnxModel.Write"/>.</exception>
    public static ImageClassifier Load(string path) => Load(File.ReadAllBytes(path), path);

    /// <summary>Loads the bytes of an ONNX file.</summary>
    /// <param name="model">The output of <see cref="OnnxModel.Write"/>.</param>
    /// <param name="source">The model's name in error messages.</param>
    /// <exception cref="InvalidInputException">The bytes were not written by <see cref="OnnxModel.Write"/>.</exception>
    public static ImageClassifier Load(byte[] model, string source = "model.onnx")
    {
        var session = Open(model, source);
        try
        {
            var metadata = OnnxMetadata.FromEntries(session.ModelMetadata.CustomMetadataMap, source);
            CheckShape(session.InputMetadata, OnnxModel.Input, [-1, .. ChannelsFirst(ShapeOf(metadata))], source);
            CheckShape(session.OutputMetadata, OnnxModel.Logits, [-1, metadata.LabelNames.Count], source);
            CheckShape(session.OutputMetadata, OnnxModel.Probabilities, [-1, metadata.LabelNames.Count], source);
            if (NamesGarments(session))
            {
                CheckShape(session.OutputMetadata, OnnxModel.Garments, [-1, ClassLabels.Garments.Count], source);
            }

            return new ImageClassifier(session, metadata);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Classifies <paramref name="count"/> images; more than 32 images use all cores.</summary>
    /// <param name="pixels">
    /// Raw values of the images one after the other, the channels of a pixel side by side: for Fashion-MNIST count x 784 grey values,
    /// light garment on a dark background.
    /// </param>
    /// <param name="count">Number of images in <paramref name="pixels"/>.</param>
    /// <param name="cancellation">Checked between runs of 32 images.</param>
    /// <returns>One result per image, in order.</returns>
    public ImagePredictions Classify(ReadOnlyMemory<byte> pixels, int count, CancellationToken cancellation = default)
    {
        // The runtime would read memory that is no longer its own.
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfNotEqual(pixels.Length, count * Images.Bytes, nameof(pixels));
        cancellation.ThrowIfCancellationRequested();
        var predictions = new ImagePredictions(new int[count], new float[count * LabelNames.Count], LabelNames.Count)
        {
            Garments = NamesGarments(_session) ? new GarmentPrediction[count] : null,
        };
        if (count <= RunSize)
        {
            Run(pixels.Span, predictions, 0);
            return predictions;
        }

        Parallel.For(0, (count + RunSize - 1) / RunSize, new ParallelOptions { CancellationToken = cancellation }, run =>
        {
            var start = run * RunSize;
            var images = Math.Min(RunSize, count - start);
            Run(pixels.Span.Slice(start * Images.Bytes, images * Images.Bytes), predictions, start);
        });
        return predictions;
    }

    public Task<ImagePredictions> ClassifyAsync(ReadOnlyMemory<byte> pixels, int count, CancellationToken cancellation) =>
        Task.Run(() => Classify(pixels, count, cancellation), CancellationToken.None);

    public void Dispose()
    {
        _disposed = true;
        _session.Dispose();
    }

    private static InferenceSession Open(byte[] model, string source)
    {
        OnnxRuntimeTelemetry.Disable();
        try
        {
            using var options = new SessionOptions();

            // A run stays on one thread, and as many runs as there are cores go on side by side: runs that share their work
            // among threads wait for each other at every layer.
            options.IntraOpNumThreads = 1;
            return new InferenceSession(model, options);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InvalidInputException($"{source}: not an ONNX model that can be run: {exception.Message}", exception);
        }
    }

    /// <summary>The ten garments are an output of their own where the labels are others.</summary>
    private static bool NamesGarments(InferenceSession session) => session.OutputMetadata.ContainsKey(OnnxModel.Garments);

    private static void CheckShape(IReadOnlyDictionary<string, NodeMetadata> values, string name, int[] shape, string source)
    {
        var found = values.TryGetValue(name, out var value) ? $"[{string.Join(", ", value.Dimensions)}]" : "none";
        var expected = $"[{string.Join(", ", shape)}]";
        if (found != expected)
        {
            throw new InvalidInputException($"{source}: the model should have '{name}' of shape {expected}, found {found}.");
        }
    }

    private static ImageShape ShapeOf(OnnxMetadata metadata) =>
        metadata.Dataset is { } set ? new ImageShape(set.Side, set.Channels) : ImageShape.FashionMnist;

    /// <summary>The shape of one image as the model takes it.</summary>
    private static int[] ChannelsFirst(ImageShape images) => [images.Channels, images.Side, images.Side];

    /// <summary>Value / 255, with the channels of an image behind each other.</summary>
    private void Separate(ReadOnlySpan<byte> pixels, Span<float> input)
    {
        var area = Images.Side * Images.Side;
        for (var i = 0; i < pixels.Length; i++)
        {
            var (image, place) = Math.DivRem(i, Images.Bytes);
            var (pixel, channel) = Math.DivRem(place, Images.Channels);
            input[(image * Images.Bytes) + (channel * area) + pixel] = pixels[i] / 255f;
        }
    }

    /// <summary>Grey / 255, sixteen values at once, and the rest one by one.</summary>
    private static void Scale(ReadOnlySpan<byte> pixels, Span<float> input)
    {
        var whole = pixels.Length / Vector128<byte>.Count * Vector128<byte>.Count;
        for (var i = whole; i < pixels.Length; i++)
        {
            input[i] = pixels[i] / 255f;
        }

        for (var i = 0; i < whole; i += Vector128<byte>.Count)
        {
            var (low, high) = Vector128.Widen(Vector128.Create(pixels.Slice(i, Vector128<byte>.Count)));
            ScaleHalf(low, input[i..]);
            ScaleHalf(high, input[(i + Vector128<ushort>.Count)..]);
        }

        static void ScaleHalf(Vector128<ushort> greys, Span<float> input)
        {
            var (low, high) = Vector128.Widen(greys);
            (Vector128.ConvertToSingle(low.AsInt32()) / 255f).CopyTo(input);
            (Vector128.ConvertToSingle(high.AsInt32()) / 255f).CopyTo(input[Vector128<float>.Count..]);
        }
    }

    /// <param name="probabilities">Ten for each image.</param>
    private static void NameGarments(ReadOnlySpan<float> probabilities, Span<GarmentPrediction> garments)
    {
        var names = ClassLabels.Garments.Names;
        for (var image = 0; image < garments.Length; image++)
        {
            var shares = probabilities.Slice(image * names.Count, names.Count);
            var most = ArgMax.Of(shares);
            garments[image] = new GarmentPrediction(names[most], shares[most]);
        }
    }

    private void Run(ReadOnlySpan<byte> pixels, ImagePredictions predictions, int start)
    {
        var images = pixels.Length / Images.Bytes;
        var input = ArrayPool<float>.Shared.Rent(pixels.Length);
        try
        {
            if (Images.IsColour)
            {
                Separate(pixels, input);
            }
            else
            {
                Scale(pixels, input);
            }

            using var tensor = OrtValue.CreateTensorValueFromMemory(
                OrtMemoryInfo.DefaultInstance, input.AsMemory(0, pixels.Length), [images, Images.Channels, Images.Side, Images.Side]);
            using var options = new RunOptions();
            using var outputs = _session.Run(options, InputNames, [tensor], _outputNames);

            var logits = outputs[0].GetTensorDataAsSpan<float>();
            for (var image = 0; image < images; image++)
            {
                predictions.Labels[start + image] = ArgMax.Of(logits.Slice(image * predictions.Classes, predictions.Classes));
            }

            outputs[1].GetTensorDataAsSpan<float>().CopyTo(predictions.Probabilities.AsSpan(start * predictions.Classes));
            if (predictions.Garments is { } garments)
            {
                NameGarments(outputs[2].GetTensorDataAsSpan<float>(), garments.AsSpan(start, images));
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(input);
        }
    }
}
