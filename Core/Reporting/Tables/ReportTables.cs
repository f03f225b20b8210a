using ServerlessFashion.Evaluation;
using ServerlessFashion.Models;

namespace ServerlessFashion.Reporting.Tables;

/// <summary>Every table of the report.</summary>
public static class ReportTables
{
    /// <summary>All tables of <c>tables/</c>.</summary>
    public static IEnumerable<ReportTable> All(ReportView view) =>
    [
        Ranking(view), Comparison(view), Data(view), Architecture(view), Training(view), History(view), PerClass(view), PublishedPerClass,
        .. view.Groups.SelectMany(group => new[] { Confusion(view, group), NormalisedConfusion(view, group) }),
        Calibration(view), Pairs(view), Errors(view),
        .. view.Ordinal ? new[] { CutDistance(view) } : [],
        Cost(view),
        .. view.Document.Pruning.Count > 0 ? new[] { PruningTables.Pruned(view), PruningTables.Steps(view) } : [],
        Failures(view),
    ];

    /// <summary>The verdict's table: the study's best row on top, then every model of the run, best validation accuracy first.</summary>
    public static ReportTable Ranking(ReportView view)
    {
        var groups = view.Document.Comparison.Ranking.Select(rank => view.Groups.First(group => group.Name == rank.Name)).ToArray();
        var study = PublishedStudy.Results.MaxBy(result => result.TestAccuracy)!;
        var bestValidation = Highest(groups, seed => seed.Validation.Accuracy);
        var bestTest = Highest(groups, seed => seed.Test.Accuracy);
        var bestF1 = Highest(groups, seed => seed.Test.MacroF1);
        var bestLoss = groups.Select(group => group.Mean(seed => seed.Test.Loss)).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min();
        Row[] published = view.Ordinal
            ? [new Row([$"{Wording.Title(study.Name)} as published", "–", Cell.Share(study.ValidationAccuracy), Cell.Share(study.TestAccuracy), Interval(Evaluation.Interval.Wilson((int)Math.Round(study.TestAccuracy * 10_000), 10_000)), "–", "–", "–", "–"], Published: true)]
            : [];
        return new ReportTable("ranking", "Models by validation accuracy; best values in bold",
            [
                new("Model", Numeric: false), new("Seeds"), new("Validation accuracy"), new("Test accuracy"), new("Test 95 % interval"),
                new("Test macro F1"), new("Test loss"), new("Parameters"), new("Fit", Numeric: false),
            ],
            [
                .. published,
                .. groups.Select(group => new Row(
                [
                    Name(group), Cell.Count(group.Seeds.Count),
                    Cell.Share(group, seed => seed.Validation.Accuracy, group.Mean(seed => seed.Validation.Accuracy) == bestValidation),
                    Cell.Share(group, seed => seed.Test.Accuracy, group.Mean(seed => seed.Test.Accuracy) == bestTest),
                    Interval(group.First.Test.AccuracyInterval!),
                    Cell.Share(group, seed => seed.Test.MacroF1, group.Mean(seed => seed.Test.MacroF1) == bestF1),
                    Cell.Share(group, seed => seed.Test.Loss, group.Mean(seed => seed.Test.Loss) == bestLoss),
                    Cell.Count(group.First.Parameters), FitWords(group.First.Fit),
                ])),
            ]);
    }

    /// <summary>The study's table with the study's columns: for each model the published and the obtained results.</summary>
    public static ReportTable Comparison(ReportView view) => new("comparison", view.Ordinal ? "The study's table: published and obtained" : "Obtained, in the study's columns",
        [
            new("Model", Numeric: false), new("Result", Numeric: false), new("Time"), new("Time per sample"), new("Train accuracy"), new("Validation accuracy"),
            new("Test accuracy"), new("Train loss"), new("Validation loss"),
        ],
        [.. view.Groups.SelectMany(group => Rows(view, group))]);

