using System.Runtime.CompilerServices;
using ServerlessFashion.Data;
using ServerlessFashion.Import.Files;
using ServerlessFashion.Prediction.Files;

namespace ServerlessFashion.Import.Sources;

/// <summary>
/// Pictures in folders that name their classes: <c>CLASS/...</c>, or <c>train/CLASS/...</c> beside <c>test/CLASS/...</c> and
/// <c>val/CLASS/...</c>. Folders around them and below them do not matter.
/// </summary>
internal sealed class PictureTree : LabelledSource
{
    private static readonly string[] TrainNames = ["train", "training"];
    private static readonly string[] PartNames = [.. TrainNames, "test", "testing", "val", "valid", "validation"];

    private readonly SourceFiles _files;
    private readonly int _outer;
    private readonly bool _hasParts;
    private readonly SortedSet<string> _others = new(StringComparer.Ordinal);

    public PictureTree(SourceFiles files)
    {
        _files = files;
        var pictures = files.Paths.Where(SkippedFiles.IsPictureName).Select(path => path.Split('/')).ToList();
        if (pictures.Count == 0)
        {
            pictures = [.. files.Paths.Select(path => path.Split('/'))];
        }

        while (pictures.Count > 0 && pictures.All(path => path.Length > _outer + 2 && path[_outer] == pictures[0][_outer])
            && !PartNames.Contains(pictures[0][_outer], StringComparer.OrdinalIgnoreCase))
        {
            _outer++;
        }

        _hasParts = pictures.Any(
            path => path.Length > _outer && TrainNames.Contains(path[_outer], StringComparer.OrdinalIgnoreCase));
        var filled = files.Paths.Select(path => Place(path)?.Class).OfType<string>().ToHashSet();
        EmptyClasses =
        [
            .. files.EmptyFolders.Select(folder => Place(folder + "/picture")?.Class).OfType<string>().Distinct()
                .Where(name => !filled.Contains(name)),
        ];
    }

    public override IReadOnlyList<string> EmptyClasses { get; }

    public override IReadOnlyCollection<string> OtherFiles => _others;

    public override async IAsyncEnumerable<SourceImage> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var path in _files.Paths)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Place(path) is not { } image)
            {
                if (!ClassNameFile.Is(path))
                {
                    _others.Add(path);
                }

                continue;
            }

            if (await ReadAsync(path, image, cancellation) is { } read)
            {
                yield return read;
            }
            else
            {
                _others.Add(path);
            }
        }
    }

    private async Task<SourceImage?> ReadAsync(string path, SourceImage image, CancellationToken cancellation)
    {
        try
        {
            return await _files.ReadPictureAsync(path, cancellation) is { } picture ? image with { Picture = picture } : null;
        }
        catch (InvalidInputException e)
        {
            return image with { Failure = e.Message };
        }
    }

    /// <summary>The class and the part of a file; null if it lies outside the class folders.</summary>
    private SourceImage? Place(string path)
    {
        var segments = path.Split('/');
        var classAt = _outer + (_hasParts ? 1 : 0);
        if (segments.Length < classAt + 2 || (_hasParts && !PartNames.Contains(segments[_outer], StringComparer.OrdinalIgnoreCase)))
        {
            return null;
        }

        var isValidation = false;
        var part = _hasParts ? PartOf(segments[_outer], out isValidation)!.Value : DatasetPart.Train;
        return new SourceImage(path, part, segments[classAt]) { IsValidation = isValidation };
    }
}
