using static ServerlessFashion.Prediction.Tests.ImageInput;

namespace ServerlessFashion.Prediction.Tests.Files;

public class ForeignFormatsTests
{
    /// <summary>The first bytes of real files, as their specifications give them.</summary>
    [Theory]
    [InlineData("00000018667479706865696300000000", "a HEIC picture")]
    [InlineData("00000020667479706176696600000000", "an AVIF picture")]
    [InlineData("00000020667479706D70343200000000", "a video")]
    [InlineData("49492A0008000000", "a TIFF picture")]
    [InlineData("4D4D002A00000008", "a TIFF picture")]
    [InlineData("0000000C4A584C200D0A870A", "a JPEG XL picture")]
    [InlineData("504152311504", "a Parquet file")]
    [InlineData("D0CF11E0A1B11AE1", "an old Excel workbook")]
    [InlineData("894844460D0A1A0A", "an HDF5 file")]
    [InlineData("4D41544C414220352E30", "a MATLAB file")]
    [InlineData("80049500", "a Python pickle")]
    [InlineData("7B22696D6167657322", "a JSON file")]
    [InlineData("3C21444F43545950452068746D6C", "a web page")]
    [InlineData("76657273696F6E2068747470733A2F2F", "a pointer of Git LFS")]
    [InlineData("377ABCAF271C", "a 7-Zip archive")]
    [InlineData("255044462D312E37", "a PDF document")]
    public async Task Read_KnownFormatThatIsNotRead_IsNamedWithARemedy(string head, string name)
    {
        var error = await ErrorOfAsync(Convert.FromHexString(head));

        Assert.StartsWith($"file: it is {name}, which cannot be read; ", error, StringComparison.Ordinal);
    }
}
