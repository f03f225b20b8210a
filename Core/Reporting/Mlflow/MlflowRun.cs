using System.Globalization;
using System.Text;
using ServerlessFashion.Reporting.Files;

namespace ServerlessFashion.Reporting.Mlflow;

/// <summary>How an MLflow run ended: the numbers of MLflow's <c>RunStatus</c>.</summary>
internal enum MlflowStatus
{
    Finished = 3,
    Failed = 4,
}

/// <summary>One value of a metric.</summary>
/// <param name="Step">The epoch; 0 for a value that belongs to none.</param>
internal sealed record MlflowValue(double Value, int Step, DateTimeOffset At);

/// <summary>
/// A run in the layout of MLflow's file store: a folder with <c>meta.yaml</c>, one file for each parameter, tag and metric, and the
/// artifacts. Source: mlflow/store/tracking/file_store.py of the MLflow project.
/// </summary>
internal sealed record MlflowRun
{
    /// <summary><c>SourceType.LOCAL</c> of MLflow.</summary>
    private const int LocalSource = 4;

    /// <summary>Unique among all runs of all stores: 32 hexadecimal digits.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required MlflowStatus Status { get; init; }

    public required DateTimeOffset Started { get; init; }

    public required DateTimeOffset Ended { get; init; }

    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    public required IReadOnlyDictionary<string, IReadOnlyList<MlflowValue>> Metrics { get; init; }

    /// <summary>The files of the run's folder.</summary>
    /// <param name="experiment">The experiment that the run belongs to.</param>
    public IEnumerable<ReportFile> Render(MlflowExperiment experiment)
    {
        var folder = $"{MlflowExperiment.Id}/{Id}";
        var artifacts = $"{experiment.ArtifactLocation}/{Id}/artifacts";
        return
        [
            MlflowYaml.File($"{folder}/meta.yaml", new Dictionary<string, object?>
            {
                ["artifact_uri"] = artifacts,
                ["end_time"] = Ended.ToUnixTimeMilliseconds(),
                ["entry_point_name"] = "",
                ["experiment_id"] = MlflowExperiment.Id,
                ["lifecycle_stage"] = "active",
                ["run_id"] = Id,
                ["run_name"] = Name,
                ["run_uuid"] = Id,
                ["source_name"] = "",
                ["source_type"] = LocalSource,
                ["source_version"] = "",
                ["start_time"] = Started.ToUnixTimeMilliseconds(),
                ["status"] = (int)Status,
                ["tags"] = Array.Empty<string>(),
                ["user_id"] = "",
            }),
            .. Parameters.Select(parameter => Text($"{folder}/params/{parameter.Key}", parameter.Value)),
            .. Tags.Append(new("mlflow.runName", Name)).Select(tag => Text($"{folder}/tags/{tag.Key}", tag.Value)),
            .. Metrics.Where(metric => metric.Value.Count > 0)
                .Select(metric => Text($"{folder}/metrics/{metric.Key}", Lines(metric.Value))),
        ];
    }

    /// <summary>One line for each value: milliseconds since 1970, the value as Python reads it, and the step.</summary>
    private static string Lines(IReadOnlyList<MlflowValue> values)
    {
        var lines = new StringBuilder();
        foreach (var value in values)
        {
            lines.Append(CultureInfo.InvariantCulture, $"{value.At.ToUnixTimeMilliseconds()} {value.Value:R} {value.Step}\n");
        }

        return lines.ToString();
    }

    private static ReportFile Text(string path, string content) => ReportFile.Text(path, "text/plain; charset=utf-8", content);
}
