using System.Diagnostics;
using System.Globalization;
using ServerlessFashion.Cli.Local.Processes;
using ServerlessFashion.Data;
using ServerlessFashion.Datasets;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Export;
using ServerlessFashion.Models;
using ServerlessFashion.Runs;
using ServerlessFashion.Settings;
using ServerlessFashion.Training;
using ServerlessFashion.Training.Devices;
using ServerlessFashion.Training.Sessions;

// What fine-tuning gains from pretrained weights, where ImageNet's cannot be had: a ResNet50 learns the ten garments on some
// images, and its base then starts the recipe of resnet50-finetuned on other images and the five labels. The same recipe from
// random weights stands beside it, and the study's own recipe from the same weights. docs/finetuning.md has the figures.
//
//   FineTuning DATA_FOLDER
//
// DATA_FOLDER holds the four files of Fashion-MNIST; /usr/bin/python3 with torch writes the weights as torch.save does.

const int PretrainingImages = 1200;
const int PretrainingEpochs = 5;
const int TrainImages = 300;
const int ValidationImages = 200;
const int TestImages = 1000;
const int BatchSize = 32;
const int SplitSeed = 657;

if (args is not [var dataFolder])
{
    Console.Error.WriteLine("usage: FineTuning DATA_FOLDER");
    return 2;
}

var data = FashionMnistFiles.In(dataFolder).Load();
var clock = Stopwatch.StartNew();
var sets = DatasetSplits.Materialise(data, Rows());
var pretraining = sets with
{
    Train = Garments(sets.Train.Select([.. Enumerable.Range(TrainImages, PretrainingImages)])),
    Validation = Garments(sets.Validation),
    Test = Garments(sets.Test),
};
var tuning = sets with { Train = sets.Train.Select([.. Enumerable.Range(0, TrainImages)]) };

var fineTuning = FineTunedModels.ResNet50 with { BatchSize = BatchSize };
var fromNothing = fineTuning with
{
    Phases = [new("all", PretrainingEpochs, 1e-3, TrainableLayers.All) { Schedule = LearningRateSchedule.OneCycle }],
};
var (garments, pretrained) = Train("garments from random weights", fromNothing, pretraining, LabelScheme.Garments, null);
Print("pretraining", garments);

var file = await WritePthAsync(pretrained);
var weights = PretrainedWeights.ReadPth(file);
File.Delete(file);

var recipe = fineTuning with { Phases = [.. fineTuning.Phases.Zip([2, 1, 1, 6], (phase, epochs) => phase with { Epochs = epochs })] };
var study = StudyModels.ResNet50 with
{
    BatchSize = BatchSize,
    Phases = [.. StudyModels.ResNet50.Phases.Zip([2, 8], (phase, epochs) => phase with { Epochs = epochs })],
};
foreach (var (name, spec, start) in new (string, ModelSpec, PretrainedWeights?)[]
{
    ("fine-tuned, pretrained weights", recipe, weights),
    ("fine-tuned, random weights", recipe, null),
    ("study's recipe, pretrained weights", study, weights),
})
{
    Print(name, Train(name, spec, tuning, LabelScheme.Five, start).Evaluation);
}

Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{clock.Elapsed.TotalSeconds:0} s in all, peak memory {Process.GetCurrentProcess().PeakWorkingSet64 / 1e9:0.00} GB"));
return 0;

SplitIndices Rows() => DatasetSplits.Choose(data, new SplitSettings
{
    Labels = LabelScheme.Five,
    Split = DatasetSplit.Competition,
    Seed = SplitSeed,
    ValidationShare = .2,
    TrainLimit = TrainImages + PretrainingImages,
    ValidationLimit = ValidationImages,
    TestLimit = TestImages,
});

static LabelledImages Garments(LabelledImages images) => images with { Labels = images.Garments };

static (ModelEvaluation Evaluation, IReadOnlyDictionary<string, WeightTensor> Weights) Train(
    string name, ModelSpec spec, TrainingData data, LabelScheme labels, PretrainedWeights? start)
{
    var request = new TrainingRequest(
        spec, new ModelConfiguration { Name = spec.Name, BatchSize = spec.BatchSize, Phases = spec.Phases }, ClassLabels.Of(labels), data,
        Seed: 1, Threads: 1, start, start is null ? "random" : "pretrained", "{}",
        new TrainingDevices(DeviceSettings.Read(SettingSource.Environment)).Open(asked: null));
    using var session = TrainingSession.Start(request);
    using var best = new MemoryStream();
    while (!session.Finished)
    {
        var row = session.RunEpoch(null, CancellationToken.None);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}: epoch {row.Epoch}/{session.TotalEpochs} ({row.Phase})  train {row.TrainAccuracy:0.000}  "
            + $"validation {row.ValidationAccuracy:0.000}  {row.Seconds:0.0} s"));
        if (session.BestEpoch == session.Epoch)
        {
            best.SetLength(0);
            session.SaveCheckpoint(best);
        }
    }

    best.Position = 0;
    var evaluation = ModelEvaluator.Evaluate(request, best, session.History, CancellationToken.None);
    best.Position = 0;
    return (evaluation, ModelEvaluator.ReadWeights(best));
}

static async Task<string> WritePthAsync(IReadOnlyDictionary<string, WeightTensor> weights)
{
    var (safetensors, pth) = (Path.GetTempFileName(), Path.GetTempFileName());
    using (var stream = File.Create(safetensors))
    {
        SafetensorsWriter.Write(stream, new Dictionary<string, string>(), weights);
    }

    var start = new ProcessStartInfo("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "to_pth.py"), safetensors, pth]);
    var result = await ChildResult.RunAsync(
        new ProcessStarter(), start, "The benchmark needs /usr/bin/python3.", TimeProvider.System, CancellationToken.None);
    File.Delete(safetensors);
    return result.ExitCode == 0 ? pth : throw new InvalidOperationException($"to_pth.py failed. {result.Errors}");
}

static void Print(string name, ModelEvaluation model) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
    $"{name}: best epoch {model.BestEpoch} of {model.Epochs} ({model.PlannedEpochs} planned), train {model.Train.Accuracy:0.0000}, "
    + $"validation {model.Validation.Accuracy:0.0000}, test {model.Test.Accuracy:0.0000} loss {model.Test.Loss:0.000}, "
    + $"{model.TrainSeconds:0} s"));
