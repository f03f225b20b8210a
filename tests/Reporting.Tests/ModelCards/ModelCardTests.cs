using ServerlessFashion.Data;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Registry;
using ServerlessFashion.Reporting.ModelCards;
using ServerlessFashion.Runs;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Reporting.Tests.ModelCards;

public sealed class ModelCardTests
{
    /// <summary>Six of eight right: Wilson's interval is .4093 to .9285. Label 0 is predicted three times, twice rightly.</summary>
    [Fact]
    public void Render_HandmadeModel_HasItsFiguresWithIntervals()
    {
        var card = ModelCard.Render(Input());

        Assert.Contains("| test accuracy | 0.7500 | 0.4093 | 0.9285 | 8 |\n", card, StringComparison.Ordinal);
        Assert.Contains("| Class 0 | 0.6667 | 0.2077 | 0.9385 | 1.0000 | 0.3424 | 1.0000 | 0.8000 | 2 |\n", card, StringComparison.Ordinal);
        // It never predicts label 3.
        Assert.Contains("| Class 3 | - | - | - | 0.0000 | 0.0000 | 0.7935 | 0.0000 | 1 |\n", card, StringComparison.Ordinal);
        Assert.Contains("- id: `run-1/model1/seed-1`\n", card, StringComparison.Ordinal);
        Assert.Contains("| 2 | Class 2 | brightness quintile 3 of 5 (Class 2) |\n", card, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_RunName_CannotAddMarkdown()
    {
        var card = ModelCard.Render(Input() with { Run = RunDescription.Of("# <b>[x](y)</b>", [], null) });

        Assert.Contains(@"- run: \# \<b\>\[x\]\(y\)\<\/b\>" + "\n", card, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "yes, the garments of the images")]
    [InlineData(false, "none")]
    public void Render_SideInformation_IsNamed(bool hasIt, string expected)
    {
        var input = Input();

        var card = ModelCard.Render(input with { Version = input.Version with { SideInformation = hasIt } });

        Assert.Contains($"- label information beyond the competition's: {expected}\n", card, StringComparison.Ordinal);
        Assert.Equal(hasIt, card.Contains("Do not compare the figures", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(null)]
    public void Render_ClassWeights_AreNamedWhereTheRunHasThem(bool? classWeights)
    {
        var input = Input();
        var definition = input.Definition with { Configuration = input.Definition.Configuration with { ClassWeights = classWeights } };

        var card = ModelCard.Render(input with { Definition = definition });

        Assert.Equal(classWeights is true, card.Contains("- class weights: balanced in the training loss", StringComparison.Ordinal));
    }

    /// <summary>PyYAML reads the metadata as the Hub does.</summary>
    [Fact]
    public void Render_Metadata_IsYamlWithTheFieldsOfTheHub()
    {
        PythonReference.Require("yaml");
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("card.md"), ModelCard.Render(Input()));

        var output = PythonReference.RunCode(
            """
            import sys, yaml
            data = yaml.safe_load(open(sys.argv[1], encoding="utf-8").read().split("---\n")[1])
            result = data["model-index"][0]["results"][0]
            print(data["license"], data["pipeline_tag"], data["model_id"], result["task"]["type"], result["dataset"]["type"],
                  result["dataset"]["name"], [(m["type"], m["value"]) for m in result["metrics"]], sep="; ")
            """,
            folder.File("card.md"));

        Assert.Equal(
            "mit; image-classification; run-1/model1/seed-1; image-classification; zalando-datasets/fashion_mnist; "
                + "Fashion-MNIST, competition split, five ordinal labels; [('accuracy', 0.75), ('f1', 0.58)]",
            output.TrimEnd());
    }

    [Fact]
    public void FindModelId_CardAndOtherTexts_GivesTheIdOfTheCardAlone()
    {
        Assert.Equal("run-1/model1/seed-1", ModelCardMetadata.FindModelId(ModelCard.Render(Input())));
        Assert.Null(ModelCardMetadata.FindModelId("# A card\n\nmodel_id: \"a\"\n---\n"[2..]));
        Assert.Null(ModelCardMetadata.FindModelId("---\nlicense: mit\n---\nmodel_id: \"a\"\n"));
        Assert.Null(ModelCardMetadata.FindModelId(""));
    }

    private static ModelCardInput Input() => new(
        new ModelVersion
        {
            RunId = "run-1",
            Model = "model1",
            Seed = 1,
            RegisteredAt = DateTimeOffset.UnixEpoch,
            Labels = LabelScheme.Five,
            Split = DatasetSplit.Competition,
            TestImages = 8,
            ValidationAccuracy = .8,
            TestAccuracy = .75,
            TestMacroF1 = .58,
            Parameters = 1000,
            SideInformation = false,
            DataSha256 = "ab",
            OnnxBlob = "run-1/model1/seed-1/model.onnx",
            OnnxBytes = 1_234_567,
            OnnxSha256 = "cd",
        },
        HandmadeRun.Input().Definition, HandmadeRun.Model1, RunDescription.None, HasSafetensors: true);
}
