using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ServerlessFashion.Prediction.Files;
using ServerlessFashion.Prediction.Reading;
using ServerlessFashion.Predictions;

namespace ServerlessFashion.Prediction.Classification;

/// <summary>
/// Classifies all images of a file and writes a row for each, in the order of the input and in bounded memory. Reading, classifying
/// and writing run in parallel, a few batches ahead of each other.
/// </summary>
public sealed class BatchPredictor(TimeProvider time)
{
    private const int BatchesAhead = 4;

    /// <summary>Classifies <paramref name="input"/> with <paramref name="model"/>.</summary>
    /// <param name="model">The classifier, which stays open.</param>
    /// <param name="csv">
    /// Receives the header <c>Id,Label,P0,...</c> and the rows, with labels counted from 0 and probabilities with six decimals; nothing
    /// if the input fails before its first image. It stays open. The caller gives the file its final name only after this method has
    /// returned.
    /// </param>
    /// <param name="options">Options and limits of reading.</param>
    /// <param name="cancellation">Stops the work between batches.</param>
    /// <returns>The summary. A repeated id is a warning and not an error, because each row still has its prediction.</returns>
    /// <exception cref="InvalidInputException">
    /// The input is invalid. The caller must discard the content of <paramref name="csv"/>.
    /// </exception>
    public Task<PredictionSummary> PredictAsync(
        ImageSource input,
        IImageClassifier model,
        Stream csv,
        ReadOptions? options = null,
        CancellationToken cancellation = default) =>
        PredictAsync(input, model, new PredictionRows(csv, model.LabelNames.Count), options, cancellation);

    /// <summary>Classifies in the same way, and writes a line for people for each image.</summary>
    public Task<PredictionSummary> DescribeAsync(
        ImageSource input, IImageClassifier model, Stream text, ReadOptions? options, CancellationToken cancellation) =>
        PredictAsync(input, model, new PredictionSentences(text, model), options, cancellation);

    private async Task<PredictionSummary> PredictAsync(
        ImageSource input, IImageClassifier model, IPredictionWriter writer, ReadOptions? options, CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        var warnings = new PredictionWarnings(model.Dataset);
        var counts = new long[model.LabelNames.Count];

        var ofSet = (options ?? ReadOptions.Default) with { Dataset = model.Dataset };
        var batches = ReadAhead(input.ReadAsync(ofSet, warnings.Add, cancellation), cancellation);
        await foreach (var (batch, predictions) in ClassifyAhead(batches, model, cancellation))
        {
            using (batch)
            {
                foreach (var label in predictions.Labels)
                {
                    counts[label]++;
                }

                warnings.AddImages(batch);
                await writer.WriteAsync(batch.Ids, predictions, cancellation);
            }
        }

        await writer.CompleteAsync(cancellation);
        var labels = model.LabelNames.Select((labelName, label) => new LabelCount(label, labelName, counts[label]));
        return new PredictionSummary(counts.Sum(), model.ModelId, time.GetElapsedTime(start).TotalSeconds, [.. labels], warnings.ToList());
    }

    /// <summary>Classifies batches in the background while earlier batches are written.</summary>
    private static async IAsyncEnumerable<(ImageBatch Batch, ImagePredictions Predictions)> ClassifyAhead(
        IAsyncEnumerable<ImageBatch> batches, IImageClassifier model, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var running = new Queue<(ImageBatch Batch, Task<ImagePredictions> Predictions)>();
        try
        {
            await foreach (var batch in batches)
            {
                running.Enqueue((batch, model.ClassifyAsync(batch.Pixels, batch.Count, cancellation)));
                if (running.Count > Environment.ProcessorCount)
                {
                    yield return await FirstAsync();
                }
            }

            while (running.Count > 0)
            {
                yield return await FirstAsync();
            }
        }
        finally
        {
            // The model belongs to the caller: it must not be used any more once this method has ended.
            await Task.WhenAll(running.Select(left => left.Predictions)).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        async Task<(ImageBatch, ImagePredictions)> FirstAsync()
        {
            var predictions = await running.Peek().Predictions;
            return (running.Dequeue().Batch, predictions);
        }
    }

    /// <summary>Reads in the background. Errors of reading are thrown here, after the preceding batches.</summary>
    private static async IAsyncEnumerable<ImageBatch> ReadAhead(
        IAsyncEnumerable<ImageBatch> batches, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var channel =
            Channel.CreateBounded<ImageBatch>(new BoundedChannelOptions(BatchesAhead) { SingleReader = true, SingleWriter = true });
        var reading = Task.Run(() => ReadAsync(batches, channel.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var batch in channel.Reader.ReadAllAsync(cancellation))
            {
                yield return batch;
            }
        }
        finally
        {
            // The input belongs to the caller: it must not be read any more once this method has ended.
            await stop.CancelAsync();
            await reading;
        }
    }

    private static async Task ReadAsync(IAsyncEnumerable<ImageBatch> batches, ChannelWriter<ImageBatch> channel, CancellationToken stop)
    {
        try
        {
            await foreach (var batch in batches.WithCancellation(stop))
            {
                await channel.WriteAsync(batch, stop);
            }

            channel.Complete();
        }
        catch (Exception exception)
        {
            channel.Complete(exception);
        }
    }
}
