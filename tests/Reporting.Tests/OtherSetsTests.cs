using System.Text;
using ServerlessFashion.Data;
using ServerlessFashion.Registry;
using ServerlessFashion.Reporting.Files;
using ServerlessFashion.Reporting.ModelCards;
using ServerlessFashion.Runs;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Reporting.Tests;

/// <summary>A run on five classes that have nothing to do with brightness, and one on colour images.</summary>
public sealed class OtherSetsTests
{
    /// <summary>Words that only make sense for Fashion-MNIST, its labels and the study that used them.</summary>
    private static readonly string[] ForeignWords =
    [
        "brightness", "quintile", "garment", "Fashion-MNIST", "fashion_mnist", "label cut", "ordinal", "Off by one", "Quadratic", "Class 0",
        "the study", "The study", "competition", "Zalando", "original files", "28 × 28", "28, 28", "Ankle", "T-shirt",
    ];

    [Fact]
    public void Render_FiveClassesThatAreNotBrightness_ShowNoneOfItsSemantics()
    {
        var input = Of(ShapeSet.Bars);
        var document = ReportBuilder.Build(input);

        foreach (var file in ReportFiles.Render(document, input).Where(file => !file.Path.EndsWith(".png", StringComparison.Ordinal)))
        {
            AssertNoForeignWords(file.Path, Encoding.UTF8.GetString(file.Content));
        }

        AssertNoForeignWords("card", ModelCard.Render(CardOf(input)));
        Assert.Empty(document.Published);
        Assert.Contains("attic", document.LabelNames);
    }

    /// <summary>Of a set without a test part, the number of an image is its row in the train part.</summary>
    [Fact]
    public void Render_ImagesHeldOut_AreNamedAfterTheTrainPart()
    {
        var page = Text(Of(ShapeSet.Bars), "index.html");

        Assert.Contains("Image 10 of the train part: true ", page, StringComparison.Ordinal);
        Assert.DoesNotContain("est image 10", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_ColourImages_NamesTheClassesAndDrawsTheColours()
    {
        var input = Of(ShapeSet.Discs);
        var (page, text) = (Text(input, "index.html"), Text(input, "report.md"));

        Assert.Contains("discs model comparison", page, StringComparison.Ordinal);
        Assert.Contains("Each image is 32 × 32 colour pixels and has one of 3 classes.", text, StringComparison.Ordinal);
        Assert.Contains("The test images are a stratified share, held out by seed.", text, StringComparison.Ordinal);
        var first = Convert.ToBase64String(ImagePng.Encode(input.TestImages.Image(0), input.TestImages.Shape));
        Assert.Contains(first, page, StringComparison.Ordinal);
    }

    [Fact]
    public void Card_ColourImages_SaysHowAPictureBecomesTheInput()
    {
        var card = ModelCard.Render(CardOf(Of(ShapeSet.Discs)));

        Assert.Contains("float32 [N, 3, 32, 32]; red, green and blue / 255; N is free", card, StringComparison.Ordinal);
        Assert.Contains("A picture is stretched to 32x32 first", card, StringComparison.Ordinal);
        Assert.Contains("convert(\"RGB\").resize((32, 32))", card, StringComparison.Ordinal);
    }

    /// <summary>Every label was tested on 60 / 3 = 20 images.</summary>
    [Fact]
    public void Render_SetThatWasRemoved_SaysWhyThereAreNoImages()
    {
        var none = new LabelledImages([], [], [], []) { Shape = new ImageShape(32, ImageShape.Colour) };
        var input = Of(ShapeSet.Discs) with { TestImages = none, MissingImages = "The data set discs has been removed since the run." };

        var text = Text(input, "report.md");

        Assert.Contains(
            "The data set discs has been removed since the run. The report therefore shows no images.", text, StringComparison.Ordinal);
        Assert.Contains("| red | 20 | 33.3 % |", text, StringComparison.Ordinal);
        Assert.DoesNotContain("data:image/png", Text(input, "index.html"), StringComparison.Ordinal);
    }

    private static string Text(ReportInput input, string path) => Encoding.UTF8.GetString(
        ReportFiles.Render(ReportBuilder.Build(input), input).Single(file => file.Path == path).Content);

    private static void AssertNoForeignWords(string place, string text)
    {
        foreach (var word in ForeignWords)
        {
            var at = text.IndexOf(word, StringComparison.Ordinal);
            Assert.True(at < 0, $"{place}: {(at < 0 ? "" : text[Math.Max(0, at - 80)..Math.Min(text.Length, at + 80)])}");
        }
    }

    /// <summary>Every tenth image gets a wrong label, and the others the right one.</summary>
    private static ReportInput Of(DatasetDescription set)
    {
        var images = ShapeSet.Draw(set, 60, seed: 5);
        var run = SyntheticReport.Input(testImages: 10, validationImages: 10);
        var definition = Presets.Configure(
            new ComparisonOptions { Dataset = set.Name, Models = ["model1", "model4"] }, _ => 1, ShapeSet.Sized(set, 300, 0));
        var wrong = images.Labels.Select((label, i) => i % 10 == 0 ? (byte)((label + 1) % set.Classes.Count) : label).ToArray();
        return run with
        {
            Definition = definition,
            Data = new ReportData(LabelScheme.Classes, DatasetSplit.HeldOut, 200, 40, 60, set.Sha256),
            Evaluations =
            [
                Evaluate("model1", set, images, wrong), Evaluate("model4", set, images, images.Labels),
            ],
            TestImages = images,
        };
    }

    private static Evaluation.ModelEvaluation Evaluate(string name, DatasetDescription set, LabelledImages images, byte[] predicted)
    {
        var logits = new float[images.Count * set.Classes.Count];
        for (var i = 0; i < images.Count; i++)
        {
            logits[(i * set.Classes.Count) + predicted[i]] = 4;
        }

        var scores = new Evaluation.ScoredSet(images.Ids, images.Labels, logits);
        return HandmadeRun.Evaluation(name, [0, 0, 0, 0, 0, 0, 0, 0], validationAccuracy: .8) with
        {
            ValidationScores = scores,
            TestScores = scores,
        };
    }

    private static ModelCardInput CardOf(ReportInput input)
    {
        var version = new ModelVersion
        {
            RunId = input.RunId,
            Model = "model1",
            Seed = 1,
            RegisteredAt = input.CreatedAt,
            Dataset = input.Definition.Dataset!.Name,
            Labels = LabelScheme.Classes,
            Split = DatasetSplit.HeldOut,
            TestImages = 60,
            ValidationAccuracy = .9,
            TestAccuracy = .9,
            TestMacroF1 = .9,
            Parameters = 1000,
            SideInformation = false,
            DataSha256 = input.Data.Sha256,
            OnnxBlob = "model.onnx",
            OnnxBytes = 10,
            OnnxSha256 = new string('d', 64),
        };
        return new ModelCardInput(version, input.Definition, input.Evaluations[0], RunDescription.None, HasSafetensors: true);
    }
}
