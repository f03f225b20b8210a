using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Verbs;

/// <summary>A run in a JSON document. Field names are a contract.</summary>
internal sealed record RunView(
    string Id, RunStatus Status, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt,
    string Preset, IReadOnlyList<string> Models, RunConfiguration Configuration, string? Winner, string? Error, bool IsFinished,
    string? Name, IReadOnlyList<string> Tags, string? Notes, EvaluatedModel? Best, double? DurationSeconds)
{
    public static RunView Of(RunRecord run, RunConfiguration configuration) => new(
        run.Id, run.Status, run.CreatedAt, run.StartedAt, run.FinishedAt,
        run.Preset, run.Models, configuration, run.Winner, run.Error, run.IsFinished,
        run.Description.Name, run.Description.Tags, run.Description.Notes, run.Best, run.Duration?.TotalSeconds);
}
