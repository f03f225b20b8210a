using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ServerlessFashion.Data;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Reporting.Files;
using ServerlessFashion.Specs;

namespace ServerlessFashion.Reporting.Mlflow;

/// <summary>
/// A comparison as runs of MLflow, so that people can keep the history that they have there: one run for the comparison, with the
/// report as its artifacts, and below it one for each training.
/// </summary>
public static class MlflowStore
{
    /// <summary>How many folders of the store lead to a run: its experiment's and its own.</summary>
    public const int Depth = 2;

    private const string ParentTag = "mlflow.parentRunId";
    private const string NoteTag = "mlflow.note.content";
    private const string SourceTag = "mlflow.source.name";

    /// <summary>All files but the models. Paths are relative to the store.</summary>
    /// <param name="report">The files of the report.</param>
    /// <param name="store">The folder of the store: MLflow keeps absolute addresses of artifacts.</param>
    public static IEnumerable<ReportFile> Render(ReportDocument document, IEnumerable<ReportFile> report, string store)
    {
        var experiment = MlflowExperiment.In(store, document.CreatedAt);
        var comparison = Comparison(document);
        return
        [
            experiment.Render(),
            .. comparison.Render(experiment),
            .. report.Select(file => file with { Path = $"{MlflowExperiment.Id}/{comparison.Id}/artifacts/report/{file.Path}" }),
            .. document.Models.SelectMany(model => Training(document, model, comparison.Id).Render(experiment)),
            .. document.Failures.SelectMany(failure => Failed(document, failure, comparison.Id).Render(experiment)),
        ];
    }

    /// <summary>The folder for the files of a trained model, relative to the store.</summary>
    public static string ModelArtifacts(ReportDocument document, ModelReport model) =>
        $"{MlflowExperiment.Id}/{IdOf(document.RunId, model.Name, model.Seed)}/artifacts/model";

    private static MlflowRun Comparison(ReportDocument document)
    {
        var winner = document.Models.Where(model => model.Name == document.Winner).MinBy(model => model.Seed);
        var seconds = document.Models.Sum(model => model.TrainSeconds);
        return new MlflowRun
        {
            Id = IdOf(document.RunId),
            Name = document.RunId,
            Status = winner is null ? MlflowStatus.Failed : MlflowStatus.Finished,
            Started = document.CreatedAt,
            Ended = document.CreatedAt.AddSeconds(seconds),
            Parameters = Shared(document),
            Tags = new Dictionary<string, string>
            {
                [SourceTag] = Source(document),
                [NoteTag] = string.Join('\n', document.Verdict.Prepend(document.Headline)),
            },
            Metrics = winner is null ? new Dictionary<string, IReadOnlyList<MlflowValue>>() : Final(document, winner),
        };
    }

    private static MlflowRun Training(ReportDocument document, ModelReport model, string comparison)
    {
        var parameters = new Dictionary<string, string>(Child(document, model.Name, model.Seed))
        {
            ["batch_size"] = Number(model.BatchSize),
            ["epochs"] = Number(model.Epochs),
            ["parameters"] = Number(model.Parameters),
            ["trainable_parameters"] = Number(model.TrainableParameters),
            ["threads"] = Number(model.Threads),
            ["initial_weights"] = model.Weights,
        };
        var phases = document.Configuration.Models.FirstOrDefault(configured => configured.Name == model.Name)?.Phases ?? [];
        foreach (var (index, phase) in phases.Index())
        {
            parameters[$"phase{index + 1}.name"] = phase.Name;
            parameters[$"phase{index + 1}.epochs"] = Number(phase.Epochs);
            parameters[$"phase{index + 1}.learning_rate"] = phase.LearningRate.ToString("R", CultureInfo.InvariantCulture);
        }

        foreach (var (name, value) in document.Configuration.Set ?? new Dictionary<string, OptionValue>())
        {
            if (name.StartsWith($"{model.Name}.", StringComparison.Ordinal))
            {
                parameters[$"set.{name[(model.Name.Length + 1)..]}"] = value.Text;
            }
        }

        return new MlflowRun
        {
            Id = IdOf(document.RunId, model.Name, model.Seed),
            Name = NameOf(document, model.Name, model.Seed),
            Status = MlflowStatus.Finished,
            Started = document.CreatedAt,
            Ended = document.CreatedAt.AddSeconds(model.TrainSeconds),
            Parameters = parameters,
            Tags = ChildTags(document, comparison, model.Diagnosis),
            Metrics = History(document, model).Concat(Final(document, model)).ToDictionary(),
        };
    }

    private static MlflowRun Failed(ReportDocument document, ModelFailure failure, string comparison) => new()
    {
        Id = IdOf(document.RunId, failure.Name, failure.Seed),
        Name = NameOf(document, failure.Name, failure.Seed),
        Status = MlflowStatus.Failed,
        Started = document.CreatedAt,
        Ended = document.CreatedAt,
        Parameters = Child(document, failure.Name, failure.Seed),
        Tags = ChildTags(document, comparison, failure.Error),
        Metrics = new Dictionary<string, IReadOnlyList<MlflowValue>>(),
    };

