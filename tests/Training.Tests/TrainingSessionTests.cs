using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Data;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Export;
using ServerlessFashion.Models;

namespace ServerlessFashion.Training.Tests;

public class TrainingSessionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void RunEpoch_EasySet_LowersTheLossAndLearnsTheLabels()
    {
        var spec = Tiny.Spec with { Phases = [new("all", 12, 1e-2, TrainableLayers.All)] };
        using var session = TrainingSession.Start(Tiny.Request(spec, train: 200));

        var rows = RunAll(session);

        Assert.Equal(Enumerable.Range(1, 12), rows.Select(row => row.Epoch));
        Assert.True(rows[^1].TrainLoss < rows[0].TrainLoss / 3, $"{rows[0].TrainLoss} -> {rows[^1].TrainLoss}");
        Assert.True(rows[^1].ValidationAccuracy > .9, $"{rows[^1].ValidationAccuracy}");
        Assert.True(session.Finished);
    }

    /// <summary>Kill after any epoch and resume: also at the border of the phases (2 + 2 epochs).</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Resume_AfterEpoch_GoesOnToTheBit(int killAfter)
    {
        AssertResumesExactly(Tiny.Request(Tiny.Spec, time: new FakeTimeProvider()), killAfter);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Resume_ChannelsLast_GoesOnToTheBit(int killAfter)
    {
        AssertResumesExactly(Tiny.Request(Tiny.WithChannels(64), time: new FakeTimeProvider()), killAfter);
    }

    [Fact]
    public void Resume_OnTwoThreads_GoesOnToTheBit()
    {
        AssertResumesExactly(Tiny.Request(Tiny.Spec, threads: 2, time: new FakeTimeProvider()), killAfter: 1);
    }

    [Fact]
    public void Resume_ResNet50BetweenItsPhases_GoesOnToTheBit()
    {
        AssertResumesExactly(Tiny.Request(Tiny.ResNet, train: 12, time: new FakeTimeProvider()), killAfter: 1);
    }

    [Fact]
    public void Resume_BeforeTheFirstEpoch_GoesOnToTheBit()
    {
        AssertResumesExactly(Tiny.Request(Tiny.Spec, time: new FakeTimeProvider()), killAfter: 0);
    }

    /// <summary>
    /// Loss and accuracy of training and validation, epoch after epoch, against torch.nn with Keras's Adam written out; 64 channels lie
    /// channels-last in memory.
    /// </summary>
    [Theory]
    [InlineData(16)]
    [InlineData(64)]
    public void RunEpoch_WholeSetInOneBatch_AgreesWithPyTorch(int channels)
    {
        Python.SkipWithoutTorch();
        using var folder = new TemporaryFolder();
        var spec = Tiny.WithChannels(channels) with { Layers = [.. Tiny.WithChannels(channels).Layers.Where(layer => layer is not Dropout)], BatchSize = 60, Phases = [new("all", 8, 1e-3, TrainableLayers.All)] };
        var request = Tiny.Request(spec, train: 60);
        using var session = TrainingSession.Start(request);
        using (var file = File.Create(folder.File("start.safetensors")))
        {
            SafetensorsWriter.Write(file, new Dictionary<string, string>(), WeightsOf(session));
        }

        File.WriteAllBytes(folder.File("train.bin"), [.. request.Data.Train.Pixels, .. request.Data.Train.Labels]);
        File.WriteAllBytes(folder.File("validation.bin"), [.. request.Data.Validation.Pixels, .. request.Data.Validation.Labels]);
        var output = Python.Run(
            Path.Combine(AppContext.BaseDirectory, "Reference", "train.py"), folder.File("start.safetensors"), folder.File("train.bin"), folder.File("validation.bin"), "8", "0.001");
        double[][] expected = [.. output.Trim().Split('\n').Select(line => line.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray())];

        var rows = RunAll(session);

        Assert.Equal(8, expected.Length);
        Assert.True(expected[0][0] / expected[7][0] > 2, "the reference should learn");
        // A bias before a BatchNorm has no gradient but rounding noise where its unit is always active, which Adam makes
        // visible; in training mode the BatchNorm takes it out again.
        Assert.All(rows.Zip(expected), pair =>
        {
            Assert.Equal(pair.Second[0], pair.First.TrainLoss, 1e-4);
            Assert.Equal(pair.Second[1] / 60, pair.First.TrainAccuracy, 1e-9);
            Assert.Equal(pair.Second[2], pair.First.ValidationLoss, 5e-4);
            Assert.Equal(pair.Second[3] / 20, pair.First.ValidationAccuracy, 1e-9);
        });
    }

    [Fact]
    public void Start_AnotherSeed_GivesOtherWeightsAndAnotherHistory()
    {
        using var one = TrainingSession.Start(Tiny.Request(Tiny.Spec, seed: 1));
        using var two = TrainingSession.Start(Tiny.Request(Tiny.Spec, seed: 2));

        Assert.NotEqual(WeightsOf(one)["conv2d.weight"].Values, WeightsOf(two)["conv2d.weight"].Values);
        Assert.NotEqual(one.RunEpoch(null, Cancellation).TrainLoss, two.RunEpoch(null, Cancellation).TrainLoss);
    }

    [Fact]
    public void RunEpoch_HeadPhaseOfResNet50_MovesBatchNormsAndHeadOnly()
    {
        using var session = TrainingSession.Start(Tiny.Request(Tiny.ResNet, train: 8));
        var before = WeightsOf(session);

        session.RunEpoch(null, Cancellation);
        var head = WeightsOf(session);
        session.RunEpoch(null, Cancellation);
        var blocks = WeightsOf(session);

        Assert.All(ResNet50Layout.Convolutions, conv => Assert.Equal(before[$"resnet50.{conv.Name}.weight"].Values, head[$"resnet50.{conv.Name}.weight"].Values));
        Assert.All(ResNet50Layout.Convolutions, conv => Assert.NotEqual(before[$"resnet50.{conv.BatchNorm}.weight"].Values, head[$"resnet50.{conv.BatchNorm}.weight"].Values));
        Assert.All(ResNet50Layout.Convolutions, conv => Assert.NotEqual(before[$"resnet50.{conv.BatchNorm}.running_mean"].Values, head[$"resnet50.{conv.BatchNorm}.running_mean"].Values));
        Assert.NotEqual(before["dense.weight"].Values, head["dense.weight"].Values);
        string[] moved = [.. ResNet50Layout.Convolutions.Select(conv => conv.Name).Where(name => !head[$"resnet50.{name}.weight"].Values.SequenceEqual(blocks[$"resnet50.{name}.weight"].Values))];
        Assert.Equal(["layer4.1.conv1", "layer4.1.conv2", "layer4.1.conv3", "layer4.2.conv1", "layer4.2.conv2", "layer4.2.conv3"], moved);
    }

    [Fact]
    public void RunEpoch_Cancelled_StopsBeforeTheNextBatch()
    {
        using var session = TrainingSession.Start(Tiny.Request(Tiny.Spec));
        using var cancellation = new CancellationTokenSource();
        var batches = new List<int>();
        var progress = new Recorder(report =>
        {
            batches.Add(report.Batch);
            if (report.Batch == 2)
            {
                cancellation.Cancel();
            }
        });

        Assert.Throws<OperationCanceledException>(() => session.RunEpoch(progress, cancellation.Token));

        Assert.Equal([1, 2], batches);
    }

    [Fact]
    public void RunEpoch_Reports_EndWithTheRowOfTheEpoch()
    {
        using var session = TrainingSession.Start(Tiny.Request(Tiny.Spec));
        var reports = new List<BatchProgress>();

        var row = session.RunEpoch(new Recorder(reports.Add), Cancellation);

        // 50 images in batches of 16: 16, 16, 16, 2.
        Assert.Equal([1, 2, 3, 4], reports.Select(report => report.Batch));
        Assert.All(reports, report => Assert.Equal((1, 4, 4), (report.Epoch, report.TotalEpochs, report.Batches)));
        Assert.Equal((row.TrainLoss, row.TrainAccuracy), (reports[^1].Loss, reports[^1].Accuracy));
    }

    [Fact]
    public void RunEpoch_OneImageLeftOver_JoinsTheLastBatch()
    {
        using var session = TrainingSession.Start(Tiny.Request(Tiny.Spec, train: 33));
        var reports = new List<BatchProgress>();

        session.RunEpoch(new Recorder(reports.Add), Cancellation);

        Assert.Equal([1, 2], reports.Select(report => report.Batch));
    }

    [Fact]
    public void RunEpoch_Seconds_AreTheClocks()
    {
        var clock = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(3) };
        using var session = TrainingSession.Start(Tiny.Request(Tiny.Spec, time: clock));

        Assert.Equal(3, session.RunEpoch(null, Cancellation).Seconds);
    }

    [Fact]
    public void RunEpoch_Rows_CarryPhaseAndLearningRate()
    {
        using var session = TrainingSession.Start(Tiny.Request(Tiny.Spec));

        var rows = RunAll(session);

        Assert.Equal([("first", 1e-3), ("first", 1e-3), ("second", 1e-4), ("second", 1e-4)], rows.Select(row => (row.Phase, row.LearningRate)));
        Assert.Throws<InvalidOperationException>(() => session.RunEpoch(null, Cancellation));
    }

    /// <summary>50 images in batches of 16 make 4 steps an epoch; the last steps of the two epochs stand at 3/8 and 7/8 of the phase.</summary>
    [Fact]
    public void RunEpoch_WithASchedule_RestartsItWithThePhase()
    {
        var phases = Tiny.Spec.Phases.Select(phase => phase with { Schedule = new LearningRateSchedule(.5, 0, 0) }).ToArray();
        using var session = TrainingSession.Start(Tiny.Request(Tiny.Spec with { Phases = phases }));

        var rates = RunAll(session).Select(row => row.LearningRate).ToArray();

        var fall = .5 * (1 + Math.Cos(.75 * Math.PI));
        Assert.All(new[] { .75e-3, fall * 1e-3, .75e-4, fall * 1e-4 }.Zip(rates), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Fact]
    public void Resume_InsideASchedule_GoesOnToTheBit()
    {
        var phases = Tiny.Spec.Phases.Select(phase => phase with { Schedule = LearningRateSchedule.OneCycle, WeightDecay = .1 }).ToArray();

        AssertResumesExactly(Tiny.Request(Tiny.Spec with { Phases = phases }, time: new FakeTimeProvider()), killAfter: 3);
    }

    /// <summary>The search for the offsets belongs to the first epoch; its result, the augmentation's draws and the schedule all come back.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Resume_LatentOffsetsWithAugmentation_GoesOnToTheBit(int killAfter)
    {
        AssertResumesExactly(Tiny.Request(Tiny.LatentOffsets, time: new FakeTimeProvider()), killAfter);
    }

    /// <summary>The masks are no part of a checkpoint: they come back from the zeros.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Resume_Pruned_GoesOnToTheBit(int killAfter)
    {
        AssertResumesExactly(Tiny.Request(Tiny.Pruned, time: new FakeTimeProvider()), killAfter);
    }

    /// <summary>Images are left out in the second and third of four epochs; the losses that decide it come from the checkpoint.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Resume_WithKnownImagesLeftOut_GoesOnToTheBit(int killAfter)
    {
        var spec = Tiny.LatentOffsets with { Phases = [Tiny.LatentOffsets.Phases[0] with { Epochs = 4, DataPruning = new(.7, WholeEpochs: 1) }] };

        AssertResumesExactly(Tiny.Request(spec, time: new FakeTimeProvider()), killAfter);
    }

    /// <summary>Of 200 images the mean loss parts those that stay whole; batches tell how many took part.</summary>
    [Fact]
    public void RunEpoch_WithKnownImagesLeftOut_TakesFewerBatchesAndAllInTheLastEpoch()
    {
        var spec = Tiny.Spec with { Phases = [new("all", 3, 1e-2, TrainableLayers.All) { DataPruning = new(.9, WholeEpochs: 1) }] };
        using var session = TrainingSession.Start(Tiny.Request(spec, train: 200));
        var batches = new List<int>();

        while (!session.Finished)
        {
            var last = new LastBatch();
            session.RunEpoch(last, Cancellation);
            batches.Add(last.Batches);
        }

        // 200 / 16 images are 12.5 batches.
        Assert.Equal((13, 13), (batches[0], batches[2]));
        Assert.InRange(batches[1], 1, 12);
    }

    /// <summary>Before the cut, on the checkpoint that the cut begins from, and after it.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Resume_ChannelsCutAfterTheSecondEpoch_GoesOnToTheBit(int killAfter)
    {
        AssertResumesExactly(Tiny.Request(Tiny.Slim, time: new FakeTimeProvider()), killAfter);
    }

    /// <summary>At a learning rate of zero, the weights after the cut are the wide network's, cut; only moving statistics go on.</summary>
    [Fact]
    public void RunEpoch_FirstAfterTheCut_GoesOnWithTheWideNetworksChannels()
    {
        var spec = Tiny.Slim with { Phases = [Tiny.Slim.Phases[0], Tiny.Slim.Phases[1] with { LearningRate = 0 }] };
        using var session = TrainingSession.Start(Tiny.Request(spec));
        session.RunEpoch(null, Cancellation);
        session.RunEpoch(null, Cancellation);
        var wide = WeightsOf(session);

        session.RunEpoch(null, Cancellation);

        var (widePlan, narrowPlan) = (spec.PlanOf(spec.Phases[0], ClassLabels.Five), spec.PlanOf(spec.Phases[1], ClassLabels.Five));
        var expected = ChannelPruning.Narrow(widePlan, narrowPlan, wide);
        var narrow = WeightsOf(session);
        Assert.Equal([32, 1, 3, 3], wide["conv2d.weight"].Shape);
        Assert.Equal([16, 1, 3, 3], narrow["conv2d.weight"].Shape);
        Assert.All(narrowPlan.Weights.Where(weight => weight.TakesGradient), weight => Assert.Equal(expected[weight.Name].Values, narrow[weight.Name].Values));
    }

    [Fact]
    public void BestEpoch_ChannelsCut_IsOneOfTheNarrowNetwork()
    {
        using var session = TrainingSession.Start(Tiny.Request(Tiny.Slim));
        session.RunEpoch(null, Cancellation);
        Assert.Equal(1, session.BestEpoch);

        RunAll(session);

        Assert.InRange(session.BestEpoch, 3, 5);
        Assert.Equal(session.History.Skip(2).MaxBy(row => row.ValidationAccuracy)!.Epoch, session.BestEpoch);
    }

    public static TheoryData<bool[], string> UnusablePhases => new()
    {
        { [true], "phases of tiny-slim: expected an epoch after the wide phase phase 1, found none." },
        { [false, true, false], "phases of tiny-slim: phase phase 2 is wide, and channels were cut before it." },
        { [], "phases of tiny-slim: expected at least one epoch, found none." },
    };

    [Theory]
    [MemberData(nameof(UnusablePhases))]
    public void Start_PhasesThatNoNarrowNetworkComesFrom_AreRefused(bool[] wide, string message)
    {
        var spec = Tiny.Slim with { Phases = [.. wide.Select((isWide, i) => new TrainingPhase($"phase {i + 1}", 1, 1e-3, TrainableLayers.All) { Wide = isWide })] };

        Assert.Equal(message, Assert.Throws<InvalidInputException>(() => TrainingSession.Start(Tiny.Request(spec))).Message);
    }

    [Fact]
    public void Start_WidePhaseOfAModelWithoutWideLayers_IsRefused()
    {
        var spec = Tiny.Slim with { WideLayers = null };

        Assert.Equal(
            "model tiny-slim: phase whole trains wide layers, and the model has none.",
            Assert.Throws<InvalidInputException>(() => TrainingSession.Start(Tiny.Request(spec))).Message);
    }

    [Fact]
    public void Resume_GarmentRule_GoesOnToTheBit()
    {
        AssertResumesExactly(Tiny.Request(Tiny.LatentOffsets with { Head = new GarmentRuleHead() }, time: new FakeTimeProvider()), killAfter: 2);
    }

    [Fact]
    public void RunEpoch_LatentOffsets_KeepsTheConstantsThatTheSearchFound()
    {
        using var session = TrainingSession.Start(Tiny.Request(Tiny.LatentOffsets));
        var before = WeightsOf(session);
        session.RunEpoch(null, Cancellation);
        var first = WeightsOf(session);
        RunAll(session);
        var last = WeightsOf(session);

        Assert.NotEqual(before["latent_offsets.offsets"].Values, first["latent_offsets.offsets"].Values);
        Assert.All(new[] { "offsets", "cuts", "log_scale" }, constant => Assert.Equal(first[$"latent_offsets.{constant}"].Values, last[$"latent_offsets.{constant}"].Values));
        Assert.NotEqual(first["conv2d.weight"].Values, last["conv2d.weight"].Values);
    }

    [Fact]
    public void Start_AugmentationThatChangesLabels_IsRefusedInOneSentence()
    {
        var spec = Tiny.Spec with { Phases = [new("all", 1, 1e-3, TrainableLayers.All) { Augmentation = new Augmentation { ZoomShare = .1 } }] };

        var refused = Assert.Throws<InvalidInputException>(() => TrainingSession.Start(Tiny.Request(spec)));

        Assert.StartsWith("augmentation of tiny: zoom changes 17 % of the five labels", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// A learning rate of zero: every epoch's validation accuracy is the same, so each phase's first epoch is its best, and with a patience of 2
    /// it ends after three.
    /// </summary>
    [Fact]
    public void RunEpoch_OutOfPatience_EndsThePhaseAndTheTraining()
    {
        using var session = TrainingSession.Start(Tiny.Request(Stagnant));
        Assert.Equal((9, false), (session.TotalEpochs, session.Finished));
        var totals = new List<int>();

        while (!session.Finished)
        {
            session.RunEpoch(new Recorder(report => totals.Add(report.TotalEpochs)), Cancellation);
        }

        Assert.Equal(["one", "one", "one", "two", "two", "two"], session.History.Select(row => row.Phase));
        Assert.Equal((6, 6), (session.Epoch, session.TotalEpochs));
        Assert.Equal([9, 9, 9, 8, 8, 8], totals.Where((_, i) => i % 4 == 0));
        Assert.Throws<InvalidOperationException>(() => session.RunEpoch(null, Cancellation));
    }

    /// <summary>The schedule of the phase after one that stopped early begins at its beginning: 4 steps an epoch, 5 epochs planned.</summary>
    [Fact]
    public void RunEpoch_AfterAnEarlyStop_StartsTheNextScheduleAtItsBeginning()
    {
        var phases = Stagnant.Phases.Select((phase, i) => i == 0 ? phase : phase with { LearningRate = 1e-3, Schedule = new LearningRateSchedule(1, 0, 0) }).ToArray();
        using var session = TrainingSession.Start(Tiny.Request(Stagnant with { Phases = phases }));

        var rates = RunAll(session).Where(row => row.Phase == "two").Select(row => row.LearningRate).ToArray();

        Assert.Equal(3 / 20.0 * 1e-3, rates[0], 1e-12);
        Assert.Equal(7 / 20.0 * 1e-3, rates[1], 1e-12);
    }

    /// <summary>Within a phase's patience, at its end, and after the training stopped early.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(6)]
    public void Resume_AroundAnEarlyStop_GoesOnToTheBit(int killAfter)
    {
        AssertResumesExactly(Tiny.Request(Stagnant, time: new FakeTimeProvider()), killAfter);
    }

    /// <summary>A training that learns, stopped by its own validation accuracy.</summary>
    [Fact]
    public void Resume_LearningWithPatience_StopsAtTheSameEpoch()
    {
        var spec = Tiny.Spec with { Phases = [new("all", 30, 1e-2, TrainableLayers.All) { Patience = 2, Schedule = LearningRateSchedule.OneCycle }] };
        var request = Tiny.Request(spec, train: 100, time: new FakeTimeProvider());
        using var whole = TrainingSession.Start(request);
        RunAll(whole);

        Assert.InRange(whole.Epoch, 3, 29);
        Assert.Equal(whole.Epoch - 2, whole.BestEpoch);
        AssertResumesExactly(request, whole.Epoch - 1);
    }

    [Fact]
    public void RunEpoch_PhaseWithoutEpochs_IsPassedOver()
    {
        var spec = Tiny.Spec with { Phases = [new("none", 0, 1, TrainableLayers.All), new("some", 1, 1e-3, TrainableLayers.All)] };
        using var session = TrainingSession.Start(Tiny.Request(spec));

        Assert.Equal("some", session.RunEpoch(null, Cancellation).Phase);
        Assert.True(session.Finished);
    }

    [Fact]
    public void BestEpoch_EqualAccuracies_IsTheEarliest()
    {
        // A learning rate of zero: every epoch's accuracy is the same but for the BatchNorm statistics, which it has none of.
        var spec = Tiny.Spec with { Layers = [new Flatten(), new Dense(4)], Phases = [new("still", 3, 0, TrainableLayers.All)] };
        using var session = TrainingSession.Start(Tiny.Request(spec));
        Assert.Equal(0, session.BestEpoch);

        var rows = RunAll(session);

        Assert.Single(rows.Select(row => row.ValidationAccuracy).Distinct());
        Assert.Equal(1, session.BestEpoch);
    }

    [Fact]
    public void Start_FiltersThatOneDnnGetsWrong_AreRefused()
    {
        var spec = Tiny.Spec with { Layers = [new Conv2D(6, 3, Padding.Same), new Flatten()] };

        Assert.Equal(
            "model tiny: the filters of a convolution should be a multiple of 16, found 6.",
            Assert.Throws<InvalidInputException>(() => TrainingSession.Start(Tiny.Request(spec))).Message);
    }

    public static TheoryData<string, string> Differences => new()
    {
        { "seed", "checkpoint: it belongs to another training: seed should be 8, found 7." },
        { "threads", "checkpoint: it belongs to another training: threads should be 2, found 1." },
        { "data", "checkpoint: it belongs to another training: data SHA-256 should be other, found sha-of-tiny." },
        { "images", "checkpoint: it belongs to another training: training images should be 49, found 50." },
        { "run", """checkpoint: it belongs to another training: run configuration should be {"preset":"other"}, found {"preset":"tiny"}.""" },
    };

    [Theory]
    [MemberData(nameof(Differences))]
    public void Resume_CheckpointOfAnotherTraining_IsRefusedWithTheDifference(string difference, string message)
    {
        using var session = TrainingSession.Start(Tiny.Request(Tiny.Spec));
        using var checkpoint = Save(session);
        var same = Tiny.Request(Tiny.Spec);
        var other = difference switch
        {
            "seed" => same with { Seed = 8 },
            "threads" => same with { Threads = 2 },
            "data" => same with { Data = same.Data with { Sha256 = "other" } },
            "images" => same with { Data = same.Data with { Train = Tiny.Images(49, 1) } },
            _ => same with { RunConfigurationJson = """{"preset":"other"}""" },
        };

        Assert.Equal(message, Assert.Throws<InvalidInputException>(() => TrainingSession.Resume(other, checkpoint)).Message);
    }

    [Fact]
    public void Resume_OtherBatchSize_IsRefused()
    {
        using var session = TrainingSession.Start(Tiny.Request(Tiny.Spec));
        using var checkpoint = Save(session);
        var request = Tiny.Request(Tiny.Spec);
        request = request with { Configuration = request.Configuration with { BatchSize = 17 } };

        Assert.Contains("model configuration", Assert.Throws<InvalidInputException>(() => TrainingSession.Resume(request, checkpoint)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_SameConfigurationWrittenDifferently_IsAccepted()
    {
        using var session = TrainingSession.Start(Tiny.Request(Tiny.Spec));
        using var checkpoint = Save(session);

        using var resumed = TrainingSession.Resume(Tiny.Request(Tiny.Spec) with { RunConfigurationJson = "{ \"preset\": \"tiny\" }" }, checkpoint);

        Assert.Equal(0, resumed.Epoch);
    }

    [Fact]
    public void SaveCheckpoint_Header_IsReadWithoutTensors()
    {
        using var session = TrainingSession.Start(Tiny.Request(Tiny.Spec));
        RunAll(session);
        using var checkpoint = Save(session);

        var header = CheckpointFile.ReadHeader(checkpoint);

        Assert.Equal((4, session.BestEpoch, 1), (header.Epoch, header.BestEpoch, header.Phase));
        Assert.Equal(session.History, header.History);
        Assert.Equal("""{"preset":"tiny"}""", header.RunConfigurationJson);
        Assert.Equal(2 * 4, header.OptimizerSteps);
        Assert.True(checkpoint.Position < checkpoint.Length / 2);
    }

    /// <summary>Nothing is learned: 4 epochs and 5, each with a patience of 2.</summary>
    private static ModelSpec Stagnant { get; } = Tiny.Spec with
    {
        Layers = [new Flatten(), new Dense(4)],
        Phases = [new("one", 4, 0, TrainableLayers.All) { Patience = 2 }, new("two", 5, 0, TrainableLayers.All) { Patience = 2 }],
    };

    private static void AssertResumesExactly(TrainingRequest request, int killAfter)
    {
        using var whole = TrainingSession.Start(request);
        RunAll(whole);

        using var checkpoint = new MemoryStream();
        using (var killed = TrainingSession.Start(request))
        {
            for (var i = 0; i < killAfter; i++)
            {
                killed.RunEpoch(null, Cancellation);
            }

            killed.SaveCheckpoint(checkpoint);
        }

        checkpoint.Position = 0;
        using var resumed = TrainingSession.Resume(request, checkpoint);
        Assert.Equal(killAfter, resumed.Epoch);
        RunAll(resumed);

        Assert.Equal(whole.History, resumed.History);
        var (expected, found) = (TensorsOf(whole), TensorsOf(resumed));
        Assert.Equal(expected.Keys, found.Keys);
        Assert.All(expected, tensor => Assert.Equal(tensor.Value.Values, found[tensor.Key].Values));
    }

    private static IReadOnlyList<EpochRow> RunAll(TrainingSession session)
    {
        while (!session.Finished)
        {
            session.RunEpoch(null, Cancellation);
        }

        return session.History;
    }

    private static MemoryStream Save(TrainingSession session)
    {
        var stream = new MemoryStream();
        session.SaveCheckpoint(stream);
        stream.Position = 0;
        return stream;
    }

    private static IReadOnlyDictionary<string, WeightTensor> WeightsOf(TrainingSession session)
    {
        using var checkpoint = Save(session);
        return ModelEvaluator.ReadWeights(checkpoint);
    }

    /// <summary>Weights and optimizer moments.</summary>
    private static Dictionary<string, WeightTensor> TensorsOf(TrainingSession session)
    {
        using var checkpoint = Save(session);
        return new(SafetensorsReader.Open(checkpoint, "checkpoint").ReadTensors(_ => true));
    }

    private sealed class Recorder(Action<BatchProgress> record) : IProgress<BatchProgress>
    {
        public void Report(BatchProgress value) => record(value);
    }

    private sealed class LastBatch : IProgress<BatchProgress>
    {
        public int Batches { get; private set; }

        public void Report(BatchProgress value) => Batches = value.Batches;
    }
}
