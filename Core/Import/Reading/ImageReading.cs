using ServerlessFashion.Data;
using ServerlessFashion.Import.Arrays;
using ServerlessFashion.Import.Sources;
using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Import.Reading;

/// <summary>The second reading of a source: it decodes each image, and keeps pixels in a temporary file and digests in memory.</summary>
internal sealed class ImageReading : IDisposable
{
    private readonly int _side;
    private readonly bool[] _isGrey;
    private readonly int _readChannels;

    /// <param name="channels">1 or 3.</param>
    private ImageReading(int count, int side, int channels)
    {
        _side = side;
        _readChannels = channels;
        _isGrey = new bool[count];
        Channels = channels;
        IsDamaged = new bool[count];
        Digests = new ImageDigests(count);
        Pixels = new TemporaryPixels(side * side * channels);
    }

    /// <summary>1 or 3.</summary>
    public int Channels { get; private set; }

    public int ImageBytes => _side * _side * Channels;

    /// <summary>Whether each image cannot be read.</summary>
    public bool[] IsDamaged { get; }

    public ImageDigests Digests { get; }

    private TemporaryPixels Pixels { get; }

    /// <exception cref="InvalidInputException">The source has changed since it was counted, or the temporary folder is full.</exception>
    public static async Task<ImageReading> ReadAsync(
        LabelledSource source, SourceSurvey survey, int side, int channels, ReadContext context, ImportClock clock,
        CancellationToken cancellation)
    {
        var reading = new ImageReading(survey.Count, side, channels);
        try
        {
            var preparer = new ImagePreparer(side, channels);
            var done = 0;
            var options = new ParallelOptions
            {
                MaxDegreeOfParallelism = Environment.ProcessorCount,
                CancellationToken = cancellation,
            };
            await Parallel.ForEachAsync(source.ReadAsync(cancellation).Index(), options, (entry, _) =>
            {
                if (!survey.IsSame(entry.Index, entry.Item))
                {
                    throw Changed(context);
                }

                reading.Add(entry.Index, entry.Item, preparer);
                clock.Report(ImportStage.Reading, Interlocked.Increment(ref done), survey.Count);
                return ValueTask.CompletedTask;
            });
            return done == survey.Count ? reading : throw Changed(context);
        }
        catch
        {
            reading.Dispose();
            throw;
        }
    }

    /// <summary>The images that have no colours, of those that can be read.</summary>
    public List<int> Grey() => [.. Readable().Where(image => _isGrey[image])];

    public IEnumerable<int> Readable() => Enumerable.Range(0, IsDamaged.Length).Where(image => !IsDamaged[image]);

    /// <summary>Makes all images grey. They must have no colours.</summary>
    public void DropColours()
    {
        Channels = 1;
        var grey = new byte[ImageBytes];
        foreach (var image in Readable())
        {
            Read(image, grey);
            Digests.Add(image, grey);
        }
    }

    /// <summary>Reads the pixels of an image.</summary>
    public void Read(int image, Span<byte> pixels)
    {
        if (Channels == _readChannels)
        {
            Pixels.Read(image, pixels);
            return;
        }

        var colours = new byte[_side * _side * _readChannels];
        Pixels.Read(image, colours);
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = colours[i * _readChannels];
        }
    }

    public void Dispose() => Pixels.Dispose();

    private void Add(int position, SourceImage image, ImagePreparer preparer)
    {
        var pixels = new byte[ImageBytes];
        try
        {
            IsDamaged[position] = ImagePreparer.Measure(image) is null;
            if (!IsDamaged[position])
            {
                preparer.Prepare(image, pixels);
            }
        }
        catch (InvalidInputException)
        {
            IsDamaged[position] = true;
        }

        if (!IsDamaged[position])
        {
            _isGrey[position] = Channels == 1 || ImagePreparer.IsGrey(pixels);
            Digests.Add(position, pixels);
            Pixels.Write(position, pixels);
        }
    }

    private static InvalidInputException Changed(ReadContext context) =>
        context.Error("it changed while it was read; start again when nothing writes to it");
}
