using ServerlessFashion.Data;

namespace ServerlessFashion.Prediction.Tables;

/// <summary>What the columns of a table mean.</summary>
/// <param name="Separator">Stands between two fields of a line.</param>
/// <param name="Names">The names of all columns.</param>
/// <param name="Id">The column of ids; null if the rows are called by their positions.</param>
/// <param name="Label">The column of labels, which are not used; null if there is none.</param>
/// <param name="Pixels">The first of the 784 columns of pixels.</param>
internal sealed record CsvLayout(byte Separator, IReadOnlyList<string> Names, int? Id, int? Label, int Pixels)
{
    /// <summary>The first column after the pixels.</summary>
    public int PixelsEnd => Pixels + FashionMnist.PixelsPerImage;

    public bool PixelsAreLast => PixelsEnd == Names.Count;
}
