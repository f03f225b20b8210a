using System.Globalization;
using ServerlessFashion.Application;
using ServerlessFashion.Cli.Display.Tables;
using ServerlessFashion.Phrases;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ServerlessFashion.Cli.Display.Live;

/// <summary>
/// Draws the state of a run: a line with the totals, and a table with a line for each training. From 110 columns on the table has a
/// frame and every figure; below that it has neither, and each training still takes one line.
/// </summary>
internal static class RunScreen
{
    private const int WideFrom = 110;
    private const int WideBar = 16;
    private const int NarrowBar = 10;

    /// <summary>The lines of a frame: above and below the titles, and at the end.</summary>
    private const int FrameLines = 3;

    /// <summary>Draws no more lines than <paramref name="height"/>; trainings that do not fit are counted in one line.</summary>
    /// <param name="width">Of the terminal, in characters.</param>
    /// <param name="height">The number of lines; null for as many as there are trainings.</param>
    public static IRenderable Draw(RunProgress run, int width, int? height, Glyphs glyphs)
    {
        var isWide = width >= WideFrom;
        var title = Line(Title(run, glyphs), width, glyphs, new Style(decoration: Decoration.Bold));
        var room = height is { } lines ? lines - 2 - (isWide ? FrameLines : 0) : run.Trainings.Count;
        if (run.Trainings.Count == 0 || room < 1)
        {
            return title;
        }

        var shown = room >= run.Trainings.Count ? run.Trainings : Choose(run.Trainings, room - 1);
        var table = isWide ? Wide(shown, glyphs) : Narrow(shown, glyphs);
        if (!table.Fits(width, isWide))
        {
            return title;
        }

        List<IRenderable> parts = [title];
        if (shown.Count > 0)
        {
            parts.Add(table.Render(width, isWide ? glyphs.Border : null));
        }

        var hidden = run.Trainings.Except(shown).ToList();
        if (hidden.Count > 0)
        {
            parts.Add(Line($"{glyphs.Dots} {hidden.Count} more: {Stages(hidden)}", width, glyphs, new Style(Color.Grey)));
        }

        return new Rows(parts);
    }

    private static string Title(RunProgress run, Glyphs glyphs)
    {
        var total = run.Trainings.Count;
        List<string> parts = [$"{run.Count(TrainingStage.Completed)} of {Quantity.Of(total, "training")} done"];
        AddCount(TrainingStage.Failed, "failed");
        AddCount(TrainingStage.Stopped, "stopped");
        if (run.Trainings.Any(training => training.EpochsLeft > 0))
        {
            parts.Add(run.Remaining is { } left ? $"about {DurationText.Of(left)} left" : $"time left: {glyphs.Dots}");
        }

        return $"{StageText.Name(run.Stage)}: {string.Join(", ", parts)}";

        void AddCount(TrainingStage stage, string word)
        {
            if (run.Count(stage) is > 0 and var count)
            {
                parts.Add($"{count} {word}");
            }
        }
    }

    /// <summary>The trainings that are under way come first, then those that failed, those that wait, and those that are done.</summary>
    private static IReadOnlyList<TrainingState> Choose(IReadOnlyList<TrainingState> trainings, int count)
    {
        var chosen = trainings.OrderBy(training => Order(training.Stage)).Take(Math.Max(0, count)).ToHashSet();
        return [.. trainings.Where(chosen.Contains)];
    }

    private static int Order(TrainingStage stage) => stage switch
    {
        TrainingStage.Training or TrainingStage.Evaluating => 0,
        TrainingStage.Failed => 1,
        TrainingStage.Waiting => 2,
        _ => 3,
    };

    private static string Stages(List<TrainingState> trainings) => string.Join(
        ", ", trainings.GroupBy(training => training.Stage).OrderBy(group => Order(group.Key))
            .Select(group => $"{group.Count()} {Word(group.Key)}"));

    private static FittedTable Wide(IReadOnlyList<TrainingState> trainings, Glyphs glyphs)
    {
        var table = new FittedTable().Text("Model").Number("Seed").Text("Progress").Number("Epoch")
            .Number("Loss", 3).Number("Acc.", 3).Number("Val. loss", 1).Number("Val. acc.").Number("Best").Number("s/epoch", 2)
            .Number("Left");
        foreach (var state in trainings)
        {
            table.AddRow(
                state.Model, Number(state.Seed, "0"), Progress(state, WideBar, glyphs), Epoch(state),
                LossText.Of(state.Last?.TrainLoss), Number(state.Last?.TrainAccuracy, "0.0000"),
                LossText.Of(state.Last?.ValidationLoss), Number(state.Last?.ValidationAccuracy, "0.0000"),
                Number(state.Best, "0.0000"), Number(Seconds(state), "0.0"), Left(state, glyphs));
        }

        return table;
    }

    private static FittedTable Narrow(IReadOnlyList<TrainingState> trainings, Glyphs glyphs)
    {
        var table = new FittedTable().Text("Model").Number("Seed", 1).Text("Progress").Number("Epoch", 5)
            .Number("Loss", 6).Number("Val. acc.", 4).Number("Best", 3).Number("Left", 2);
        foreach (var state in trainings)
        {
            table.AddRow(
                state.Model, Number(state.Seed, "0"), Progress(state, NarrowBar, glyphs), Epoch(state),
                LossText.Of(state.Last?.TrainLoss), Number(state.Last?.ValidationAccuracy, "0.0000"),
                Number(state.Best, "0.0000"), Left(state, glyphs));
        }

        return table;
    }

    /// <summary>A bar with the share that is done while the model trains, otherwise a word.</summary>
    private static Cell Progress(TrainingState state, int width, Glyphs glyphs)
    {
        if (state.Stage != TrainingStage.Training)
        {
            return new Cell(Word(state.Stage), StyleOf(state.Stage));
        }

        // A bar is not full before the end, and neither is its share.
        var filled = (int)(state.Done * width);
        var share = (int)(100 * state.Done);
        var bar = new string(glyphs.Done, filled) + new string(glyphs.Left, width - filled);
        return new Cell(string.Create(CultureInfo.InvariantCulture, $"{bar} {share,3}%"), new Style(Color.Green));
    }

    private static string Word(TrainingStage stage) =>
        stage == TrainingStage.Completed ? "done" : stage.ToString().ToLowerInvariant();

    private static Style StyleOf(TrainingStage stage) => new(stage switch
    {
        TrainingStage.Completed => Color.Green,
        TrainingStage.Failed => Color.Red,
        TrainingStage.Stopped => Color.Yellow,
        _ => Color.Grey,
    });

    private static string Epoch(TrainingState state) =>
        state.Stage == TrainingStage.Completed ? Epochs(state.TotalEpochs, state) : Epochs(state.Epoch, state);

    private static string Epochs(int epoch, TrainingState state) =>
        string.Create(CultureInfo.InvariantCulture, $"{epoch}/{state.TotalEpochs}");

    private static string Left(TrainingState state, Glyphs glyphs) => state switch
    {
        { Stage: TrainingStage.Training, Remaining: { } left } => DurationText.Of(left),
        { Stage: TrainingStage.Training } => glyphs.Dots,
        _ => "",
    };

    private static double? Seconds(TrainingState state) => state.SecondsPerEpoch > 0 ? state.SecondsPerEpoch : null;

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";

    private static Text Line(string text, int width, Glyphs glyphs, Style style) =>
        new(text.Length <= width ? text : text[..Math.Max(0, width - glyphs.Dots.Length)] + glyphs.Dots, style);
}
