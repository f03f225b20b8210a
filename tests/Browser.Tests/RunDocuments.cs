using System.Globalization;
using System.Text.Json;

namespace ServerlessFashion.Browser.Tests;

/// <summary>Made-up documents of the API.</summary>
internal static class RunDocuments
{
    private const string Time = "2026-03-01T12:00:00Z";

    /// <summary>A run as the list has it.</summary>
    public static Dictionary<string, object?> Summary(string id, string status = "completed") => new()
    {
        ["id"] = id,
        ["name"] = null,
        ["tags"] = Array.Empty<string>(),
        ["notes"] = null,
        ["status"] = status,
        ["createdAt"] = Time,
        ["startedAt"] = Time,
        ["finishedAt"] = status == "running" ? null : "2026-03-01T12:01:30Z",
        ["durationSeconds"] = status == "running" ? null : 90,
        ["preset"] = "smoke",
        ["dataset"] = "fashion-mnist",
        ["models"] = new[] { "model1", "model3" },
        ["winner"] = status == "completed" ? "model3" : null,
        ["best"] = status == "completed"
            ? new { model = "model3", seed = 1, validationAccuracy = .8125, testAccuracy = .7969 }
            : null,
        ["error"] = null,
    };

    /// <summary>A run in full, with these trainings of 12 epochs each.</summary>
    public static Dictionary<string, object?> Run(string id, string status, params (string Model, int Seed)[] trainings)
    {
        var run = Summary(id, status);
        // The description of the data set; null for Fashion-MNIST.
        run["dataset"] = null;
        run["etaSeconds"] = null;
        run["failures"] = Array.Empty<object>();
        run["models"] = trainings.Select(training => Training(training.Model, training.Seed, status)).ToArray();
        run["configuration"] = Configuration([.. trainings.Select(training => training.Model).Distinct()]);
        return run;
    }

    /// <summary>Validation accuracy rises to epoch 9 and falls then.</summary>
    public static object Metrics(AnsweredApi.Request request) => Metrics(request, Row);

    /// <summary>The same of a training on a GPU.</summary>
    public static object MetricsOnGpu(AnsweredApi.Request request) => Metrics(request, (epoch, seed) =>
    {
        var row = JsonSerializer.SerializeToNode(Row(epoch, seed))!.AsObject();
        row["gpuBusyShare"] = .85;
        row["gpuMemoryBytes"] = 9L << 30;
        return row;
    });

    /// <summary>The same of a training that diverges.</summary>
    public static object MetricsThatDiverge(AnsweredApi.Request request) => Metrics(request, (epoch, seed) =>
    {
        var row = JsonSerializer.SerializeToNode(Row(epoch, seed))!.AsObject();
        row["trainLoss"] = 2e28 * epoch / 12;
        row["validationLoss"] = 1.2344e27 * epoch / 12;
        return row;
    });

    private static object Metrics(AnsweredApi.Request request, Func<int, int, object> rowOf)
    {
        var seed = int.Parse(request.Query["seed"], CultureInfo.InvariantCulture);
        var after = int.Parse(request.Query["after"], CultureInfo.InvariantCulture);
        return new { items = Enumerable.Range(1, 12).Skip(after).Select(epoch => rowOf(epoch, seed)), continuation = (string?)null };
    }

    public static Dictionary<string, object?> Configuration(params string[] models) => new()
    {
        ["preset"] = "smoke",
        ["labels"] = "five",
        ["split"] = "original",
        ["splitSeed"] = 1,
        ["validationShare"] = .2,
        ["trainLimit"] = 1600,
        ["validationLimit"] = null,
        ["testLimit"] = null,
        ["seeds"] = new[] { 1, 2 },
        ["budget"] = "01:30:00",
        ["models"] = models.Select(model => new
        {
            name = model,
            batchSize = 512,
            trainLimit = (int?)null,
            seeds = (int[]?)null,
            phases = new[]
            {
                new { name = "all", epochs = 12, learningRate = .001, weightDecay = 0, augmentation = (object?)null },
            },
        }).ToArray(),
    };

    /// <summary>Two models that mistake some images of five labels.</summary>
    public static object Report(string id) => new
    {
        runId = id,
        winner = "model3",
        labelNames = new[] { "class0", "class1", "class2", "class3", "class4" },
        models = new[] { ReportOf("model1", 40), ReportOf("model3", 50) },
    };

    private static object Training(string model, int seed, string status) => new
    {
        name = model,
        seed,
        state = status == "running" ? "training" : status,
        epoch = 12,
        epochs = 12,
        plannedEpochs = 12,
        best = Row(9, seed),
        last = Row(12, seed),
        secondsPerEpoch = 2.5,
        etaSeconds = (double?)null,
        validationAccuracy = status == "completed" ? .8 : (double?)null,
        testAccuracy = status == "completed" ? .79 : (double?)null,
        error = (string?)null,
    };

    private static object Row(int epoch, int seed) => new
    {
        epoch,
        seed,
        phase = "all",
        trainLoss = 2.0 / epoch,
        trainAccuracy = .4 + (.03 * epoch),
        validationLoss = (1.5 / epoch) + .1,
        validationAccuracy = .8 - (.01 * Math.Abs(9 - epoch)),
        learningRate = .001,
        seconds = 2.5,
        cpuSeconds = 4.0,
        memoryBytes = 1536L << 20,
    };

    private static object ReportOf(string name, int right) => new
    {
        name,
        seed = 1,
        confusion = Enumerable.Range(0, 5).Select(row => Enumerable.Range(0, 5).Select(column => row == column ? right : 1)),
        mistakes = new[] { new { id = 77, trueLabel = 0, predictedLabel = 4, confidence = .987 } },
    };
}
