using ServerlessFashion.Application;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Display.Live;
using ServerlessFashion.Evaluation;
using Spectre.Console;

namespace ServerlessFashion.Cli.Tests.Display.Live;

public sealed partial class RunScreenTests
{
    public static MatrixTheoryData<int, int> Sizes { get; } = new([20, 40, 60, 80, 110, 132, 200], [1, 2, 3, 5, 8, 23, 31, 36, 49]);

    [Theory]
    [InlineData("training-80x24", 80, 24)]
    [InlineData("training-200x50", 200, 50)]
    [InlineData("training-110x24", 110, 24)]
    public void Draw_FourTrainings_IsAsApproved(string name, int width, int height) =>
        Screen.AssertApproved(name, Draw(Four(), width, height - 1, Glyphs.Unicode));

    [Theory]
    [InlineData("training-ascii-80x24", 80, 24)]
    [InlineData("training-ascii-200x50", 200, 50)]
    public void Draw_TerminalWithoutUnicode_IsAsciiAndAsApproved(string name, int width, int height)
    {
        var screen = Draw(Four(), width, height - 1, Glyphs.Ascii);

        Assert.All(screen, character => Assert.True(char.IsAscii(character)));
        Screen.AssertApproved(name, screen);
    }

    [Theory]
    [InlineData("thirty-80x24", 80, 24)]
    [InlineData("thirty-200x24", 200, 24)]
    [InlineData("thirty-200x50", 200, 50)]
    public void Draw_ThirtyTrainings_IsAsApproved(string name, int width, int height) =>
        Screen.AssertApproved(name, Draw(Thirty(), width, height - 1, Glyphs.Unicode));

    /// <summary>docs/terminal.md: from 110 columns on the table has a frame; below it is one line for each training.</summary>
    [Theory]
    [InlineData(109, false)]
    [InlineData(110, true)]
    public void Draw_WidthAtTheBorder_IsCompactBelow110(int width, bool isWide)
    {
        var lines = Draw(Four(), width, 23, Glyphs.Unicode).TrimEnd('\n').Split('\n');

        string[] narrow = ["Model", "Seed", "Progress", "Epoch", "Loss", "Val. acc.", "Best", "Left"];
        string[] wide = ["Model", "Seed", "Progress", "Epoch", "Val. loss", "Val. acc.", "Best", "Left"];
        Assert.Equal(isWide ? wide : narrow, Titles().Split(lines[isWide ? 2 : 1]).Where(title => title.Length > 0));
        // The totals, the titles and four trainings, and the three lines of the frame.
        Assert.Equal(isWide ? 9 : 6, lines.Length);
        Assert.Equal(isWide, lines.Any(line => line.Contains('│', StringComparison.Ordinal)));
    }

    /// <summary>A drawing with more lines than the terminal could not be erased again.</summary>
    [Theory]
    [MemberData(nameof(Sizes))]
    public void Draw_AnySize_NeverExceedsIt(int width, int height)
    {
        var lines = Draw(Thirty(), width, height, Glyphs.Unicode).TrimEnd('\n').Split('\n');

        Assert.InRange(lines.Length, 1, height);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
    }

    [Theory]
    [InlineData("completed", TrainingStage.Completed)]
    [InlineData("failed", TrainingStage.Failed)]
    [InlineData("cancelled", TrainingStage.Stopped)]
    public void Draw_RunThatHasEnded_IsAsApproved(string stage, TrainingStage second)
    {
        RunProgress run = new(
            stage,
            [Done("model1", .8125) with { Stage = TrainingStage.Completed }, Training("model3", 6, .5) with { Stage = second }],
            null);

        Screen.AssertApproved($"{stage}-80", Draw(run, 80, null, Glyphs.Unicode));
        Screen.AssertApproved($"{stage}-200", Draw(run, 200, null, Glyphs.Unicode));
    }

    /// <summary>Colours are escape codes with a number below 100 before the letter m; bold is 1.</summary>
    [Theory]
    [InlineData(ColorSystemSupport.NoColors, false)]
    [InlineData(ColorSystemSupport.TrueColor, true)]
    public void Draw_WithAndWithoutColours_DiffersInColoursAlone(ColorSystemSupport support, bool hasColours)
    {
        using var text = new StringWriter();
        Screen.Console(text, 80, 24, support).Write(RunScreen.Draw(Four(), 80, 23, Glyphs.Unicode));

        Assert.Equal(hasColours, System.Text.RegularExpressions.Regex.IsMatch(text.ToString(), @"\u001b\[(38;|[34]\d|9\d)"));
        Assert.Contains("█████░░░░░", text.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(200)]
    public void Draw_LossOfATrainingThatDiverges_HasAnExponent(int width)
    {
        var training = Training("model3", 6, .5) with { Last = new EpochRow(5, "all", 2e28, .2, 3.25e27, .2, .001, 61.5) };

        Assert.Contains(" 2.0000e+28 ", Draw(new("training", [training], null), width, null, Glyphs.Unicode), StringComparison.Ordinal);
    }

    [System.Text.RegularExpressions.GeneratedRegex(@"\s*│\s*|\s{2,}")]
    private static partial System.Text.RegularExpressions.Regex Titles();

    private static string Draw(RunProgress run, int width, int? height, Glyphs glyphs) =>
        Screen.Show(RunScreen.Draw(run, width, height, glyphs), width);

    private static RunProgress Four() => new(
        "training",
        [
            Done("model1", .8125) with { Stage = TrainingStage.Completed },
            Training("model3", 6, .5),
            Done("model4", .9012) with { Stage = TrainingStage.Evaluating },
            new TrainingState("resnet50-finetuned", 1, 1) { TotalEpochs = 5 },
        ],
        TimeSpan.FromSeconds(754));

    /// <summary>Ten models with three seeds: nine are done, one has failed, two are under way and eighteen wait.</summary>
    private static RunProgress Thirty() => new(
        "training",
        [
            .. Enumerable.Range(0, 30).Select(index => (Name: $"model{(index / 3) + 1}", Seed: (index % 3) + 1, Index: index))
                .Select(training => (training.Index switch
                {
                    < 9 => Done(training.Name, .8 + (training.Index / 100.0)) with { Stage = TrainingStage.Completed },
                    9 => Training(training.Name, 2, 1) with { Stage = TrainingStage.Failed },
                    < 12 => Training(training.Name, training.Index - 6, .25),
                    _ => new TrainingState(training.Name, 0, 1) { TotalEpochs = 10 },
                }) with
                { Seed = training.Seed }),
        ],
        TimeSpan.FromSeconds(5025));

    private static TrainingState Done(string model, double best) => new(model, 1, 1)
    {
        TotalEpochs = 10,
        Epoch = 10,
        EpochShare = 1,
        Last = new EpochRow(10, "all", .3456, .8765, .4567, best - .01, .001, 12.34),
        Best = best,
        SecondsPerEpoch = 12.34,
    };

    private static TrainingState Training(string model, int epoch, double share) => new(model, 1, 1)
    {
        TotalEpochs = 10,
        Stage = TrainingStage.Training,
        Epoch = epoch,
        EpochShare = share,
        Last = new EpochRow(epoch - 1, "all", .4321, .8421, .5432, .8123, .001, 61.5),
        Best = .8234,
        SecondsPerEpoch = 61.5,
    };
}
