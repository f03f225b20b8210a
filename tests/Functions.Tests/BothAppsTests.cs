using Microsoft.DurableTask;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ServerlessFashion.Functions.Hosting;
using ServerlessFashion.Functions.Http;
using ServerlessFashion.Functions.Tests.Durable;
using ServerlessFashion.Functions.Trainer;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Functions.Tests;

/// <summary>
/// A run across the api and the trainer, each with services of its own and nothing in common but the storage. An engine in memory stands in
/// for the Durable Task Scheduler, so it proves that the two sets of activities do a run together, and nothing about routing.
/// </summary>
public sealed class BothAppsTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Comparison_ActivitiesOfBothApps_TrainsReportsAndPromotes()
    {
        PublishedSet.Files();
        var account = await azurite.NewAccountAsync();
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["AzureWebJobsStorage"] = account })
            .Build();
        await using var api = App(settings).AddApi().AddSingleton<Activities>().BuildServiceProvider();
        await using var trainer = App(settings).AddTrainer().AddSingleton<TrainingActivities>().BuildServiceProvider();
        await using var host = await DurableHost.StartAsync(pipeline: null, tasks =>
        {
            AddApi(tasks, api.GetRequiredService<Activities>());
            AddTrainer(tasks, trainer.GetRequiredService<TrainingActivities>());
        });
        var options =
            new ComparisonOptions { Preset = "smoke", Models = ["model1"], Epochs = new Dictionary<string, int> { ["model1"] = 1 } };
        var run = await api.GetRequiredService<RunStore>().AddAsync("both", RunStatus.Pending, Presets.Configure(options, _ => 1));

        var (outcome, _) = await host.CompareAsync(run.Id);

        Assert.Equal((RunStatus.Completed, "model1", null), (outcome.Status, outcome.Winner, outcome.Error));
        var storage = api.GetRequiredService<FashionStorage>();
        Assert.True(await storage.Container(StorageNames.Runs).GetBlobClient("both/model1/seed-1/model.onnx").ExistsAsync(Cancellation));
        Assert.True(await storage.Container(StorageNames.Runs).GetBlobClient("both/report/index.html").ExistsAsync(Cancellation));
        Assert.Equal(RunStatus.Completed, (await api.GetRequiredService<RunStore>().GetAsync(run.Id, Cancellation)).Status);
    }

    private static IServiceCollection App(IConfiguration settings) => new ServiceCollection()
        .AddLogging()
        .AddCommon(settings);

    private static void AddApi(DurableTaskRegistry tasks, Activities activities)
    {
        Add(tasks, PipelineSteps.PrepareData, activities.PrepareData);
        Add(tasks, PipelineSteps.PlanTrainings, activities.PlanTrainings);
        Add(tasks, PipelineSteps.ProposeTrials, activities.ProposeTrials);
        Add(tasks, PipelineSteps.SelectTrials, activities.SelectTrials);
        Add(tasks, PipelineSteps.EvaluateEnsemble, activities.EvaluateEnsemble);
        Add(tasks, PipelineSteps.CompareModels, activities.CompareModels);
        Add(tasks, PipelineSteps.WriteReport, activities.WriteReport);
        Add(tasks, PipelineSteps.PromoteChampion, activities.PromoteChampion);
        Add(tasks, PipelineSteps.RecordStatus, activities.RecordStatus);
    }

    private static void AddTrainer(DurableTaskRegistry tasks, TrainingActivities activities)
    {
        Add(tasks, PipelineSteps.FitEpochs, activities.FitEpochs);
        Add(tasks, PipelineSteps.TrainSlice, activities.TrainSlice);
        Add(tasks, PipelineSteps.EvaluateModel, activities.EvaluateModel);
    }

    private static void Add<TRequest, TResult>(
        DurableTaskRegistry tasks, Step<TRequest, TResult> step, Func<TRequest, CancellationToken, Task<TResult>> activity) =>
        tasks.AddActivityFunc<TRequest, TResult>(step.Name, (_, request) => activity(request, Cancellation));
}
