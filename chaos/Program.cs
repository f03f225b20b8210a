using System.CommandLine;
using System.Globalization;
using System.Runtime.Versioning;
using ServerlessFashion;
using ServerlessFashion.Chaos;
using ServerlessFashion.Chaos.Faults;
using ServerlessFashion.Chaos.Freezes;
using ServerlessFashion.Chaos.Kills;
using ServerlessFashion.Chaos.Machines;
using ServerlessFashion.Chaos.Serving;

[assembly: SupportedOSPlatform("linux")]

// Experiments that disturb runs and check that nothing is lost; docs/reliability.md has the figures.
// The exit code is 0 if nothing was lost, 1 if something was, 2 for bad usage, and 130 for an experiment that was stopped before its end.

IExperiment[] experiments =
[
    new KillExperiment(), new FreezeExperiment(), new FaultExperiment(), new MachineExperiment(), .. ServingExperiments.All,
];

var seed = new Option<int?>("--seed") { Description = "Seed of the random moments (default: a new one, which is printed)." };
var count = new Option<int?>("--count") { Description = "How often each disturbance is tried (default: the experiment's own number)." };
var only = new Option<string[]>("--only")
{
    Description = "Parts of the experiment, such as a model or a fault (default: all).",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => [],
};
var minutes = new Option<double?>("--minutes") { Description = "How long a soak runs (default: 60)." };
var root = new RootCommand("Disturbs runs and checks that nothing is lost.");
foreach (var experiment in experiments)
{
    var command = new Command(experiment.Name, experiment.Description) { seed, count, only, minutes };
    command.SetAction((parse, cancellation) => RunAsync(
        experiment, parse.GetValue(seed) ?? Random.Shared.Next(), parse.GetValue(count), parse.GetValue(only)!,
        parse.GetValue(minutes) is { } duration ? TimeSpan.FromMinutes(duration) : null, cancellation));
    root.Add(command);
}

var parsed = root.Parse(args);
var code = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? 2 : code;

static async Task<int> RunAsync(
    IExperiment experiment, int seed, int? count, IReadOnlyList<string> only, TimeSpan? duration, CancellationToken cancellation)
{
    try
    {
        Processes.CheckNamespace();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"experiment: {experiment.Name}, seed {seed}"));
        var tally = new Tally();
        var isWhole = true;
        var setup = new ExperimentSetup(new Random(seed), count, only, tally) { Duration = duration };
        try
        {
            await experiment.RunAsync(setup, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Console.WriteLine("stopped before its end");
            isWhole = false;
        }

        tally.Print(Console.Out);
        if (isWhole)
        {
            setup.CheckParts();
        }

        return tally.Losses > 0 ? 1 : isWhole ? 0 : 130;
    }
    catch (InvalidInputException e)
    {
        await Console.Error.WriteLineAsync($"fashion: {e.Message}");
        return 2;
    }
}
