using ServerlessFashion.Runs;

namespace ServerlessFashion.Pipeline;

/// <summary>The input of the workflow: the run and its effective configuration.</summary>
public sealed record ComparisonRequest(string RunId, RunConfiguration Configuration);

/// <summary>One training within a run.</summary>
/// <param name="SliceTimeoutMinutes">Deadline of one slice, in minutes.</param>
public sealed record TrainingRun(string RunId, string Model, int Seed, int SliceTimeoutMinutes);

/// <summary>
/// The whole pipeline: prepare the data, train every model with every seed side by side, evaluate, compare, report, promote. It
/// knows neither Azure nor threads. Durable orchestrations and the local runner both run it. After an interruption it runs again
/// and reaches the same result, because every step finds its finished work.
/// </summary>
public static class ComparisonWorkflow
{
    public static Workflow<ComparisonRequest, ComparisonOutcome> Comparison { get; } = new("Comparison", RunAsync);

    public static Workflow<TrainingRun, TrainingOutcome> TrainModel { get; } = new("TrainModel", TrainAsync);

    private static async Task<ComparisonOutcome> RunAsync(IWorkflowContext context, ComparisonRequest request)
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
            if (request.Configuration.Budget is not null)
            {
                request = request with { Configuration = await FitAsync(context, request) };
            }

            var outcomes = await TrainAllAsync(context, request);
            if (outcomes.Any(outcome => outcome.Cancelled))
            {
                return await EndAsync(context, request, RunStatus.Cancelled, null, null, outcomes);
            }

            outcomes = [.. outcomes, .. await VoteAsync(context, request, outcomes)];
            context.ReportProgress(new WorkflowProgress("comparing", outcomes.Count, outcomes.Count));
            var compared = await context.CallStepAsync(PipelineSteps.CompareModels, new CompareRequest(request.RunId, outcomes));
            context.ReportProgress(new WorkflowProgress("writing the report", outcomes.Count, outcomes.Count));
            await context.CallStepAsync(PipelineSteps.WriteReport, run);
            if (compared.Winner is null)
            {
                return await EndAsync(context, request, RunStatus.Failed, null, "every model failed; the report says why", outcomes);
            }

            await context.CallStepAsync(PipelineSteps.PromoteChampion, run);
            return await EndAsync(context, request, RunStatus.Completed, compared.Winner, null, outcomes);
        }
        catch (StepFailedException failure)
        {
            return await EndAsync(context, request, RunStatus.Failed, null, failure.Message, []);
        }
    }

    private static async Task<RunConfiguration> FitAsync(IWorkflowContext context, ComparisonRequest request)
    {
        context.ReportProgress(new WorkflowProgress("fitting epochs to the budget", 0, 0));
        var deadline = TimeSpan.FromMinutes(request.Configuration.SliceTimeoutMinutes);
        var fitted = await context.CallStepAsync(PipelineSteps.FitEpochs, new RunRequest(request.RunId), deadline);
        var epochs = fitted.Models.Select(model => $"{model.Name} {model.TotalEpochs} of {fitted.RecipeEpochs![model.Name].Sum()}");
        context.ReportProgress(
            new WorkflowProgress($"epochs for {TimeBudget.Format(fitted.Budget!.Value)}: {string.Join(", ", epochs)}", 0, 0));
        return fitted;
    }

    private static async Task<IReadOnlyList<TrainingOutcome>> TrainAllAsync(IWorkflowContext context, ComparisonRequest request)
    {
        var configuration = request.Configuration;
        // The longest training first: with fewer workers than trainings this ends the whole soonest.
        var trainings =
            from training in configuration.Trainings().OrderByDescending(training => TrainingCost.Estimate(configuration, training.Model))
            select new TrainingRun(request.RunId, training.Model.Name, training.Seed, configuration.SliceTimeoutMinutes);
        var running = trainings
            .Select(training => TrainApartAsync(context, training))
            .ToList();

        context.ReportProgress(new WorkflowProgress("training", 0, running.Count));
        var pending = running.ToList();
        while (pending.Count > 0)
        {
            pending.Remove(await Task.WhenAny(pending));
            context.ReportProgress(new WorkflowProgress("training", running.Count - pending.Count, running.Count));
        }

        return await Task.WhenAll(running);
    }

    /// <summary>Trains one model in its own workflow. A workflow that was ended from outside counts as failed.</summary>
    private static async Task<TrainingOutcome> TrainApartAsync(IWorkflowContext context, TrainingRun training)
    {
        try
        {
            return await context.CallWorkflowAsync(TrainModel, $"{training.Model}/seed-{training.Seed}", training);
        }
        catch (StepFailedException failure)
        {
            return new TrainingOutcome(training.Model, training.Seed, null, failure.Message, Cancelled: false);
        }
    }

    /// <summary>Trains one model to its end, slice after slice. A failure is an outcome, so the other models continue.</summary>
    private static async Task<TrainingOutcome> TrainAsync(IWorkflowContext context, TrainingRun training)
    {
        var request = new TrainingStepRequest(training.RunId, training.Model, training.Seed);
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
        IWorkflowContext context, ComparisonRequest request, IReadOnlyList<TrainingOutcome> trained)
    {
        var outcomes = new List<TrainingOutcome>();
        foreach (var ensemble in request.Configuration.Ensembles)
        {
            TrainingStepRequest[] members =
            [
                .. trained.Where(outcome => outcome.Evaluated is not null && ensemble.Members.Contains(outcome.Model))
                    .OrderBy(outcome => outcome.Model, StringComparer.Ordinal).ThenBy(outcome => outcome.Seed)
                    .Select(outcome => new TrainingStepRequest(request.RunId, outcome.Model, outcome.Seed)),
            ];
            if (members.Length < 2)
            {
                continue;
            }

            context.ReportProgress(new WorkflowProgress($"voting ({ensemble.Name})", trained.Count, trained.Count));
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

    private static async Task<ComparisonOutcome> EndAsync(
        IWorkflowContext context, ComparisonRequest request, RunStatus status, string? winner, string? error,
        IReadOnlyList<TrainingOutcome> outcomes)
    {
        await context.CallStepAsync(PipelineSteps.RecordStatus, new StatusChange(request.RunId, status, winner, error));
        context.ReportProgress(new WorkflowProgress(status.ToString(), outcomes.Count, outcomes.Count));
        return new ComparisonOutcome(status, winner, error, outcomes);
    }
}
