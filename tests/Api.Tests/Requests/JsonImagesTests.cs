using System.Text;
using ServerlessFashion.Api.Requests;
using ServerlessFashion.Data;

namespace ServerlessFashion.Api.Tests.Requests;

public class JsonImagesTests
{
    private const string TooMany = "too many";

    private static readonly string Pixels = $"[{string.Join(',', Enumerable.Repeat("7", 784))}]";

    [Theory]
    [InlineData("""{"images": [], "images": []}""", "body: 'images' is given twice.")]
    [InlineData("""{"images": [{"id": "a", "id": "b"}]}""", "images[0]: 'id' is given twice.")]
    [InlineData("""{"images": {}}""", "body: expected an object with an array 'images'.")]
    [InlineData("[]", "body: expected an object with an array 'images'.")]
    public void Read_NotTheShape_SaysSo(string body, string expected)
    {
        var error = Assert.Throws<InvalidInputException>(() => Read(body, most: 10));

        Assert.Equal(expected, error.Message);
    }

    [Fact]
    public void Read_DamageAfterGoodImages_NamesItsPlace()
    {
        var problem = Assert.Throws<ProblemException>(() => Read($"{{\"images\": [{Pixels}\n, oops]}}", most: 10));

        Assert.Equal(400, problem.Status);
        Assert.StartsWith("body: not usable as JSON at line 2, byte 3: ", problem.Message, StringComparison.Ordinal);
    }

    /// <summary>The count comes first: a long list of anything takes no memory for its values.</summary>
    [Fact]
    public void Read_MoreThanTheMost_IsTooLargeWhateverTheyAre()
    {
        var problem = Assert.Throws<ProblemException>(() => Read("""{"images": [0, 0, 0]}""", most: 2));

        Assert.Equal((413, TooMany), (problem.Status, problem.Message));
    }

    /// <summary>A document of this body would take sixteen megabytes, and leave them with the thread's pool.</summary>
    [Fact]
    public void Read_ThousandImages_AllocatesLittleBesideThePixels()
    {
        var body = Encoding.UTF8.GetBytes($"{{\"images\": [{string.Join(',', Enumerable.Repeat(Pixels, 1000))}]}}");
        JsonImages.Read(body, ImageShape.FashionMnist, 1000, TooMany);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var (ids, pixels) = JsonImages.Read(body, ImageShape.FashionMnist, 1000, TooMany);

        Assert.Equal((1000, 784_000), (ids.Count, pixels.Length));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 784_000, 3_000_000);
    }

    private static void Read(string body, int most) =>
        JsonImages.Read(Encoding.UTF8.GetBytes(body), ImageShape.FashionMnist, most, TooMany);
}
