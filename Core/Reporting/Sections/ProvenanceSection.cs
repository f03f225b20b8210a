using System.Globalization;
using System.Text.Json;
using ServerlessFashion.Data;
using ServerlessFashion.Devices;
using ServerlessFashion.Phrases;
using ServerlessFashion.Reporting.Tables;
using ServerlessFashion.Runs;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Reporting.Sections;

internal static class ProvenanceSection
{
    public static Section Of(ReportView view)
    {
        var document = view.Document;
        var environment = document.Environment;
        return new Section("provenance", "Provenance and model card", "The origin of the figures, and the intended use of the winner.",
        [
            new TableBlock(new ReportTable("provenance", "This run",
                [new("What", Numeric: false), new("Value", Numeric: false)],
                [
                    Line("Run", document.RunId),
                    .. document.Name is { } name ? new[] { Line("Name", name) } : [],
                    .. document.Tags is [] ? [] : new[] { Line("Tags", string.Join(' ', document.Tags)) },
                    .. document.Notes is { } notes ? new[] { Line("Notes", notes.ReplaceLineEndings(" ")) } : [],
                    Line("Created", document.CreatedAt.ToString("yyyy-MM-dd HH:mm 'UTC'zzz", CultureInfo.InvariantCulture)
                        .Replace("UTC+00:00", "UTC", StringComparison.Ordinal)),
                    Line("Preset", document.Configuration.Preset),
                    .. document.Configuration.Set is { } set
                        ? new[] { Line("Options", string.Join(", ", set.Select(option => $"{option.Key}={option.Value}"))) }
                        : [],
                    .. document.Configuration.ClassWeights is true ? new[] { Line("Class weights", Wording.BalancedClasses) } : [],
                    .. document.Configuration.Folds is { } folds
                        ? new[] { Line("Folds", $"{folds}; the training with seed k validates on fold k") } : [],
                    Line("Seeds", string.Join(", ", document.Configuration.Seeds)),
                    .. Threads(document) is { } threads ? new[] { Line("Threads", threads) } : [],
                    Line("Data SHA-256", document.Data.Sha256),
                    Line("Version", $"ServerlessFashion {environment.Version}"),
                    Line("Runtime", $"{environment.Runtime}, {Torch(environment)}"),
                    .. environment.Device is { } device ? new[] { Line("Device", Describe(device)) } : [],
                    Line("Machine", Describe(environment)),
                    .. OtherMachines(document),
                ]), view.Labels.AreOfFashionMnist
                    ? "The data hash covers the uncompressed content of the four original files."
                    : "The data hash covers class names, labels and pixels of the data set."),
            .. view.Winner is { } winner ? ModelCard(view, winner) : [],
            new Listing("Effective configuration", JsonSerializer.Serialize(document.Configuration, Json.Indented)),
        ]);
    }

    private static IEnumerable<Block> ModelCard(ReportView view, ModelGroup winner)
    {
        var model = winner.Served;
        var weakest = model.PerClass.Where(score => score.HasRecall).GroupBy(score => score.Recall).MinBy(scores => scores.Key);
        var name = winner.Seeds.Count > 1 ? $"{winner.Title}, {view.Member} {model.Seed}" : winner.Title;
        yield return new Heading($"Model card: {name}");
        yield return new TableBlock(new ReportTable("model-card", $"Model card of {name}",
            [new("Question", Numeric: false), new("Answer", Numeric: false)],
            [
                Line("What it does", view.Labels.Wording.Task),
                Line("Meant for", IntendedUse.MeantFor),
                Line("Not meant for", IntendedUse.NotMeantFor(view.Labels)),
                Line("Learned from", $"{Wording.Count(model.TrainImages)} {Source(view)}, start weights: {model.Weights}"
                    + (model.SideInformation ? ", with side information" : "")),
                .. view.Document.Configuration.ClassWeights is true ? new[] { Line("Class weights", Wording.BalancedClasses) } : [],
                Line("How good", $"test accuracy {Wording.Share(model.Test.Accuracy)} ({Wording.Share(model.Test.AccuracyInterval!.Low)} "
                    + $"to {Wording.Share(model.Test.AccuracyInterval.High)}), macro F1 {Wording.Share(model.Test.MacroF1)}, ECE "
                    + $"{Wording.Share(model.Calibration.Before.Ece)}"),
                .. weakest is null ? [] : new[] { Line("Weak spot",
                    $"{Wording.Classes(view.Labels, weakest.Select(score => score.Label))}: recall {Wording.Share(weakest.Key)}") },
                Line("Size", $"{Wording.Count(model.Parameters)} parameters, {Wording.Count(model.TrainableParameters)} trainable"),
                .. view.Labels.AreOfFashionMnist ? [Line("Data licence", IntendedUse.DataLicence)] : Array.Empty<Row>(),
            ]));
    }

    private static string Source(ReportView view) => view.Labels.AreOfFashionMnist
        ? $"Fashion-MNIST images ({Wording.Split(view.Document.Data.Split)} split)"
        : $"images of {view.Labels.Dataset}";

    /// <summary>Bits depend on the number of threads, because it decides in which order sums are added up; null without models.</summary>
    private static string? Threads(ReportDocument document)
    {
        var counts = document.Models.Where(model => model.Members.Count == 0).Select(model => model.Threads).Distinct().Order().ToArray();
        return counts.Length == 0 ? null
            : $"{Wording.List([.. counts.Select(count => Wording.Count(count))])} for each training. The same seed with another number of "
                + "threads or another kind of processor gives slightly different figures.";
    }

    /// <summary>The trainings that another machine, software or device worked on than the first one.</summary>
    private static IEnumerable<Row> OtherMachines(ReportDocument document) => document.TrainingEnvironments
        .SelectMany(training => training.Environments.Select(environment => (environment, Name: $"{training.Name} seed {training.Seed}")))
        .Where(use => use.environment != document.Environment)
        .GroupBy(use => use.environment, use => use.Name)
        .Select(uses => Line($"Also used, by {string.Join(", ", uses)}", DescribeAll(uses.Key)));

    private static string DescribeAll(RunEnvironment environment) =>
        $"{Describe(environment)}, ServerlessFashion {environment.Version}, {environment.Runtime}, {Torch(environment)}"
        + (environment.Device is { } device ? $", {Describe(device)}" : "");

    private static string Describe(RunEnvironment environment) =>
        $"{environment.Processor}, {Quantity.Of(environment.Cores, "core")}, {Wording.Number(environment.MemoryGiB, "0.0")} GiB, "
        + environment.OperatingSystem;

    /// <summary>Trainings store the version alone.</summary>
    private static string Torch(RunEnvironment environment) =>
        char.IsAsciiDigit(environment.TorchVersion.FirstOrDefault()) ? $"libtorch {environment.TorchVersion}" : environment.TorchVersion;

    private static string Describe(DeviceDescription device) => device.Kind == DeviceChoice.Cuda
        ? $"{device}, TF32 {OnOrOff(device.Tf32)}, deterministic algorithms {OnOrOff(device.Deterministic)}"
        : device.ToString();

    private static string OnOrOff(bool? setting) => setting == true ? "on" : "off";

    private static Row Line(string what, string value) => new([what, value]);
}
