using System.IO.Compression;
using System.Text.RegularExpressions;
using ServerlessFashion.Registry;
using ServerlessFashion.Runs;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Application.Tests;

public sealed partial class ExportModelTests(AzuriteFixture azurite)
{
    private const string Card = ModelPackage.CardName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("latest/model1")]
    [InlineData("first/model1/seed-1")]
    [InlineData("champion")]
    public async Task Open_EveryNameOfAModel_GivesItsFiles(string name)
    {
        var test = await CreateAsync();

        using var package = await test.Application.Export.OpenAsync(name, Cancellation);

        Assert.Equal(("first-run/model1/seed-1", "first-run-model1-seed-1.zip"), (package.Id, package.ZipName));
        Assert.Equal(["model.onnx", "model.safetensors", Card], package.Files.Select(file => file.Name));
    }

    [Fact]
    public async Task Open_Ensemble_HasNoWeights()
    {
        var test = await CreateAsync(withWeights: false);

        using var package = await test.Application.Export.OpenAsync("champion", Cancellation);

        Assert.Equal(["model.onnx", Card], package.Files.Select(file => file.Name));
        Assert.DoesNotContain("| `model.safetensors` |", await CardAsync(package), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_ModelWhoseFileIsGone_IsRefused()
    {
        var test = await CreateAsync();
        await test.Storage.Container("runs").DeleteBlobAsync("first-run/model1/seed-1/model.onnx", cancellationToken: Cancellation);

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => test.Application.Export.OpenAsync("champion", Cancellation));

        Assert.Equal("model: first-run/model1/seed-1 has lost its file runs/first-run/model1/seed-1/model.onnx.", refused.Message);
    }

    [Fact]
    public async Task Open_ChampionOfAnUnknownSet_SaysThatThereIsNoSuchSet()
    {
        var test = await CreateAsync();

        var refused = await Assert.ThrowsAsync<InvalidInputException>(
            () => test.Application.Export.OpenAsync("champion@fashion-mnits", Cancellation));

        Assert.Equal("dataset: no data set 'fashion-mnits' is registered; did you mean fashion-mnist?", refused.Message);
    }

    [Fact]
    public async Task Pack_Package_IsAZipOfItsFiles()
    {
        var test = await CreateAsync();
        using var package = await test.Application.Export.OpenAsync("champion", Cancellation);

        await using var packed = await package.PackAsync(Cancellation);

        using var zip = new ZipArchive(packed, ZipArchiveMode.Read);
        using var weights = new StreamReader(await zip.GetEntry("model.safetensors")!.OpenAsync(Cancellation));
        Assert.Equal("the weights", await weights.ReadToEndAsync(Cancellation));
        Assert.Equal(package.Files.Select(file => file.Name), zip.Entries.Select(entry => entry.FullName));
    }

    [Fact]
    public async Task Folder_OfAnEarlierExport_IsReplacedAndAForeignOneRefused()
    {
        var test = await CreateAsync();
        using var temporary = new TemporaryFolder();
        using var package = await test.Application.Export.OpenAsync("champion", Cancellation);
        var own = new ModelFolder(temporary.File("own"));
        own.RequireOwn(package);
        await own.WriteAsync(package, Cancellation);
        Directory.CreateDirectory(temporary.File("foreign"));
        await File.WriteAllTextAsync(temporary.File("foreign/model.onnx"), "of somebody else", Cancellation);
        await File.WriteAllTextAsync(temporary.File("own/notes.txt"), "mine", Cancellation);

        own.RequireOwn(package);
        var refused = Assert.Throws<InvalidInputException>(() => new ModelFolder(temporary.File("foreign")).RequireOwn(package));

        Assert.Equal(
            $"output: {temporary.File("foreign/model.onnx")} exists and is not an earlier export of first-run/model1/seed-1; "
                + "choose another folder.",
            refused.Message);
        Assert.Equal(
            [Card, "model.onnx", "model.safetensors", "notes.txt"],
            Directory.GetFiles(temporary.File("own")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Card_CSharp_IsTheCompiledCodeAndPredicts()
    {
        var test = await CreateAsync();
        using var temporary = new TemporaryFolder();
        using var package = await test.Application.Export.OpenAsync("champion", Cancellation);
        await new ModelFolder(temporary.File("model")).WriteAsync(package, Cancellation);
        var source = EmbeddedFile.ReadText(typeof(ExportModelTests), "ModelCardSnippet.cs");
        var code = Regex.Replace(Between().Match(source).Groups[1].Value, "(?m)^    ", "");

        // Bright images get label 1.
        var (label, probability) = ModelCardSnippet.Predict(
            temporary.File("model/model.onnx"), [.. Enumerable.Repeat((byte)255, 784)]);

        Assert.Contains($"```csharp\n{code.ReplaceLineEndings("\n")}```", await CardAsync(package), StringComparison.Ordinal);
        Assert.Equal("label 1", label);
        Assert.InRange(probability, .99f, 1f);
    }

    [Fact]
    public async Task Card_Python_Predicts()
    {
        PythonReference.Require("onnxruntime", "numpy", "PIL");
        var test = await CreateAsync();
        using var temporary = new TemporaryFolder();
        using var package = await test.Application.Export.OpenAsync("champion", Cancellation);
        await new ModelFolder(temporary.File("model")).WriteAsync(package, Cancellation);
        await File.WriteAllBytesAsync(
            temporary.File("bright.pgm"), [.. "P5 28 28 255\n"u8, .. Enumerable.Repeat((byte)255, 784)], Cancellation);
        var code = PythonBlock().Match(await CardAsync(package)).Groups[1].Value;

        var output = PythonReference.RunCode(code, temporary.File("model/model.onnx"), temporary.File("bright.pgm"));

        Assert.StartsWith("label 1 0.99", output, StringComparison.Ordinal);
    }

    private async Task<TestApplication> CreateAsync(bool withWeights = true)
    {
        var test = await TestApplication.CreateAsync(azurite);
        await test.AddRunAsync("first-run", RunStatus.Completed, winner: "model1");
        var version = await test.AddModelAsync("first-run", "model1");
        await StoredEvaluation.AddAsync(test.Storage, "first-run", "model1", withWeights);
        await test.Registry.PromoteAsync(version, PromotionCause.First, "for the test", null, Cancellation);
        return test;
    }

    private static async Task<string> CardAsync(ModelPackage package)
    {
        using var reader = new StreamReader(await package.Files[^1].OpenAsync(Cancellation));
        return await reader.ReadToEndAsync(Cancellation);
    }

    [GeneratedRegex(@"// begin\r?\n(.*?) *// end", RegexOptions.Singleline)]
    private static partial Regex Between();

    [GeneratedRegex("```python\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex PythonBlock();
}