    /// <summary>In a cross-validation the training with seed k validates on fold k.</summary>
    private static string NameOf(ReportDocument document, string model, int seed) =>
        $"{document.RunId} {model} {(document.Configuration.Folds is null ? "seed" : "fold")} {seed}";

    private static Dictionary<string, string> Child(ReportDocument document, string model, int seed)
    {
        var parameters = new Dictionary<string, string>(Shared(document)) { ["model"] = model, ["seed"] = Number(seed) };
        if (document.Configuration.Folds is not null)
        {
            parameters["fold"] = Number(seed);
        }

        return parameters;
    }

    private static Dictionary<string, string> Shared(ReportDocument document)
    {
        var (configuration, parameters) = (document.Configuration, Always(document));
        if (configuration.Folds is { } folds)
        {
            parameters["folds"] = Number(folds);
        }

        if (configuration.Budget is { } budget)
        {
            parameters["budget_seconds"] = budget.TotalSeconds.ToString("R", CultureInfo.InvariantCulture);
        }

        return parameters;
    }

    private static Dictionary<string, string> Always(ReportDocument document) => new()
    {
        ["preset"] = document.Configuration.Preset,
        ["dataset"] = document.Configuration.Dataset ?? DatasetDescription.FashionMnistName,
        ["class_weights"] = document.Configuration.ClassWeights == true ? "true" : "false",
        ["labels"] = document.Data.Labels.ToString().ToLowerInvariant(),
        ["split"] = document.Data.Split.ToString().ToLowerInvariant(),
        ["split_seed"] = Number(document.Configuration.SplitSeed),
        ["train_images"] = Number(document.Data.Train),
        ["validation_images"] = Number(document.Data.Validation),
        ["test_images"] = Number(document.Data.Test),
        ["data_sha256"] = document.Data.Sha256,
    };

    private static Dictionary<string, string> ChildTags(ReportDocument document, string comparison, string note) => new()
    {
        [ParentTag] = comparison,
        [SourceTag] = Source(document),
        [NoteTag] = note,
    };

    private static string Source(ReportDocument document) => $"ServerlessFashion {document.Environment.Version}";

    /// <summary>
    /// The values of each epoch. A history has durations and no times, so the time of an epoch is that of the comparison's start and
    /// the seconds of the epochs until then.
    /// </summary>
    private static Dictionary<string, IReadOnlyList<MlflowValue>> History(ReportDocument document, ModelReport model)
    {
        var times = new List<DateTimeOffset>();
        var seconds = 0.0;
        foreach (var row in model.History)
        {
            seconds += double.IsFinite(row.Seconds) ? row.Seconds : 0;
            times.Add(document.CreatedAt.AddSeconds(seconds));
        }

        return new Dictionary<string, IReadOnlyList<MlflowValue>>
        {
            ["train_loss"] = Values(row => row.TrainLoss),
            ["train_accuracy"] = Values(row => row.TrainAccuracy),
            ["validation_loss"] = Values(row => row.ValidationLoss),
            ["validation_accuracy"] = Values(row => row.ValidationAccuracy),
            ["learning_rate"] = Values(row => row.LearningRate),
            ["epoch_seconds"] = Values(row => row.Seconds),
        };

        MlflowValue[] Values(Func<EpochRow, double> value) =>
            [.. model.History.Zip(times, (row, at) => new MlflowValue(value(row), row.Epoch, at))];
    }

    /// <summary>The values of the evaluated weights, at the epoch that they come from.</summary>
    private static Dictionary<string, IReadOnlyList<MlflowValue>> Final(ReportDocument document, ModelReport model)
    {
        var at = document.CreatedAt.AddSeconds(model.TrainSeconds);
        var values = new Dictionary<string, IReadOnlyList<MlflowValue>>();
        Add("best_epoch", model.BestEpoch);
        Add("evaluated_train_accuracy", model.Train.Accuracy);
        Add("evaluated_train_loss", model.Train.Loss);
        Add("evaluated_validation_accuracy", model.Validation.Accuracy);
        Add("evaluated_validation_loss", model.Validation.Loss);
        Add("test_accuracy", model.Test.Accuracy);
        Add("test_accuracy_low", model.Test.AccuracyInterval?.Low);
        Add("test_accuracy_high", model.Test.AccuracyInterval?.High);
        Add("test_loss", model.Test.Loss);
        Add("test_macro_f1", model.Test.MacroF1);
        Add("train_seconds", model.TrainSeconds);
        Add("test_seconds", model.TestSeconds);
        Add("peak_memory_bytes", model.PeakMemoryBytes);
        return values;

        void Add(string name, double? value)
        {
            if (value is { } known)
            {
                values[name] = [new MlflowValue(known, model.BestEpoch, at)];
            }
        }
    }

    private static string IdOf(string run) => IdOf(run, "", 0);

    /// <summary>Always the same for the same training, so that a second export replaces the first one.</summary>
    private static string IdOf(string run, string model, int seed) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{run}|{model}|{seed}"))))[..32];

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
