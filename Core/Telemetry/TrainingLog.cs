using Microsoft.Extensions.Logging;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Telemetry;

/// <summary>Writes one log record for each epoch. Event ids of trainings are 100 to 199, see also <see cref="CheckpointLog"/>.</summary>
public sealed partial class TrainingLog(ILogger<TrainingLog> log) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value)
    {
        if (value.Completed is { } row)
        {
            Epoch(value.Model, value.Seed, row.Epoch, value.TotalEpochs, row.TrainLoss, row.ValidationAccuracy, row.Seconds);
        }
    }

    [LoggerMessage(100, LogLevel.Information,
        "{Model} seed {Seed}: epoch {Epoch} of {TotalEpochs}, train loss {TrainLoss}, "
        + "validation accuracy {ValidationAccuracy}, {Seconds} s")]
    private partial void Epoch(
        string model, int seed, int epoch, int totalEpochs, double trainLoss, double validationAccuracy, double seconds);
}