    public static ReportTable Data(ReportView view)
    {
        var data = view.Document.Data;
        return new ReportTable("data", "Test images by label",
            [new("Label", Numeric: false), new("Test images"), new("Share")],
            [
                .. view.LabelNames.Select((name, label) => (name, Count: view.TestImages.Labels.Count(l => l == label)))
                    .Select(row => new Row([row.name, Cell.Count(row.Count), Cell.Percent((double)row.Count / Math.Max(1, view.TestImages.Count))])),
                new Row(["All", Cell.Count(data.Test), Cell.Percent(1)]),
            ]);
    }

    public static ReportTable Architecture(ReportView view) => new("architecture", "Architecture of the models",
        [new("Model", Numeric: false), new("Name", Numeric: false), new("Layer", Numeric: false), new("Output shape"), new("Parameters")],
        [.. view.Groups.SelectMany(group => Layers(view, group))]);

    /// <summary>One model's layers, for the page.</summary>
    public static ReportTable Architecture(ReportView view, ModelGroup group)
    {
        var all = Layers(view, group).ToArray();
        return new ReportTable($"architecture-{group.FileName}", group.Title,
            [new("Name", Numeric: false), new("Layer", Numeric: false), new("Output shape"), new("Parameters")],
            [.. all.Select(row => new Row([.. row.Cells.Skip(1)]))]);
    }

    public static ReportTable Training(ReportView view) => new("training", "Training in figures, one row per model and seed",
        [
            new("Model", Numeric: false), new("Seed"), new("Training images"), new("Batch"), new("Epochs"), new("Best epoch"), new("Start weights", Numeric: false),
            new("Training time"), new("Time per epoch"), new("Test time"), new("Peak memory, MiB"), new("Threads"),
        ],
        [.. view.Groups.SelectMany(group => group.Seeds).Select(model => new Row(
        [
            model.Title, Cell.Count(model.Seed), Cell.Count(model.TrainImages), Cell.Count(model.BatchSize), Epochs(model), Cell.Count(model.BestEpoch),
            model.Members.Count == 0 ? model.Weights : $"vote of {string.Join(", ", model.Members)}", Cell.Seconds(model.TrainSeconds), Cell.Seconds(model.SecondsPerEpoch), Cell.Seconds(model.TestSeconds),
            Cell.Number(model.PeakMemoryBytes / 1048576.0, "0"), Cell.Count(model.Threads),
        ]))]);

    public static ReportTable History(ReportView view) => new("history", "Every epoch of every model",
        [
            new("Model", Numeric: false), new("Seed"), new("Epoch"), new("Phase", Numeric: false), new("Train loss"), new("Train accuracy"),
            new("Validation loss"), new("Validation accuracy"), new("Learning rate"), new("Seconds"),
        ],
        [.. view.Groups.SelectMany(group => group.Seeds).SelectMany(model => model.History.Select(epoch => new Row(
        [
            model.Name, Cell.Count(model.Seed), Cell.Count(epoch.Epoch), epoch.Phase, Cell.Share(epoch.TrainLoss), Cell.Share(epoch.TrainAccuracy),
            Cell.Share(epoch.ValidationLoss), Cell.Share(epoch.ValidationAccuracy), Cell.Number(epoch.LearningRate, "0.######"), Cell.Number(epoch.Seconds, "0.00"),
        ])))]);

    /// <summary>All models and seeds in one table, for the file.</summary>
    public static ReportTable PerClass(ReportView view) => new("per-class", "Precision, recall, F1 and support by label, on the test set",
        [
            new("Model", Numeric: false), new("Seed"), new("Label", Numeric: false), new("Precision"), new("Precision low"), new("Precision high"),
            new("Recall"), new("Recall low"), new("Recall high"), new("F1"), new("Support"),
        ],
        [.. view.Groups.SelectMany(group => group.Seeds).SelectMany(model => model.PerClass.Select(score => new Row(
        [
            model.Name, Cell.Count(model.Seed), view.LabelNames[score.Label],
            Cell.Share(score.Precision), Cell.Share(score.PrecisionInterval!.Low), Cell.Share(score.PrecisionInterval.High),
            Cell.Share(score.Recall), Cell.Share(score.RecallInterval!.Low), Cell.Share(score.RecallInterval.High),
            Cell.Share(score.F1), Cell.Count(score.Support),
        ])))]);

