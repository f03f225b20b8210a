using ServerlessFashion.Data;
using ServerlessFashion.Datasets;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Reporting;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Pipeline.Steps;

/// <summary>Reads the input of a run's report from storage.</summary>
public sealed class ReportInputReader(RunStore runs, RunDefinitions definitions, RunFolders folders, RunImages images,
    EpochMetrics metrics)
{
    /// <exception cref="InvalidInputException">The run does not exist, or it was not compared yet.</exception>
    public async Task<ReportInput> ReadAsync(string runId, CancellationToken cancellation)
    {
        var folder = folders.Of(runId);
        var run = await runs.GetAsync(runId, cancellation);
        var definition = await definitions.GetAsync(runId, cancellation);
        var compared = await folder.FindComparisonAsync(cancellation)
            ?? throw new InvalidInputException($"run: {run.Id} is {run.Status.ToString().ToLowerInvariant()} and has no report yet.");
        var prepared = await folder.FindPreparedDataAsync(cancellation)
            ?? throw new InvalidInputException($"run: {runId} has no prepared data.");
        var (testImages, missing) = await images.FindTestAsync(definition, await folder.GetSplitAsync(cancellation), cancellation);
        var configuration = definition.Configuration;
        var trials = new TrialObservations(metrics);
        var input = new ReportInput(
            runId, run.CreatedAt, definition,
            new ReportData(
                configuration.Labels, configuration.Split, prepared.Train, prepared.Validation, prepared.Test, prepared.Sha256),
            await folder.FindEnvironmentAsync(cancellation) ?? MachineEnvironment.Describe(torchVersion: "not loaded"),
            [],
            [.. compared.Outcomes.Where(outcome => outcome.Error is not null).Select(
                outcome => new ModelFailure(outcome.Model, outcome.Seed, outcome.Error!))],
            testImages)
        {
            Description = run.Description,
            MissingImages = missing,
            Trials = await trials.ReadResultsAsync(runId, configuration, cancellation),
            TrialObservations = configuration.Trials is { } drawn
                ? await trials.ReadAsync(runId, configuration, drawn, cancellation) : [],
            TrainingEnvironments = await GetEnvironmentsAsync(folder, definition.Configuration, cancellation),
        };
        var analyses = new List<ModelAnalysis>();
        var evaluations = new List<ModelEvaluation>();
        await foreach (var evaluation in folder.ReadEvaluationsAsync(InOrderOf(configuration, compared.Outcomes), cancellation))
        {
            analyses.Add(ModelAnalysis.Of(evaluation, input));
            evaluations.Add(evaluation.WithoutScores());
        }

        return input with { Evaluations = evaluations, Analyses = analyses };
    }

    private static async Task<IReadOnlyList<TrainingEnvironments>> GetEnvironmentsAsync(
        RunFolder folder, RunConfiguration configuration, CancellationToken cancellation)
    {
        var environments = new List<TrainingEnvironments>();
        foreach (var (model, seed) in configuration.Trainings())
        {
            environments.Add(await folder.GetEnvironmentsAsync(model.Name, seed, cancellation));
        }

        return [.. environments.Where(training => training.Environments.Count > 0)];
    }

    private static IEnumerable<TrainingOutcome> InOrderOf(RunConfiguration configuration, IReadOnlyList<TrainingOutcome> outcomes)
    {
        var order = configuration.Results().Select(result => result.Name).Distinct().Select((name, index) => (name, index)).ToDictionary();
        return outcomes.OrderBy(outcome => order[outcome.Model]).ThenBy(outcome => outcome.Seed);
    }
}
