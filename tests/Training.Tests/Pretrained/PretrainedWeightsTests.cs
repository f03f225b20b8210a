using System.Globalization;
using ServerlessFashion.Models;
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
    public void Read_FileOfOtherContent_IsRefusedWithBothHashes()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("copy"), "abc");

        // sha256sum of "abc": FIPS 180-2, appendix B.1.
        Assert.Equal(
            "blob b: expected the published ResNet18.onnx with SHA-256 e2552f19db2dfdb01b3669537b6a0f1b44da38d18279535492ed5dfc2ef1ff8f, "
            + "found ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad in 3 bytes.",
            Assert.Throws<InvalidInputException>(
                () => PretrainedWeights.Read(ImageNetFile.ResNet18, folder.File("copy"), "blob b")).Message);
    }

    [Fact]
    public void Read_FileThatTheProgramBringsAlong_StartsATrainingWithItsBase()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "weights", "ResNet18.onnx");
        var weights = PretrainedWeights.Read(ImageNetFile.ResNet18, path, path);
        var request = Tiny.Request(Tiny.FineTunedResNet18) with { ImageNet = weights };

        using var session = TrainingSession.Start(request);
        var start = session.ReadTensors();

        // Smallest and largest value of the kernel Parameter10 of the file, as the Python package onnx reads them.
        var kernel = start["resnet18.layer4.2.conv2.weight"].Values;
        Assert.Equal(-.08732657f, kernel.Min(), 1e-8f);
        Assert.Equal(.15488906f, kernel.Max(), 1e-8f);
        Assert.Null(weights.Find("dense.weight", [256, 512]));
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
