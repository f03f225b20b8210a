using System.Net.Http.Headers;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Api.Tests;

/// <summary>
/// A PNG and a JPEG of 28 x 28 grey values as bodies of requests. Pillow 9.4 wrote them, see make_files.py in the folder
/// Prediction.Tests/Samples.
/// </summary>
public sealed class PictureBodyTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>
    /// The grey values that Pillow reads sum up to 388.0588 (PNG) and 388.0314 (JPEG) times 255. The second logit is .01 times the sum, the
    /// first is 1: their softmax is .946878 and .946865. Nothing prepares a grey picture of 28 x 28.
    /// </summary>
    [Theory]
    [InlineData("grey28.png", "image/png", .946878)]
    [InlineData("grey28.png", "application/octet-stream", .946878)]
    [InlineData("grey28.jpg", "image/jpeg", .946865)]
    [InlineData("grey28.jpg", "image/jpg", .946865)]
    [InlineData("grey28.jpg", "application/octet-stream", .946865)]
    public async Task Predict_Picture_IsReadWhateverItsTypeIsCalled(string file, string type, double expected)
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddChampionAsync();
        using var content = new ByteArrayContent(
            await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Samples", file), Cancellation));
        content.Headers.ContentType = new MediaTypeHeaderValue(type);

        var answer = await server.Http.PostAsync("predictions", content, Cancellation).JsonAsync();

        var prediction = Assert.Single(answer.GetProperty("predictions").EnumerateArray());
        Assert.Equal(1, prediction.GetProperty("label").GetInt32());
        // One grey value of a JPEG's decoder may differ by one: .01 / 255 of a logit.
        Assert.Equal(expected, prediction.GetProperty("probabilities")[1].GetDouble(), 2e-5);
    }
}
