using System.Text.Json.Serialization;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Pipeline;

/// <summary>The input of the workflow.</summary>
/// <param name="Configuration">Only in runs that began at version 1.0; later ones read their plan by a step.</param>
public sealed record ComparisonInput(
    string RunId, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RunConfiguration? Configuration = null);

/// <summary>One training within a run.</summary>
/// <param name="SliceTimeoutMinutes">Deadline of one slice, in minutes.</param>
public sealed record TrainModelInput(string RunId, string Model, int Seed, int SliceTimeoutMinutes)
{
    /// <summary>The epoch after which the training pauses without an evaluation; null to train to its end.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? UntilEpoch { get; init; }
}

/// <summary>
/// The whole pipeline: prepare the data, train every model with every seed side by side, evaluate, compare, report, promote. It
/// knows neither Azure nor threads. Durable orchestrations and the local runner both run it. After an interruption it runs again
/// and reaches the same result, because every step finds its finished work.
/// </summary>
public static class ComparisonWorkflow
{
    public static Workflow<ComparisonInput, ComparisonOutcome> Comparison { get; } = new("Comparison", RunAsync);

    public static Workflow<TrainModelInput, TrainingOutcome> TrainModel { get; } = new("TrainModel", TrainAsync);

    private static async Task<ComparisonOutcome> RunAsync(IWorkflowContext context, ComparisonInput request)
    {
        var run = new RunRequest(request.RunId);
        try
        {
            var begun = await context.CallStepAsync(
                PipelineSteps.RecordStatus, new StatusChange(request.RunId, RunStatus.Running, null, null));
            if (begun.IsFinished)
            {
                // It was cancelled before it began, or this is a second start of a run that has ended.
                return new ComparisonOutcome(begun.Status, begun.Winner, begun.Error, []);
            }

            context.ReportProgress(new WorkflowProgress("preparing data", 0, 0));
            await context.CallStepAsync(PipelineSteps.PrepareData, run);
            var plan = await PlanAsync(context, request);
            if (plan.Budget is { } budget)
            {
                plan = await FitAsync(context, request, plan, budget);
            }

            var trained = plan.Search is { } search
                ? await SearchWorkflow.RunAsync(context, request, plan, search)
                : await TrainAllAsync(context, request, plan);
            if (trained.Any(outcome => outcome.Cancelled))
            {
                return await EndAsync(context, request, RunStatus.Cancelled, null, null, trained, trained);
            }

            TrainingOutcome[] outcomes = [.. trained, .. await VoteAsync(context, request, plan, trained)];
            context.ReportProgress(Progress("comparing", trained));
            var compared = await context.CallStepAsync(PipelineSteps.CompareModels, new CompareModelsRequest(request.RunId, outcomes));
            context.ReportProgress(Progress("writing the report", trained));
            await context.CallStepAsync(PipelineSteps.WriteReport, run);
            if (compared.Winner is null)
            {
                return await EndAsync(
                    context, request, RunStatus.Failed, null, "every model failed; the report says why", outcomes, trained);
            }

            await context.CallStepAsync(PipelineSteps.PromoteChampion, run);
            return await EndAsync(context, request, RunStatus.Completed, compared.Winner, null, outcomes, trained);
        }
        catch (StepFailedException failure)
        {
            return await EndAsync(context, request, RunStatus.Failed, null, failure.Message, [], []);
        }
    }

    private static async Task<TrainingPlan> PlanAsync(IWorkflowContext context, ComparisonInput request) =>
        context.Version < WorkflowVersion.PlansByStep
            ? PlanOf(request.Configuration!)
            : await context.CallStepAsync(PipelineSteps.PlanTrainings, new RunRequest(request.RunId));

    private static async Task<TrainingPlan> FitAsync(IWorkflowContext context, ComparisonInput request, TrainingPlan plan, TimeSpan budget)
    {
        context.ReportProgress(new WorkflowProgress("fitting epochs to the budget", 0, 0));
        var deadline = TimeSpan.FromMinutes(plan.SliceTimeoutMinutes);
        var configuration = await context.CallStepAsync(PipelineSteps.FitEpochs, new RunRequest(request.RunId), deadline);
        var fitted = context.Version < WorkflowVersion.PlansByStep ? PlanOf(configuration) : await PlanAsync(context, request);
        var epochs = fitted.Epochs.Select(model => $"{model.Model} {model.Epochs} of {model.RecipeEpochs}");
        context.ReportProgress(new WorkflowProgress($"epochs for {TimeBudget.Format(budget)}: {string.Join(", ", epochs)}", 0, 0));
        return fitted;
    }

    /// <summary>The plan of a run of version 1.0.</summary>
    private static TrainingPlan PlanOf(RunConfiguration configuration) => TrainingPlan.Of(RunMigration.Define(configuration));

