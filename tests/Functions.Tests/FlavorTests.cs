using System.Reflection;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker;

namespace ServerlessFashion.Functions.Tests;

/// <summary>
/// What the two apps in Azure are made of, on the folders that are published. The scheduler hands an activity only to an app that holds it
/// and waits for ever where none does, so an activity in no app, or an orchestration in the trainer, would stop a run without an error.
/// </summary>
public sealed class FlavorTests(PublishedFlavors published) : IClassFixture<PublishedFlavors>
{
    [Fact]
    public async Task Publish_ApiFlavor_PredictsWithoutLibtorch()
    {
        var paths = Directory.EnumerateFiles(await published.Api, "*", SearchOption.AllDirectories);
        var files = paths.Select(path => Path.GetFileName(path)).ToList();

        Assert.DoesNotContain(files, file => file.Contains("torch", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(files, file => file.StartsWith("libc10", StringComparison.Ordinal));
        Assert.DoesNotContain("ServerlessFashion.Training.dll", files);
        Assert.Contains(files, file => file.Contains("onnxruntime", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Activities_OfBothFlavors_AreDisjointAndTogetherWhatTheWorkflowsCall()
    {
        var api = Functions(await published.Api, "activityTrigger");
        var trainer = Functions(await published.Trainer, "activityTrigger");

        Assert.Empty(api.Intersect(trainer));
        Assert.Equal(CalledActivities.All().Order(), api.Concat(trainer).Order());
        Assert.Equal(CalledActivities.TrainingSteps().Order(), trainer.Order());
    }

    [Fact]
    public async Task Orchestrations_OfBothFlavors_AreInTheApiAlone()
    {
        var declared =
            from type in typeof(Orchestrations).Assembly.GetTypes()
            from method in type.GetMethods()
            where method.GetParameters().Any(parameter => parameter.IsDefined(typeof(OrchestrationTriggerAttribute)))
            select method.GetCustomAttribute<FunctionAttribute>()!.Name;

        Assert.Equal(declared.Order(), Functions(await published.Api, "orchestrationTrigger").Order());
        Assert.Empty(Functions(await published.Trainer, "orchestrationTrigger"));
    }

    [Fact]
    public async Task Triggers_OfTheTrainer_AreActivitiesAlone() =>
        Assert.All(PublishedFlavors.ReadFunctions(await published.Trainer), function => Assert.Equal("activityTrigger", function.Value));

    /// <summary>By evaluation, since not every package source serves the scheduler's package.</summary>
    [Theory]
    [InlineData("true", false)]
    [InlineData("false", true)]
    public async Task Build_ApiFlavor_PollsForUploadsOnlyWithoutTheScheduler(string scheduler, bool polls)
    {
        var (items, error, code) = await PublishedFlavors.RunAsync(
            "dotnet", "msbuild", Path.Combine(PublishedFlavors.Project, "Functions.csproj"), "-getItem:Compile,PackageReference",
            "-p:FashionFlavor=api", "-p:DurableTaskScheduler=" + scheduler, "-nodeReuse:false");

        Assert.True(code == 0, error);
        using var document = JsonDocument.Parse(items);
        var evaluated = document.RootElement.GetProperty("Items");
        Assert.Equal(polls, Names(evaluated, "Compile").Contains("Incoming/Polling/BlobTriggerFunctions.cs"));
        Assert.Equal(polls, Names(evaluated, "PackageReference").Contains("Microsoft.Azure.Functions.Worker.Extensions.Storage.Blobs"));
        Assert.Contains("Incoming/UploadEventFunctions.cs", Names(evaluated, "Compile"));
        Assert.Equal(
            !polls, Names(evaluated, "PackageReference").Contains("Microsoft.Azure.Functions.Worker.Extensions.DurableTask.AzureManaged"));
    }

    [Fact]
    public async Task Start_TrainerWithoutLibtorch_EndsWithOneSentence()
    {
        var trainer = await published.Trainer;
        var library = Directory.EnumerateFiles(trainer, "*torch_cpu.*").Single();
        var kept = library + ".kept";
        File.Move(library, kept);
        try
        {
            var (output, error, code) = await CheckLibtorchAsync(trainer);

            Assert.Equal((2, ""), (code, output));
            Assert.Matches(
                "^trainer: libtorch does not load \\(.*torch_cpu.*\\); publish the trainer for this system and deploy all its files\\.$",
                error.TrimEnd());
        }
        finally
        {
            File.Move(kept, library);
        }
    }

    [Fact]
    public async Task CheckLibtorch_WholeTrainer_SaysWhatWasLoaded()
    {
        var (output, error, code) = await CheckLibtorchAsync(await published.Trainer);

        Assert.True(code == 0, error);
        // The sum of a product of two 8x8 matrices of ones.
        Assert.Matches("^libtorch 2\\.\\d+\\.\\d+(\\.\\d+)? \\(cpu\\): 512\n$", output);
    }

    private static Task<(string Output, string Error, int ExitCode)> CheckLibtorchAsync(string trainer) =>
        PublishedFlavors.RunAsync("dotnet", Path.Combine(trainer, "ServerlessFashion.Functions.dll"), "check-libtorch");

    private static List<string> Functions(string folder, string trigger) =>
        [.. PublishedFlavors.ReadFunctions(folder).Where(function => function.Value == trigger).Select(function => function.Key)];

    private static List<string> Names(JsonElement evaluated, string kind) =>
        [.. evaluated.GetProperty(kind).EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!.Replace('\\', '/'))];
}
