using System.Globalization;
using System.Text;
using ServerlessFashion.Prediction.Tables;

namespace ServerlessFashion.Prediction.Tests.Tables;

public class GreyFieldsTests
{
    private const int Fields = 784;

    [Fact]
    public void TryRead_EveryGreyValueInEveryPlaceOfAGroup_GivesIt()
    {
        for (var shift = 0; shift < 4; shift++)
        {
            byte[] expected = [.. Enumerable.Range(0, Fields).Select(i => (byte)((i + shift) * 3 / 2))];

            Assert.Equal(expected, Read($"7,{string.Join(',', expected)}", 2));
        }
    }

    [Fact]
    public void TryRead_RandomLengths_GivesWhatIntParseGives()
    {
        var random = new Random(1);
        for (var line = 0; line < 500; line++)
        {
            var fields = Enumerable.Range(0, Fields).Select(_ => Field(random)).ToArray();
            var id = new string('9', random.Next(1, 12));

            Assert.Equal(fields.Select(field => byte.Parse(field, CultureInfo.InvariantCulture)),
                Read($"{id},{string.Join(',', fields)}", id.Length + 1));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("256")]
    [InlineData("300")]
    [InlineData("999")]
    [InlineData("0255")]
    [InlineData("00000000000000000000000000000000000000")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData(" 7")]
    [InlineData("7\"")]
    [InlineData("/")]
    [InlineData(":")]
    [InlineData("1é")]
    [InlineData("1,1")]
    [InlineData(",,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,")]
    public void TryRead_OneFieldThatIsNoGreyValue_IsFalseWhereverItStands(string field)
    {
        for (var at = 0; at < Fields; at++)
        {
            var fields = Enumerable.Repeat("12", Fields).ToArray();
            fields[at] = field;

            Assert.Null(Read($"1,{string.Join(',', fields)}", 2));
        }
    }

    [Theory]
    [InlineData(Fields - 1)]
    [InlineData(Fields + 1)]
    [InlineData(1)]
    [InlineData(5000)]
    public void TryRead_AnotherNumberOfFields_IsFalse(int fields) =>
        Assert.Null(Read($"1,{string.Join(',', Enumerable.Repeat("1", fields))}", 2));

    [Fact]
    public void TryRead_NothingAfterTheId_IsFalse()
    {
        Assert.Null(Read("1", 2));
        Assert.Null(Read("1,", 2));
    }

    /// <summary>A number 0 to 255 of one to three digits, zeros before it among them.</summary>
    private static string Field(Random random)
    {
        var value = random.Next(3) == 0 ? 0 : random.Next(256);
        return value.ToString(random.Next(8) == 0 ? "000" : "0", CultureInfo.InvariantCulture);
    }

    private static byte[]? Read(string line, int start)
    {
        var greys = new byte[Fields];
        return GreyFields.TryRead(Encoding.UTF8.GetBytes(line), start, greys) ? greys : null;
    }
}
