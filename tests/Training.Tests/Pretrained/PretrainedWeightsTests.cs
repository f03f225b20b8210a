using System.Globalization;
using ServerlessFashion.Tests;
using ServerlessFashion.Training.Sessions;

namespace ServerlessFashion.Training.Tests;

public class PretrainedWeightsTests
{
    /// <summary>
    /// torchvision's own resnet50 is taken whole: every weight of the base is found in it under its name, with its shape.
    /// </summary>
    [Fact]
    public void ReadPth_ResNet50OfTorchvision_StartsATrainingWithItsBase()
    {
        Python.SkipWithoutTorch();
        using var folder = new TemporaryFolder();
        var path = folder.File("resnet50.pth");
        var output = Python.Run("-c", $"""
            import torch, torchvision
            torch.manual_seed(1)
            model = torchvision.models.resnet50(weights=None)
            torch.save(model.state_dict(), '{path}')
            base = [p for n, p in model.named_parameters() if not n.startswith('fc.')]
            print(sum(p.numel() for p in base), model.layer4[2].conv3.weight.double().sum().item())
            """).Split(' ');
        var request = Tiny.Request(Tiny.ResNet) with { ImageNet = PretrainedWeights.ReadPth(path) };

        using var session = TrainingSession.Start(request);
        using var checkpoint = new MemoryStream();
        session.SaveCheckpoint(checkpoint);
        checkpoint.Position = 0;
        var weights = ModelEvaluator.ReadWeights(checkpoint);

        Assert.Equal("23508032", output[0]);
        Assert.Equal(
            double.Parse(output[1], CultureInfo.InvariantCulture),
            weights["resnet50.layer4.2.conv3.weight"].Values.Sum(value => (double)value), 1e-6);
        Assert.Contains(weights["dense.weight"].Values, value => value != 0);
    }

    [Fact]
    public void ReadPth_AnotherNetwork_IsRefusedWithTheMissingWeight()
    {
        Python.SkipWithoutTorch();
        using var folder = new TemporaryFolder();
        var path = folder.File("resnet18.pth");
        Python.Run("-c", $"import torch, torchvision; torch.save(torchvision.models.resnet18(weights=None).state_dict(), '{path}')");

        Assert.Equal(
            "ImageNet weights: layer1.0.conv1.weight of shape [64, 64, 1, 1] is missing.",
            Assert.Throws<InvalidInputException>(() => PretrainedWeights.ReadPth(path)).Message);
    }
}
