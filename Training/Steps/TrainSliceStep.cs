using Microsoft.Extensions.Logging;
using ServerlessFashion.Devices;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Storage.Requests;
using ServerlessFashion.Telemetry;
using ServerlessFashion.Training.Devices;
using ServerlessFashion.Training.Sessions;

namespace ServerlessFashion.Training.Steps;

/// <summary>
/// Trains one model for at most the run's <see cref="RunConfiguration.SliceEpochs"/>, from its last checkpoint, and commits a
/// checkpoint of every epoch (see <see cref="EpochCommits"/>). It ends early after the epoch in which half of its deadline has passed,
/// so that a slow machine needs more slices and does not miss a deadline. A lease makes a second delivery of the same step wait until
/// the first has ended; it then continues where the first stopped.
/// </summary>
public sealed class TrainSliceStep(
    RunStore runs, RunDefinitions definitions, RunFolders folders, RunLocks locks, EpochMetrics metrics, TrainingInputs inputs,
    IProgress<TrainingProgress> progress, TimeProvider time, ILogger<TrainSliceStep>? log = null,
    IProgress<StorageNotice>? notices = null)
    : IStepHandler<TrainingId, TrainSliceResult>
{
    public async Task<TrainSliceResult> RunAsync(TrainingId request, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        var run = await definitions.GetAsync(request.RunId, cancellation);
        var configuration = TrainingInputs.ConfigurationOf(request.RunId, run, request.Model);
        var checkpoints = folders.CheckpointsOf(request.RunId, request.Model, request.Seed);
        await using var watch = CancelWatch.Start(runs, request.RunId, time, cancellation, log);
        try
        {
            await using var only = await locks.AcquireAsync(request.RunId, request.Model, request.Seed, watch.Requested);
            try
            {
                using var stop = CancellationTokenSource.CreateLinkedTokenSource(watch.Requested, only.Lost);
                return await TrainAsync(run, request, checkpoints, began, stop.Token);
            }
            catch (OperationCanceledException) when (only.Lost.IsCancellationRequested && !watch.Requested.IsCancellationRequested)
            {
                // Another process may train this model now. The next slice waits for it and continues from there.
                log?.SliceLost(request.Model, request.Seed);
                return await ProgressAsync(cancelled: false);
            }
        }
        catch (OperationCanceledException) when (watch.Requested.IsCancellationRequested)
        {
            // The request may have come before the first batch, while the step waited for the lock.
            return await ProgressAsync(cancelled: true);
        }

        async Task<TrainSliceResult> ProgressAsync(bool cancelled)
        {
            // Somebody waits for the end of a cancelled training. One that lost its lock waits for the account as the run does.
            using var patience = cancelled ? StoragePatience.Begin(EpochCommits.Grace) : null;
            var committed = await checkpoints.FindAsync(CancellationToken.None);
            return new TrainSliceResult(committed?.Epoch ?? 0, configuration.TotalEpochs, cancelled);
        }
    }

    private async Task<TrainSliceResult> TrainAsync(
        RunDefinition run, TrainingId request, CheckpointStore checkpoints, long began, CancellationToken stop)
    {
        var pointer = await checkpoints.FindWholeAsync(fault => Note(request, fault), stop);
        var header = pointer is null ? null : await ReadHeaderAsync(checkpoints, pointer, stop);
        if (header?.History is [.., var last])
        {
            // A process that ended after the commit, or lost its lock, may not have written this row. Nobody else would write the
            // row of the last epoch.
            await metrics.PutAsync(request.RunId, new EpochMetric(request.Model, request.Seed, last), stop);
        }

        // The history says whether the training is finished: early stopping may have ended it before its last epoch.
        var phases = TrainingInputs.ConfigurationOf(request.RunId, run, request.Model).Phases;
        return header is not null && TrainingCourse.Of(phases, header.History) is var course
            && (course.Finished || header.Epoch >= request.UntilEpoch)
            ? new TrainSliceResult(header.Epoch, EndOf(request, course.TotalEpochs), Cancelled: false)
            : await TrainAsync(run, request, checkpoints, pointer, header, began, stop);
    }

    private static async Task<CheckpointHeader> ReadHeaderAsync(
        CheckpointStore checkpoints, CheckpointPointer pointer, CancellationToken stop)
    {
        await using var checkpoint = await checkpoints.OpenAsync(pointer.Latest, stop);
        return CheckpointFile.ReadHeader(checkpoint);
    }

    private async Task<TrainSliceResult> TrainAsync(
        RunDefinition run, TrainingId request, CheckpointStore checkpoints, CheckpointPointer? pointer, CheckpointHeader? header,
        long began, CancellationToken stop)
    {
        var input = await inputs.LoadAsync(request.RunId, run, request.Model, request.Seed, header, stop);
        var environment = MachineEnvironment.Describe(TorchLibrary.Version, input.ComputesOn.Description);
        await folders.Of(request.RunId).AddEnvironmentAsync(request.Model, request.Seed, environment, stop);
        using var occupied = TrainingTelemetry.OccupyDevice(input.ComputesOn.Kind, time);
        using var session = await OpenAsync(input, checkpoints, pointer, stop);
        using var gpu = input.ComputesOn.Kind == DeviceChoice.Cuda ? GpuMeter.Start(time) : null;
        await using var commits = new EpochCommits(request.RunId, checkpoints, metrics, progress, time, stop);
        var enough = TimeSpan.FromMinutes(run.Configuration.SliceTimeoutMinutes) / 2;
        try
        {
            for (var i = 0; i < run.Configuration.SliceEpochs && session.Epoch < EndOf(request, session.TotalEpochs)
                && (i == 0 || time.GetElapsedTime(began) < enough); i++)
            {
                var row = RunEpoch(session, request, input.ComputesOn.Kind, gpu, commits.GoOn);
                occupied.Count();
                var report = Completed(request, session, row) with { PlannedEpochs = input.Configuration.TotalEpochs };
                await commits.BeginAsync(session, row, report);
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // The epoch before could not be stored. CompleteAsync throws the reason.
            await commits.CompleteAsync();
            throw;
        }

        await commits.CompleteAsync();
        return new TrainSliceResult(session.Epoch, EndOf(request, session.TotalEpochs), Cancelled: false);
    }

    /// <summary>The epoch after which the training ends or pauses.</summary>
    private static int EndOf(TrainingId request, int totalEpochs) => Math.Min(request.UntilEpoch ?? totalEpochs, totalEpochs);

    private EpochRow RunEpoch(
        TrainingSession session, TrainingId request, DeviceChoice device, GpuMeter? gpu, CancellationToken stop)
    {
        using var span = TrainingTelemetry.StartEpoch(request, device, session.Epoch + 1);
        var batches = new BatchReporter(request, progress);
        try
        {
            var before = Environment.CpuUsage.TotalTime;
            var row = session.RunEpoch(batches, stop);
            var use = new ResourceUse((Environment.CpuUsage.TotalTime - before).TotalSeconds, Environment.WorkingSet, gpu?.Take());
            TrainingTelemetry.CountEpoch(request.Model, device, row.Seconds, batches.Images);
            return row with { Use = use };
        }
        catch (Exception e)
        {
            span.RecordFailure(e);
            throw;
        }
    }

    private static async Task<TrainingSession> OpenAsync(
        TrainingRequest input, CheckpointStore checkpoints, CheckpointPointer? pointer, CancellationToken stop)
    {
        if (pointer is null)
        {
            return TrainingSession.Start(input);
        }

        await using var checkpoint = await checkpoints.OpenAsync(pointer.Latest, stop);
        return TrainingSession.Resume(input, checkpoint);
    }

    private void Note(TrainingId request, string fault)
    {
        log?.CheckpointFault(request.Model, request.Seed, fault);
        notices?.Report(new StorageNotice(
            $"{request.Model} seed {request.Seed}: {fault}; the training continues from the newest whole checkpoint"));
    }

    private static TrainingProgress Completed(TrainingId request, TrainingSession session, EpochRow row) => new(
        request.Model, request.Seed, "training", session.Epoch, session.TotalEpochs, 1, 1, row.TrainLoss, row.TrainAccuracy, row);

    private sealed class BatchReporter(TrainingId request, IProgress<TrainingProgress> progress) : IProgress<BatchProgress>
    {
        /// <summary>Number of training images in the epoch so far.</summary>
        public int Images { get; private set; }

        public void Report(BatchProgress value)
        {
            Images = value.Images;
            progress.Report(new TrainingProgress(
                request.Model, request.Seed, "training", value.Epoch, value.TotalEpochs,
                value.Batch, value.Batches, value.Loss, value.Accuracy, null));
        }
    }
}
