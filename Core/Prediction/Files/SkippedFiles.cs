using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Prediction.Files;

/// <summary>The files beside the pictures of an input, which are skipped and named in one warning.</summary>
internal sealed class SkippedFiles
{
    private const int MostNamed = 5;

    /// <summary>A file with such a name should be a picture, so it is an error if it is none.</summary>
    private static readonly string[] PictureExtensions =
        [".png", ".jpg", ".jpeg", ".jpe", ".webp", ".gif", ".bmp", ".heic", ".heif", ".avif", ".tif", ".tiff", ".jxl"];

    private readonly List<string> _named = [];
    private long _count;

    public static bool IsPictureName(string name) =>
        PictureExtensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);

    public void Add(string name)
    {
        _count++;
        if (_named.Count < MostNamed)
        {
            _named.Add(ReadContext.Shown(name));
        }
    }

    /// <summary>Warns of the skipped files if there were any.</summary>
    public void Warn(ReadContext context)
    {
        if (_count > 0)
        {
            var more = _count > _named.Count ? $" and {_count - _named.Count} more" : "";
            context.Warn($"skipped {string.Join(", ", _named)}{more}, which {(_count == 1 ? "is no picture" : "are no pictures")}.");
        }
    }

    /// <summary>The error where nothing but other files was found.</summary>
    public InvalidInputException NoPictures(string container, ReadContext context) => context.Error(
        _named.Count == 0 ? $"the {container} holds no pictures" : $"the {container} holds no pictures, only {string.Join(", ", _named)}");
}
