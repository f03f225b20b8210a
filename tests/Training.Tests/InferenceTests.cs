using ServerlessFashion.Data;
using ServerlessFashion.Models;
using static TorchSharp.torch;

namespace ServerlessFashion.Training.Tests;

public class InferenceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>One image more than a pass holds. The logit of label k is k times the first pixel.</summary>
    [Fact]
    public void Logits_MoreImagesThanAPass_AreInTheOrderOfTheImages()
    {
        var set = LinearTraining.Black(new byte[Inference.BatchSize + 1]);
        for (var i = 0; i < set.Count; i++)
        {
            set.Pixels[i * FashionMnist.PixelsPerImage] = (byte)(i % 256);
        }

        var logits = Logits(set, factor: 1, averagesMirror: false, plain: false);

        Assert.Equal(5 * set.Count, logits.Length);
        Assert.All(logits.Index(), logit => Assert.Equal(logit.Index % 5 * (logit.Index / 5 % 256 / 255f), logit.Item, 1e-5));
    }

    /// <summary>
    /// White at the left edge: label 4 has the logit ln 4 there and all logits are 0 in the mirror image. Its probability is 4/8 or
    /// 1/5, in the mean .35; the logits of labels 1 to 3 are a quarter, a half and three quarters of ln 4.
    /// </summary>
    [Fact]
    public void Logits_ModelThatAveragesTheMirrorImage_AreLogsOfTheMeanProbabilities()
    {
        var set = LinearTraining.Black(0);
        set.Pixels[0] = 255;
        var step = Math.Log(4) / 4;
        var weights = Enumerable.Range(0, 5).Select(label => Math.Exp(label * step)).ToArray();

        var logits = Logits(set, (float)step, averagesMirror: true, plain: false);
        var plain = Logits(set, (float)step, averagesMirror: true, plain: true);

        for (var label = 0; label < 5; label++)
        {
            Assert.Equal(Math.Log(((weights[label] / weights.Sum()) + .2) / 2), logits[label], 1e-5);
            Assert.Equal(label * step, plain[label], 1e-5);
        }
    }

    [Fact]
    public void Logits_Cancelled_Stops() => Assert.Throws<OperationCanceledException>(
        () => Logits(LinearTraining.Black(0), 1, averagesMirror: false, plain: false, new CancellationToken(canceled: true)));

    /// <param name="factor">The logit of label k is k times this times the first pixel, 0..1.</param>
    private static float[] Logits(
        LabelledImages set, float factor, bool averagesMirror, bool plain, CancellationToken? cancellation = null)
    {
        var spec = Tiny.Spec with { Layers = [new Flatten()], AveragesMirrorImage = averagesMirror };
        var plan = ModelPlan.Of(spec, ClassLabels.Five);
        var weights = new Dictionary<string, WeightTensor>(LinearTraining.Zeros(plan));
        for (var label = 0; label < 5; label++)
        {
            weights[LinearTraining.Kernel].Values[label * FashionMnist.PixelsPerImage] = label * factor;
        }

        using var network = Network.Create(plan, weights, "test", CPU);
        using var images = new ImageTensors(set, InputTransform.Grey28, CPU);
        return plain
            ? Inference.PlainLogits(network, images, plan.Classes, cancellation ?? Cancellation)
            : Inference.Logits(network, images, plan.Classes, cancellation ?? Cancellation);
    }
}