    private static async Task<IReadOnlyList<TrainingOutcome>> TrainAllAsync(
        IWorkflowContext context, ComparisonInput request, TrainingPlan plan)
    {
        var running = plan.Trainings
            .Select(training => new TrainModelInput(request.RunId, training.Model, training.Seed, plan.SliceTimeoutMinutes))
            .Select(training => TrainApartAsync(context, training))
            .ToList();

        context.ReportProgress(new WorkflowProgress("training", 0, running.Count));
        var done = 0;
        var pending = running.ToList();
        while (pending.Count > 0)
        {
            var first = await Task.WhenAny(pending);
            pending.Remove(first);
            // The failure of one is not thrown before all have ended.
            var ended = first.IsCompletedSuccessfully ? await first : null;
            done += ended?.Evaluated is null ? 0 : 1;
            context.ReportProgress(new WorkflowProgress("training", done, running.Count) { Ended = ended });
        }

        return await Task.WhenAll(running);
    }

    /// <summary>Trains one model in its own workflow. A workflow that was ended from outside counts as failed.</summary>
    internal static async Task<TrainingOutcome> TrainApartAsync(IWorkflowContext context, TrainModelInput training)
    {
        try
        {
            var name = $"{training.Model}/seed-{training.Seed}";
            return await context.CallWorkflowAsync(
                TrainModel, training.UntilEpoch is { } epoch ? $"{name}/epoch-{epoch}" : name, training);
        }
        catch (StepFailedException failure)
        {
            return new TrainingOutcome(training.Model, training.Seed, null, failure.Message, Cancelled: false);
        }
    }

    /// <summary>Trains one model to its end, slice after slice. A failure is an outcome, so the other models continue.</summary>
    private static async Task<TrainingOutcome> TrainAsync(IWorkflowContext context, TrainModelInput training)
    {
        var request = new TrainingId(training.RunId, training.Model, training.Seed) { UntilEpoch = training.UntilEpoch };
        var deadline = TimeSpan.FromMinutes(training.SliceTimeoutMinutes);
        try
        {
            var slice = await context.CallStepAsync(PipelineSteps.TrainSlice, request, deadline);
            if (slice.Cancelled)
            {
                return new TrainingOutcome(training.Model, training.Seed, null, null, Cancelled: true);
            }

            if (!slice.Finished)
            {
                return await context.RunAgainAsync(TrainModel, training);
            }

            if (training.UntilEpoch is not null)
            {
                return new TrainingOutcome(training.Model, training.Seed, null, null, Cancelled: false);
            }

            var evaluated = await context.CallStepAsync(PipelineSteps.EvaluateModel, request, deadline);
            return new TrainingOutcome(training.Model, training.Seed, evaluated, null, Cancelled: false);
        }
        catch (StepFailedException failure)
        {
            return new TrainingOutcome(training.Model, training.Seed, null, failure.Message, Cancelled: false);
        }
    }

    /// <summary>One outcome for each ensemble of which at least two members were trained.</summary>
    private static async Task<IReadOnlyList<TrainingOutcome>> VoteAsync(
        IWorkflowContext context, ComparisonInput request, TrainingPlan plan, IReadOnlyList<TrainingOutcome> trained)
    {
        var outcomes = new List<TrainingOutcome>();
        foreach (var ensemble in plan.Ensembles)
        {
            TrainingId[] members =
            [
                .. trained.Where(outcome => outcome.Evaluated is not null && ensemble.Members.Contains(outcome.Model))
                    .OrderBy(outcome => outcome.Model, StringComparer.Ordinal).ThenBy(outcome => outcome.Seed)
                    .Select(outcome => new TrainingId(request.RunId, outcome.Model, outcome.Seed)),
            ];
            if (members.Length < 2)
            {
                continue;
            }

            context.ReportProgress(Progress($"voting ({ensemble.Name})", trained));
            outcomes.Add(await VoteAsync(context, new EnsembleRequest(request.RunId, ensemble.Name, members)));
        }

        return outcomes;
    }

    private static async Task<TrainingOutcome> VoteAsync(IWorkflowContext context, EnsembleRequest request)
    {
        try
        {
            var evaluated = await context.CallStepAsync(PipelineSteps.EvaluateEnsemble, request);
            return new TrainingOutcome(request.Name, EnsembleConfiguration.Seed, evaluated, null, Cancelled: false);
        }
        catch (StepFailedException failure)
        {
            return new TrainingOutcome(request.Name, EnsembleConfiguration.Seed, null, failure.Message, Cancelled: false);
        }
    }

    /// <param name="outcomes">Of all trainings and ensembles.</param>
    /// <param name="trained">Of the trainings alone.</param>
    private static async Task<ComparisonOutcome> EndAsync(
        IWorkflowContext context, ComparisonInput request, RunStatus status, string? winner, string? error,
        IReadOnlyList<TrainingOutcome> outcomes, IReadOnlyList<TrainingOutcome> trained)
    {
        var change = new StatusChange(request.RunId, status, winner, error) { Best = ComparedModels.FindBest(winner, outcomes) };
        await context.CallStepAsync(PipelineSteps.RecordStatus, change);
        context.ReportProgress(Progress(status.ToString(), trained));
        return new ComparisonOutcome(status, winner, error, outcomes);
    }

    private static WorkflowProgress Progress(string stage, IReadOnlyList<TrainingOutcome> outcomes) =>
        new(stage, outcomes.Count(outcome => outcome.Evaluated is not null), outcomes.Count);
}
