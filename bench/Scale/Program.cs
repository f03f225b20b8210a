using System.CommandLine;
using ServerlessFashion;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Scale;

// What many comparisons a day ask of trainers, task hub and storage; docs/scale.md has the figures.
//
//   --per-day 10000 --trainers 40 --days 1 --seed 1    simulates
//   requests LOG                                       counts the storage requests in what Azurite printed

var perDay = new Option<double>("--per-day") { Description = "Comparisons a day.", DefaultValueFactory = _ => 100 };
var days = new Option<double>("--days") { Description = "Days during which they arrive.", DefaultValueFactory = _ => 1 };
var seed = new Option<int>("--seed") { Description = "Seed of the arrivals.", DefaultValueFactory = _ => 1 };
var trainers = new Option<int>("--trainers") { Description = "Trainers at once at most.", DefaultValueFactory = _ => 40 };
var device = new Option<string>("--device") { Description = "gpu (estimated times) or cpu (measured times).", DefaultValueFactory = _ => "gpu" };
var preset = new Option<string>("--preset") { Description = "Preset of every comparison.", DefaultValueFactory = _ => Presets.Default };
var apiSlots = new Option<int>("--api-slots") { Description = "Light steps at once.", DefaultValueFactory = _ => 20 };
var actions = new Option<double>("--actions") { Description = "Actions that the task hub dispatches in a second.", DefaultValueFactory = _ => 2000 };
var coldStart = new Option<double>("--cold-start") { Description = "Seconds until a new trainer takes work.", DefaultValueFactory = _ => 120 };
var cooldown = new Option<double>("--cooldown") { Description = "Seconds that a trainer stays without work.", DefaultValueFactory = _ => 300 };
var log = new Argument<FileInfo>("LOG") { Description = "What Azurite printed." };

var requests = new Command("requests", "Counts the storage requests in what Azurite printed.") { log };
requests.SetAction(parse => Print(() =>
{
    var sum = AccessLog.Count(File.ReadLines(parse.GetValue(log)!.FullName));
    return string.Concat(sum.ByKind.Append(("total", sum.Total)).Select(kind => $"{kind.Item1}: {kind.Item2:0}\n"));
}));
var root = new RootCommand("Simulates comparisons on virtual time.")
{
    perDay, days, seed, trainers, device, preset, apiSlots, actions, coldStart, cooldown, requests,
};
root.SetAction(parse => Print(() => ResultTable.Render(Simulation.Run(new SimulationOptions
{
    PerDay = AboveZero(perDay, parse.GetValue(perDay)),
    Arrivals = TimeSpan.FromDays(AboveZero(days, parse.GetValue(days))),
    Seed = parse.GetValue(seed),
    Trainers = (int)AboveZero(trainers, parse.GetValue(trainers)),
    Configuration = Presets.Configure(new ComparisonOptions { Preset = parse.GetValue(preset) }, _ => 1),
    Times = parse.GetValue(device) switch
    {
        "cpu" => StepTimes.Cpu,
        "gpu" => StepTimes.Gpu,
        var other => throw new InvalidInputException($"--device: '{other}' is neither cpu nor gpu."),
    },
    ApiSlots = (int)AboveZero(apiSlots, parse.GetValue(apiSlots)),
    ActionsPerSecond = AboveZero(actions, parse.GetValue(actions)),
    ColdStart = TimeSpan.FromSeconds(parse.GetValue(coldStart)),
    Cooldown = TimeSpan.FromSeconds(parse.GetValue(cooldown)),
}))));
return root.Parse(args).Invoke();

static double AboveZero(Option option, double value) =>
    value > 0 ? value : throw new InvalidInputException($"{option.Name}: {value} is not above zero.");

static int Print(Func<string> text)
{
    try
    {
        Console.Write(text());
        return 0;
    }
    catch (Exception e) when (e is InvalidInputException or IOException)
    {
        Console.Error.WriteLine(e.Message);
        return 2;
    }
}
