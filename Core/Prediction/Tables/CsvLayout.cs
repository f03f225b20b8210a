namespace ServerlessFashion.Prediction.Tables;

/// <summary>What the columns of a table mean.</summary>
/// <param name="Separator">Stands between two fields of a line.</param>
/// <param name="Names">The names of all columns.</param>
/// <param name="Id">The column of ids; null if the rows are called by their positions.</param>
/// <param name="Label">The column of labels; null if there is none.</param>
/// <param name="Pixels">The first column of pixels.</param>
/// <param name="PixelCount">The number of columns of pixels.</param>
internal sealed record CsvLayout(byte Separator, IReadOnlyList<string> Names, int? Id, int? Label, int Pixels, int PixelCount)
{
    /// <summary>The first column after the pixels.</summary>
    public int PixelsEnd => Pixels + PixelCount;

    public bool PixelsAreLast => PixelsEnd == Names.Count;
}
