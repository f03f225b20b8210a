using System.CommandLine;
using System.Globalization;
using System.Numerics;
using ServerlessFashion;
using ServerlessFashion.Runs;
using ServerlessFashion.Scale;

// What many comparisons a day ask of trainers, task hub and storage; docs/scale.md has the figures.
//
//   --per-day 10000 --trainers 40 --days 1 --seed 1    simulates
//   requests LOG                                       counts the storage requests in what Azurite printed

var perDay = Value("--per-day", "Comparisons a day.", 100.0);
var days = Value("--days", "Days during which they arrive.", 1.0);
var seed = Value("--seed", "Seed of the arrivals.", 1);
var trainers = Value("--trainers", "Trainers at once at most.", 40);
var device = Value("--device", "gpu (estimated times) or cpu (measured times).", "gpu");
var preset = Value("--preset", "Preset of every comparison of the study's four models.", Presets.Default);
var apiSlots = Value("--api-slots", "Light steps at once.", 20);
var actions = Value("--actions", "Actions that the task hub dispatches in a second.", 2000.0);
var coldStart = Value("--cold-start", "Seconds until a new trainer takes work.", 120.0);
var cooldown = Value("--cooldown", "Seconds that a trainer stays without work.", 300.0);
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
    PerDay = AtLeast(1e-3, parse, perDay),
    Arrivals = TimeSpan.FromDays(AtLeast(1e-6, parse, days)),
    Seed = parse.GetValue(seed),
    Trainers = AtLeast(1, parse, trainers),
    Run = Presets.Configure(new ComparisonOptions { Preset = parse.GetValue(preset), Models = Measured.Names }, _ => 1),
    Times = parse.GetValue(device) switch
    {
        "cpu" => StepTimes.Cpu,
        "gpu" => StepTimes.Gpu,
        var other => throw new InvalidInputException($"--device: '{other}' is neither cpu nor gpu."),
    },
    ApiSlots = AtLeast(1, parse, apiSlots),
    ActionsPerSecond = AtLeast(1, parse, actions),
    ColdStart = TimeSpan.FromSeconds(AtLeast(0, parse, coldStart)),
    Cooldown = TimeSpan.FromSeconds(AtLeast(0, parse, cooldown)),
}))));
var parsed = root.Parse(args);
var code = parsed.Invoke();
return parsed.Errors.Count > 0 ? 2 : code;

static Option<T> Value<T>(string name, string description, T value) =>
    new(name) { Description = description, DefaultValueFactory = _ => value };

static T AtLeast<T>(T least, ParseResult parse, Option<T> option) where T : INumber<T> =>
    parse.GetValue(option) is { } value && value >= least && value <= T.CreateChecked(1_000_000_000)
        ? value
        : throw new InvalidInputException(string.Create(
            CultureInfo.InvariantCulture, $"{option.Name}: {parse.GetValue(option)} is not a number from {least} to 1000000000."));

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
