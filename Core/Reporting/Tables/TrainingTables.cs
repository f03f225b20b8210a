using ServerlessFashion.Models;

namespace ServerlessFashion.Reporting.Tables;

/// <summary>The tables of networks and their training: layers, epochs, time and failures.</summary>
internal static class TrainingTables
{
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

    public static ReportTable Training(ReportView view) => new("training", $"Training in figures, one row per model and {view.Member}",
        [
            new("Model", Numeric: false), new(Wording.Sentence(view.Member)), new("Training images"), new("Batch"),
            new("Epochs") { Fields = ["Epochs", "Planned epochs"] }, new("Best epoch"),
            new("Start weights", Numeric: false),
            Column.Seconds("Training time"), Column.Seconds("Time per epoch"), Column.Seconds("Test time"),
            new("Peak memory, MiB"), new("Threads"),
        ],
        [.. view.Groups.SelectMany(group => group.Seeds).Select(model => new Row(
        [
            model.Title, Cell.Count(model.Seed), Cell.Count(model.TrainImages), Cell.Count(model.BatchSize), Epochs(model),
            Cell.Count(model.BestEpoch),
            model.Members.Count == 0 ? model.Weights : $"vote of {string.Join(", ", model.Members)}", Cell.Seconds(model.TrainSeconds),
            Cell.Seconds(model.SecondsPerEpoch), Cell.Seconds(model.TestSeconds),
            Cell.Number(model.PeakMemoryBytes / 1048576.0, "0"), Cell.Count(model.Threads),
        ]))]);

    public static ReportTable History(ReportView view) => new("history", "Every epoch of every model",
        [
            new("Model", Numeric: false), new("Seed"), new("Epoch"), new("Phase", Numeric: false), new("Train loss, nats"),
            new("Train accuracy"), new("Validation loss, nats"), new("Validation accuracy"), new("Learning rate"),
            new("Seconds"), new("Best epoch, 0 or 1"),
        ],
        [.. view.Groups.SelectMany(group => group.Seeds).SelectMany(model => model.History.Select(epoch => new Row(
        [
            model.Name, Cell.Count(model.Seed), Cell.Count(epoch.Epoch), epoch.Phase, Cell.Share(epoch.TrainLoss),
            Cell.Share(epoch.TrainAccuracy),
            Cell.Share(epoch.ValidationLoss), Cell.Share(epoch.ValidationAccuracy), Cell.Number(epoch.LearningRate, "0.##########"),
            Cell.Number(epoch.Seconds, "0.00"), Cell.Count(epoch.Epoch == model.BestEpoch ? 1 : 0),
        ])))]);

    /// <summary>With two columns more where a model is pruned.</summary>
    public static ReportTable Cost(ReportView view)
    {
        var pruned = view.Groups.Any(group => group.First.Sparsity > 0);
        Column[] sparsity = pruned ? [Column.Percent("Zero kernel weights"), new("Kernel weights left")] : [];
        return new("cost", "What accuracy costs",
            [
                new("Model", Numeric: false), Column.Mean("Test accuracy"), new("Parameters"), new("Trainable"), .. sparsity,
                Column.Seconds("Training time"), Column.Seconds("Time per epoch"),
                Column.Named("Training, µs per image and epoch", "Training, microseconds per image and epoch"),
                Column.Named("Prediction, µs per image", "Prediction, microseconds per image"),
            ],
            [.. view.Groups.Select(group => new Row(
            [
                Cell.Model(group), Cell.Share(group, seed => seed.Test.Accuracy), Cell.Count(group.First.Parameters),
                Cell.Count(group.First.TrainableParameters),
                .. pruned ? Sparsity(group.First) : [],
                Cell.Seconds(group.Mean(seed => seed.TrainSeconds)), Cell.Seconds(group.Mean(seed => seed.SecondsPerEpoch)),
                Cell.Number(1e6 * group.Mean(seed => seed.SecondsPerEpoch) / Math.Max(1, group.First.TrainImages), "#,0"),
                Cell.Number(group.Mean(seed => seed.TestMicrosecondsPerSample), "#,0"),
            ]))]);
    }

    public static ReportTable Failures(ReportView view) => new("failures", "Models that did not finish",
        [new("Model", Numeric: false), new("Seed"), new("Error", Numeric: false)],
        [
            .. view.Document.Failures.Select(failure => new Row(
                [view.Definition.TitleOf(failure.Name), Cell.Count(failure.Seed), failure.Error])),
        ]);

    private static IEnumerable<Row> Layers(ReportView view, ModelGroup group)
    {
        if (view.Definition.Specs.FirstOrDefault(spec => spec.Name == group.Name) is not { } spec)
        {
            return [];
        }

        var summary = ModelSummary.Of(spec, view.Labels);
        var input = spec.Input.For(view.Labels.Images);
        return
        [
            new Row([group.Title, "input", input.Description, input.Shape.ToString(), Cell.Count(0)]),
            .. summary.Rows.Select(row => new Row([group.Title, row.Name, row.Kind, row.OutputShape, Cell.Count(row.Parameters)])),
            new Row(
            [
                group.Title, "all", $"{Wording.Count(summary.TrainableParameters)} trainable", "",
                new Cell(Wording.Count(summary.TotalParameters), summary.TotalParameters, Best: true),
            ]),
        ];
    }

    private static Cell Epochs(ModelReport model) => model.PlannedEpochs > model.Epochs
        ? new Cell(Wording.StoppedEarly(model.Epochs, model.PlannedEpochs.Value), model.Epochs) { More = [model.PlannedEpochs] }
        : Cell.Count(model.Epochs) with { More = [model.PlannedEpochs] };

    private static Cell[] Sparsity(ModelReport model) =>
        model.KernelParametersLeft is { } left ? [Cell.Percent(model.Sparsity), Cell.Count(left)] : [Cell.None, Cell.None];
}