    /// <summary>One model's labels, for the page.</summary>
    public static ReportTable PerClass(ReportView view, ModelGroup group)
    {
        var scores = group.First.PerClass;
        return new ReportTable($"per-class-{group.FileName}", $"{group.Title}: precision, recall, F1 and support by label",
            [new("Label", Numeric: false), new("Precision"), new("95 % interval"), new("Recall"), new("95 % interval"), new("F1"), new("Support")],
            [
                .. scores.Select(score => new Row(
                [
                    view.LabelNames[score.Label],
                    Cell.Share(score.Precision, score.Precision == scores.Max(s => s.Precision)), Interval(score.PrecisionInterval!),
                    Cell.Share(score.Recall, score.Recall == scores.Max(s => s.Recall)), Interval(score.RecallInterval!),
                    Cell.Share(score.F1, score.F1 == scores.Max(s => s.F1)), Cell.Count(score.Support),
                ])),
                new Row(["Macro mean", Cell.Share(scores.Average(s => s.Precision)), "", Cell.Share(scores.Average(s => s.Recall)), "", Cell.Share(group.First.Test.MacroF1), Cell.Count(scores.Sum(s => s.Support))]),
            ]);
    }

    public static ReportTable PublishedPerClass { get; } = new("published-per-class-model4", "Model 4 as published: on held-out training images",
        [new("Label", Numeric: false), new("Precision"), new("Recall"), new("F1"), new("Support")],
        [.. PublishedStudy.Model4PerClass.Select(score => new Row(
            [$"Class {score.Label}", Cell.Number(score.Precision, "0.00"), Cell.Number(score.Recall, "0.00"), Cell.Number(score.F1, "0.00"), Cell.Count(score.Support)], Published: true))]);

    public static ReportTable Confusion(ReportView view, ModelGroup group) => new($"confusion-{group.FileName}", $"{group.Title}: test images by true label (row) and predicted label (column)",
        [new("True label", Numeric: false), .. view.LabelNames.Select(name => new Column(name))],
        [.. group.First.Confusion.Select((row, label) => new Row([view.LabelNames[label], .. row.Select(count => Cell.Count(count))]))]);

    public static ReportTable NormalisedConfusion(ReportView view, ModelGroup group) => new($"confusion-normalised-{group.FileName}", $"{group.Title}: share of each true label (row) by predicted label (column)",
        [new("True label", Numeric: false), .. view.LabelNames.Select(name => new Column(name))],
        [.. group.First.Confusion.Select((row, label) => new Row([view.LabelNames[label], .. row.Select(count => Cell.Share((double)count / Math.Max(1, row.Sum())))]))]);

    public static ReportTable Calibration(ReportView view) => new("calibration", "Calibration on the test set, as trained and after temperature scaling",
        [
            new("Model", Numeric: false), new("Temperature"), new("ECE before"), new("ECE after"), new("NLL before"), new("NLL after"), new("Brier before"), new("Brier after"),
        ],
        [.. view.Groups.Select(group => (group, group.First.Calibration)).Select(pair => new Row(
        [
            Name(pair.group), Cell.Number(pair.Calibration.Temperature, "0.00"),
            Cell.Share(pair.Calibration.Before.Ece), Cell.Share(pair.Calibration.After.Ece),
            Cell.Share(pair.Calibration.Before.NegativeLogLikelihood), Cell.Share(pair.Calibration.After.NegativeLogLikelihood),
            Cell.Share(pair.Calibration.Before.Brier), Cell.Share(pair.Calibration.After.Brier),
        ]))]);

