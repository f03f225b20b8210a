using ServerlessFashion.Tests;

namespace ServerlessFashion.Api.Tests;

/// <summary>The images that a response to a prediction request contains.</summary>
public sealed class ReturnedImagesTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Predict_ImagesAskedFor_ComeWithTheirPredictions()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddChampionAsync();
        var body = $$"""{"images": [{{Pixels(255)}}, {{Pixels(3)}}]}""";

        var answer = await server.PostJsonAsync("predictions?images=pixels", body).JsonAsync();
        var without = await server.PostJsonAsync("predictions", body).JsonAsync();

        var pixels = answer.GetProperty("predictions").EnumerateArray()
            .Select(item => item.GetProperty("pixels").EnumerateArray().Select(pixel => pixel.GetInt32()).ToArray()).ToArray();
        Assert.Equal([Enumerable.Repeat(255, 784), Enumerable.Repeat(3, 784)], pixels);
        Assert.False(without.GetProperty("predictions")[0].TryGetProperty("pixels", out _));
    }

    private static string Pixels(int value) => $"[{string.Join(',', Enumerable.Repeat(value, 784))}]";
}
