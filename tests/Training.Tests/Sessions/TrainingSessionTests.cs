using System.Globalization;
using ServerlessFashion.Export;
using ServerlessFashion.Models;
using ServerlessFashion.Tests;
using ServerlessFashion.Training.Sessions;

namespace ServerlessFashion.Training.Tests.Sessions;

public class TrainingSessionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void RunEpoch_EasySet_LowersTheLossAndLearnsTheLabels()
    {
        var spec = Tiny.Spec with { Phases = [new("all", 20, 1e-2, TrainableLayers.All)] };
        using var session = TrainingSession.Start(Tiny.Request(spec, train: 200));

        var rows = session.RunAll();

        Assert.Equal(Enumerable.Range(1, 20), rows.Select(row => row.Epoch));
        Assert.True(rows[^1].TrainLoss < rows[0].TrainLoss / 3, $"{rows[0].TrainLoss} -> {rows[^1].TrainLoss}");
        Assert.True(rows[^1].ValidationAccuracy > .9, string.Join(" ", rows.Select(row => row.ValidationAccuracy)));
        Assert.True(session.Finished);
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
        var spec = Tiny.WithChannels(channels) with
        {
            Layers = [.. Tiny.WithChannels(channels).Layers.Where(layer => layer is not Dropout)],
            BatchSize = 60,
            Phases = [new("all", 8, 1e-3, TrainableLayers.All)],
        };
        var request = Tiny.Request(spec, train: 60);
        using var session = TrainingSession.Start(request);
        using (var file = File.Create(folder.File("start.safetensors")))
        {
            SafetensorsWriter.Write(file, new Dictionary<string, string>(), session.ReadWeights());
        }

        File.WriteAllBytes(folder.File("train.bin"), [.. request.Data.Train.Pixels, .. request.Data.Train.Labels]);
        File.WriteAllBytes(folder.File("validation.bin"), [.. request.Data.Validation.Pixels, .. request.Data.Validation.Labels]);
        var output = Python.Run(
            Path.Combine(AppContext.BaseDirectory, "Reference", "train.py"), folder.File("start.safetensors"),
            folder.File("train.bin"), folder.File("validation.bin"), "8", "0.001");
        double[][] expected =
        [
            .. output.Trim().Split('\n')
                .Select(line => line.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray()),
        ];

        var rows = session.RunAll();

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

        Assert.NotEqual(one.ReadWeights()["conv2d.weight"].Values, two.ReadWeights()["conv2d.weight"].Values);
        Assert.NotEqual(one.RunEpoch(null, Cancellation).TrainLoss, two.RunEpoch(null, Cancellation).TrainLoss);
    }

    [Fact]
    public void RunEpoch_HeadPhaseOfResNet50_MovesBatchNormsAndHeadOnly()
    {
        using var session = TrainingSession.Start(Tiny.Request(Tiny.ResNet, train: 8));
        var before = session.ReadWeights();

        session.RunEpoch(null, Cancellation);
        var head = session.ReadWeights();
        session.RunEpoch(null, Cancellation);
        var blocks = session.ReadWeights();

        Assert.All(
            ResNetLayout.ResNet50.Convolutions,
            conv => Assert.Equal(before[$"resnet50.{conv.Name}.weight"].Values, head[$"resnet50.{conv.Name}.weight"].Values));
        Assert.All(
            ResNetLayout.ResNet50.Convolutions,
            conv => Assert.NotEqual(before[$"resnet50.{conv.BatchNorm}.weight"].Values, head[$"resnet50.{conv.BatchNorm}.weight"].Values));
        Assert.All(
            ResNetLayout.ResNet50.Convolutions,
            conv => Assert.NotEqual(
                before[$"resnet50.{conv.BatchNorm}.running_mean"].Values, head[$"resnet50.{conv.BatchNorm}.running_mean"].Values));
        Assert.NotEqual(before["dense.weight"].Values, head["dense.weight"].Values);
        string[] moved =
        [
            .. ResNetLayout.ResNet50.Convolutions.Select(conv => conv.Name)
                .Where(name => !head[$"resnet50.{name}.weight"].Values.SequenceEqual(blocks[$"resnet50.{name}.weight"].Values)),
        ];
        Assert.Equal(["layer4.1.conv1", "layer4.1.conv2", "layer4.1.conv3", "layer4.2.conv1", "layer4.2.conv2", "layer4.2.conv3"], moved);
    }

    [Fact]
    public void RunEpoch_LatentOffsets_KeepsTheConstantsThatTheSearchFound()
    {
        using var session = TrainingSession.Start(Tiny.Request(Tiny.LatentOffsets));
        var before = session.ReadWeights();
        session.RunEpoch(null, Cancellation);
        var first = session.ReadWeights();
        session.RunAll();
        var last = session.ReadWeights();

        Assert.NotEqual(before["latent_offsets.offsets"].Values, first["latent_offsets.offsets"].Values);
        Assert.All(
            new[] { "offsets", "cuts", "log_scale" },
            constant => Assert.Equal(first[$"latent_offsets.{constant}"].Values, last[$"latent_offsets.{constant}"].Values));
        Assert.NotEqual(first["conv2d.weight"].Values, last["conv2d.weight"].Values);
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

        var rows = session.RunAll();

        Assert.Single(rows.Select(row => row.ValidationAccuracy).Distinct());
        Assert.Equal(1, session.BestEpoch);
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
            var inEpoch = 0;
            session.RunEpoch(new BatchRecorder(report => inEpoch = report.Batches), Cancellation);
            batches.Add(inEpoch);
        }

        // 200 / 16 images are 12.5 batches.
        Assert.Equal((13, 13), (batches[0], batches[2]));
        Assert.InRange(batches[1], 1, 12);
    }
}
