using ServerlessFashion.Application;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Display.Tables;
using ServerlessFashion.Cli.Tests.Display;
using ServerlessFashion.Cli.Verbs;
using ServerlessFashion.Data;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Registry;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Tests.Verbs;

/// <summary>The tables of the verbs in a terminal of 80 columns.</summary>
public sealed class VerbTablesTests
{
    private const int Width = 80;
    private const string Run = "20260131-142501-9f3ac012";

    private static readonly DateTimeOffset January = new(2026, 1, 31, 14, 25, 1, TimeSpan.Zero);

    [Fact]
    public void Runs_80Columns_IsAsApproved() => AssertApproved("runs-80", RunsTable.TableOf(
    [
        new RunRecord
        {
            Id = Run,
            Status = RunStatus.Completed,
            CreatedAt = January,
            Preset = "quick",
            Models = ["model1", "model3", "model4", "resnet50", "strong", "strong-garments"],
            Winner = "strong-garments",
            Description = RunDescription.Of("The baseline before the change", ["night", "kept"], notes: null),
        },
        new RunRecord
        {
            Id = "key-0123456789abcdef01234567",
            Status = RunStatus.Running,
            CreatedAt = January,
            Preset = "best",
            Models = ["strong"],
        },
    ]));

    [Fact]
    public void Show_80Columns_IsAsApproved()
    {
        EpochRow best = new(7, "all", .4321, .8421, .5432, .8123, .001, 61.5);
        AssertApproved("show-80", ShowVerb.TableOf(
        [
            new TrainingStatus("model1", 1, TrainingStage.Completed, [.. Enumerable.Repeat(best, 8)], 8, 20, 61.5, null,
                new EvaluatedModel("model1", 1, .8123, .8012), null) { Best = best },
            new TrainingStatus("resnet50-finetuned", 3, TrainingStage.Training, [best], 5, 5, 61.5, 3725, null, null) { Best = best },
            new TrainingStatus("model4", 1, TrainingStage.Failed, [], 10, 10, null, null, null, "out of memory"),
        ]));
    }

    [Fact]
    public void Show_LossOfATrainingThatDiverges_HasAnExponent()
    {
        EpochRow best = new(1, "all", 2e28, .2, 3.25e27, .2, .001, 61.5);
        var table = ShowVerb.TableOf(
            [new TrainingStatus("model1", 1, TrainingStage.Training, [best], 5, 5, 61.5, 300, null, null) { Best = best }]);
        var text = Screen.Show(table.RenderFitted(200, Glyphs.Unicode.Border), 200);

        Assert.Contains(" 2.0000e+28 ", text, StringComparison.Ordinal);
        Assert.Contains(" 3.2500e+27 ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Models_80Columns_IsAsApproved()
    {
        var model = Model("model1");
        var champion = new Champion(model.RunId, model.Model, model.Seed, January, PromotionCause.First, "the first", null);
        AssertApproved("models-80", ModelsVerb.TableOf([model, Model("resnet50-finetuned")], champion));
    }

    private static ModelVersion Model(string name) => new()
    {
        RunId = Run,
        Model = name,
        Seed = 1,
        RegisteredAt = January,
        Labels = LabelScheme.Five,
        Split = DatasetSplit.Competition,
        TestImages = 1000,
        ValidationAccuracy = .8123,
        TestAccuracy = .8012,
        TestMacroF1 = .7999,
        Parameters = 23_528_522,
        SideInformation = false,
        DataSha256 = "",
        OnnxBlob = "",
        OnnxBytes = 1,
        OnnxSha256 = "",
    };

    private static void AssertApproved(string name, FittedTable table)
    {
        var screen = Screen.Show(table.RenderFitted(Width, Glyphs.Unicode.Border), Width);

        Assert.All(screen.Split('\n'), line => Assert.InRange(line.Length, 0, Width));
        Screen.AssertApproved(name, screen);
    }
}
