using System.Globalization;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Cli.Tests.Verbs;

/// <summary>The five commands of docs/own-data.md, run as they stand on folders of pictures.</summary>
public sealed class OwnDataPageTests(StorageFixture storage) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    /// <summary>Digits that people wrote: 1,500 of scikit-learn's images to train on, and the other 297 to predict.</summary>
    [Fact]
    public async Task Commands_OnDigitsOfScikitLearn_PredictNewDigits()
    {
        PythonReference.Require("numpy", "PIL", "sklearn");
        PythonReference.Run("digits.py", _folder.File("digits"));
        Directory.Move(_folder.File("digits/png/train"), _folder.File("photos"));
        Directory.Move(_folder.File("digits/png/test"), _folder.File("new"));

        await RunPageAsync();

        await AssertPredictedAsync([.. Enumerable.Range(0, 10).Select(digit => $"{digit}")], pictures: 297, leastRight: .8);
    }

    /// <summary>Photos of several sizes.</summary>
    [Fact]
    public async Task Commands_OnColourDiscs_PredictNewPhotos()
    {
        foreach (var (label, name) in ColourDiscs.Classes.Index())
        {
            Directory.CreateDirectory(_folder.File($"photos/{name}"));
            Directory.CreateDirectory(_folder.File($"new/{name}"));
            for (var i = 0; i < 100; i++)
            {
                var picture = ColourDiscs.Png(label, seed: (1000 * label) + i, width: 30 + (i % 9), height: 36 - (i % 7));
                var path = string.Create(CultureInfo.InvariantCulture, $"{(i < 80 ? "photos" : "new")}/{name}/{i:00}.png");
                await File.WriteAllBytesAsync(_folder.File(path), picture, Cancellation);
            }
        }

        await RunPageAsync();

        await AssertPredictedAsync(ColourDiscs.Classes, pictures: 60, leastRight: .8);
        Assert.Contains("green disc", await File.ReadAllTextAsync(_folder.File("out/index.html"), Cancellation), StringComparison.Ordinal);
    }

    private async Task RunPageAsync()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "own-data.md"), Cancellation);
        var lines = page.Split("```bash\n")[1].Split("```")[0];
        Assert.Equal(5, lines.Split("./fashion ").Length - 1);

        var result = await FashionProgram.RunScriptAsync(
            await storage.NewAccountAsync(), $"set -e; cd '{_folder.Path}'; ln -s \"$FASHION\" fashion\n{lines}");

        Assert.True(result.ExitCode == 0, result.Error + result.Output);
        Assert.True(File.Exists(_folder.File("model/model.onnx")), "The model was not exported.");
    }

    /// <summary>The folder of each picture is its class.</summary>
    private async Task AssertPredictedAsync(IReadOnlyList<string> classes, int pictures, double leastRight)
    {
        var lines = await File.ReadAllLinesAsync(_folder.File("predictions.csv"), Cancellation);
        var rows = lines[1..].Select(row => row.Split(',')).ToList();

        Assert.Equal(pictures, rows.Count);
        var right = rows.Count(row => row[0].Split('/')[0] == classes[int.Parse(row[1], CultureInfo.InvariantCulture)]);
        Assert.InRange((double)right / pictures, leastRight, 1);
    }
}