    public static ReportTable Pairs(ReportView view) => new("pairs", "Every pair of models on the same test images",
        [
            new("First", Numeric: false), new("Second", Numeric: false), new("Only first right"), new("Only second right"), new("Difference, points"),
            new("Bootstrap 95 % interval"), new("McNemar exact p"), new("Holm-adjusted p"), new("Significant", Numeric: false), new("Corrected χ²"), new("Corrected p"),
        ],
        [.. view.Document.Comparison.Pairs.Select(pair => new Row(
        [
            Wording.Title(pair.First), Wording.Title(pair.Second), Cell.Count(pair.OnlyFirstRight), Cell.Count(pair.OnlySecondRight),
            new Cell(Wording.Points(pair.Difference), pair.Difference),
            $"{Wording.Points(pair.DifferenceInterval!.Low)} to {Wording.Points(pair.DifferenceInterval.High)}",
            Cell.P(pair.PValue), Cell.P(pair.HolmPValue), pair.HolmPValue < Verdict.Level ? "yes" : "no",
            Cell.Number(pair.Corrected!.Statistic, "0.00"), Cell.P(pair.Corrected.PValue),
        ]))]);

    public static ReportTable Errors(ReportView view) => new("errors", "Errors on the test set",
        [
            new("Model", Numeric: false), new("Wrong"), new("Error rate"), new("Cohen's κ"),
            .. view.Ordinal ? new Column[] { new("Quadratic κ"), new("Off by one") } : [],
        ],
        [.. view.Groups.Select(group => new Row(
        [
            Name(group), Cell.Count(Wrong(group.First)), Cell.Share(1 - group.First.Test.Accuracy), Cell.Share(group.First.Test.Kappa),
            .. view.Ordinal ? new[] { Cell.Share(group.First.Test.QuadraticKappa), Cell.Percent(group.First.Test.OffByOneShare ?? 0) } : [],
        ]))]);

    public static ReportTable CutDistance(ReportView view) => new("cut-distance", "Error rate by distance to the nearest label cut",
        [new("Model", Numeric: false), new("From"), new("To"), new("Images"), new("Errors"), new("Error rate"), new("Low"), new("High")],
        [.. view.Groups.SelectMany(group => (group.First.CutDistance ?? []).Select(g => new Row(
        [
            group.Name, Cell.Count(g.From), Cell.Count(g.To), Cell.Count(g.Images), Cell.Count(g.Errors), Cell.Share(g.ErrorRate), Cell.Share(g.Interval.Low), Cell.Share(g.Interval.High),
        ])))]);

    /// <summary>The table has two more columns if a model is pruned.</summary>
    public static ReportTable Cost(ReportView view)
    {
        var pruned = view.Groups.Any(group => group.First.Sparsity > 0);
        Column[] sparsity = pruned ? [new("Zero kernel weights"), new("Kernel weights left")] : [];
        return new("cost", "What accuracy costs",
            [new("Model", Numeric: false), new("Test accuracy"), new("Parameters"), new("Trainable"), .. sparsity, new("Training time"), new("Time per epoch"), new("Training, µs per image and epoch"), new("Prediction, µs per image")],
            [.. view.Groups.Select(group => new Row(
            [
                Name(group), Cell.Share(group, seed => seed.Test.Accuracy), Cell.Count(group.First.Parameters), Cell.Count(group.First.TrainableParameters),
                .. pruned ? Sparsity(group.First) : [],
                Cell.Seconds(group.Mean(seed => seed.TrainSeconds)), Cell.Seconds(group.Mean(seed => seed.SecondsPerEpoch)),
                Cell.Number(1e6 * group.Mean(seed => seed.SecondsPerEpoch) / Math.Max(1, group.First.TrainImages), "#,0"),
                Cell.Number(group.Mean(seed => seed.TestMicrosecondsPerSample), "#,0"),
            ]))]);
    }

    public static ReportTable Failures(ReportView view) => new("failures", "Models that did not finish",
        [new("Model", Numeric: false), new("Seed"), new("Error", Numeric: false)],
        [.. view.Document.Failures.Select(failure => new Row([Wording.Title(failure.Name), Cell.Count(failure.Seed), failure.Error]))]);

