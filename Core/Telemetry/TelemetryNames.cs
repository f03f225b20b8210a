namespace ServerlessFashion.Telemetry;

/// <summary>
/// Names of the telemetry: a contract with the alerts and the workbook in <c>infra/</c>, and with user-defined queries. A test
/// compares the queries with these constants.
/// </summary>
public static class TelemetryNames
{
    /// <summary>Activity source and meter of runs and their steps.</summary>
    public const string PipelineSource = "ServerlessFashion.Pipeline";

    /// <summary>Activity source and meter of training and evaluation.</summary>
    public const string TrainingSource = "ServerlessFashion.Training";

    /// <summary>Activity source and meter of predictions and uploads.</summary>
    public const string PredictionSource = "ServerlessFashion.Prediction";

    /// <summary>Counter, runs: a run ended. Tag <see cref="RunStatusTag"/>.</summary>
    public const string RunEnded = "fashion.run.ended";

    /// <summary>Gauge, runs: runs that are pending or running now.</summary>
    public const string RunActive = "fashion.run.active";

    /// <summary>Histogram, seconds: one epoch. Tags <see cref="ModelTag"/> and <see cref="DeviceTag"/>.</summary>
    public const string EpochDuration = "fashion.training.epoch.duration";

    /// <summary>Counter, images: training images, counted in each epoch. Tags <see cref="ModelTag"/> and <see cref="DeviceTag"/>.</summary>
    public const string TrainingImages = "fashion.training.images";

    /// <summary>Counter, seconds: time for which a training step occupied a GPU.</summary>
    public const string GpuTime = "fashion.training.gpu.time";

    /// <summary>Counter, uploads: the prediction of an upload failed for good.</summary>
    public const string IncomingPoisoned = "fashion.incoming.poisoned";

    /// <summary>Histogram, seconds: one prediction request or one upload.</summary>
    public const string PredictionDuration = "fashion.prediction.duration";

    /// <summary>Status of a run that ended: <c>completed</c>, <c>failed</c> or <c>cancelled</c>.</summary>
    public const string RunStatusTag = "fashion.run.status";

    /// <summary>Name of a model, as in requests and reports.</summary>
    public const string ModelTag = "fashion.model.name";

    /// <summary>Device of a training: <c>cpu</c> or <c>cuda</c>.</summary>
    public const string DeviceTag = "fashion.device";

    /// <summary>Id of a run. On spans and log records only: each value would be a new time series of a metric.</summary>
    public const string RunIdTag = "fashion.run.id";

    /// <summary>Seed of a training. On spans and log records only.</summary>
    public const string SeedTag = "fashion.training.seed";

    /// <summary>Number of an epoch, counted from 1. On spans only.</summary>
    public const string EpochTag = "fashion.training.epoch";

    /// <summary>Name of an upload. On spans only.</summary>
    public const string UploadTag = "fashion.incoming.name";

    /// <summary>Span of one run on this machine, the root of its trace. The Functions app has none.</summary>
    public const string RunSpan = "fashion.run";

    /// <summary>Span of the child process that executes a training step, inside the span of the step.</summary>
    public const string ProcessSpan = "fashion.process";

    /// <summary>Span of one step of the pipeline; the step's name follows after a space.</summary>
    public const string StepSpan = "fashion.step";

    /// <summary>Span of one epoch, inside the span of its training step.</summary>
    public const string EpochSpan = "fashion.epoch";

    /// <summary>Span of one prediction request or upload.</summary>
    public const string PredictionSpan = "fashion.predict";
}