    /// <summary>A diagnosis in two or three words.</summary>
    public static string FitWords(Fit fit) => fit switch
    {
        Fit.Failed => "training failed",
        Fit.TooShortToTell => "too short to tell",
        Fit.OverfitsClearly => "overfits clearly",
        Fit.OverfitsMildly => "overfits mildly",
        Fit.StillImproving => "still improving",
        _ => "fits well",
    };

    private static Cell[] Sparsity(ModelReport model) =>
        model.KernelParametersLeft is { } left ? [Wording.Percent(model.Sparsity), Cell.Count(left)] : ["–", "–"];

    private static IEnumerable<Row> Rows(ReportView view, ModelGroup group)
    {
        if (view.Ordinal && PublishedStudy.Of(group.Name) is { } published)
        {
            yield return new Row(
            [
                Name(group), "published", published.Time, published.MicrosecondsPerSample is { } microseconds ? new Cell($"{microseconds:0} µs", microseconds) : "–",
                Cell.Share(published.TrainAccuracy), Cell.Share(published.ValidationAccuracy), Cell.Share(published.TestAccuracy),
                Cell.Share(published.TrainLoss), Cell.Share(published.ValidationLoss),
            ], Published: true);
        }

        var perSample = 1e6 * group.Mean(seed => seed.SecondsPerEpoch) / Math.Max(1, group.First.TrainImages);
        yield return new Row(
        [
            Name(group), "obtained", Cell.Seconds(group.Mean(seed => seed.TrainSeconds)), new Cell($"{Wording.Number(perSample, "#,0")} µs", perSample),
            Cell.Share(group, seed => seed.Train.Accuracy), Cell.Share(group, seed => seed.Validation.Accuracy), Cell.Share(group, seed => seed.Test.Accuracy),
            Cell.Share(group, seed => seed.Train.Loss), Cell.Share(group, seed => seed.Validation.Loss),
        ]);
    }

    private static IEnumerable<Row> Layers(ReportView view, ModelGroup group)
    {
        if (ModelCatalogue.All.FirstOrDefault(spec => spec.Name == group.Name) is not { } spec)
        {
            return [];
        }

        var summary = ModelSummary.Of(spec, view.LabelNames.Count);
        return
        [
            new Row([group.Title, "input", Describe(spec.Input), ModelPlan.InputShape(spec.Input).ToString(), Cell.Count(0)]),
            .. summary.Rows.Select(row => new Row([group.Title, row.Name, row.Kind, row.OutputShape, Cell.Count(row.Parameters)])),
            new Row([group.Title, "all", $"{Wording.Count(summary.TrainableParameters)} trainable", "", new Cell(Wording.Count(summary.TotalParameters), summary.TotalParameters, Best: true)]),
        ];
    }

    private static Cell Epochs(ModelReport model) => model.PlannedEpochs > model.Epochs
        ? new Cell(Wording.StoppedEarly(model.Epochs, model.PlannedEpochs.Value), model.Epochs)
        : Cell.Count(model.Epochs);

    private static string Describe(InputTransform input) => input switch
    {
        InputTransform.Grey28 => "grey / 255",
        InputTransform.Rgb32 => "zero-padded, grey repeated to three channels, / 255",
        InputTransform.ImageNet64 => "enlarged bilinearly, grey / 255 repeated to three channels, normalised as ImageNet was",
        _ => throw new ArgumentOutOfRangeException(nameof(input), input, "An input transform without a description."),
    };

    private static int Wrong(ModelReport model) => model.Confusion.Select((row, label) => row.Sum() - row[label]).Sum();

    private static Cell Name(ModelGroup group) => group.First.SideInformation ? $"{group.Title} (with side information)" : group.Title;

    private static Cell Interval(Interval interval) => $"{Wording.Share(interval.Low)} to {Wording.Share(interval.High)}";

    private static double Highest(ModelGroup[] groups, Func<ModelReport, double> value) =>
        groups.Select(group => group.Mean(value)).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max();
}
