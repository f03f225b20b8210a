using static TorchSharp.torch;

namespace ServerlessFashion.Training.Tests;

public class KerasAdamTests
{
    /// <summary>
    /// Three steps on sum(w^3) from w = (1, -2, 1e-4) at rate .01, by the formula at the end of section 2 of Kingma and Ba
    /// 2015 in Python's double precision:
    /// <code>
    /// w=[1.0,-2.0,1e-4]; m=[0]*3; v=[0]*3
    /// for t in (1,2,3):
    ///     g=[3*x*x for x in w]; m=[.9*a+.1*b for a,b in zip(m,g)]; v=[.999*a+.001*b*b for a,b in zip(v,g)]
    ///     r=.01*(1-.999**t)**.5/(1-.9**t); w=[x-r*a/(b**.5+1e-7) for x,a,b in zip(w,m,v)]
    /// </code>
    /// The third weight's gradient is so small that the place of epsilon shows: PyTorch's Adam gives -0.0022077 for it after one step.
    /// </summary>
    [Fact]
    public void Step_ThreeTimes_FollowsTheFormula()
    {
        using var weight = tensor(new[] { 1f, -2f, 1e-4f }).requires_grad_();
        using var adam = new KerasAdam([KeyValuePair.Create("w", weight)], .01);
        var first = Array.Empty<float>();
        for (var step = 0; step < 3; step++)
        {
            using var scope = NewDisposeScope();
            adam.Step(weight.pow(3).sum());
            first = step == 0 ? weight.detach().data<float>().ToArray() : first;
        }

        AssertClose(First, first);
        AssertClose(Third, weight.detach().data<float>().ToArray());
        Assert.Equal(3, adam.Steps);
    }

    /// <summary>Half the factor at twice the rate is the rate of the test above; the other weight takes the rate as it is.</summary>
    [Fact]
    public void Step_WithARateFactor_ScalesTheRateOfThatWeight()
    {
        using var slow = tensor(new[] { 1f, -2f, 1e-4f }).requires_grad_();
        using var other = ones(1).requires_grad_();
        using var adam = new KerasAdam(
            [KeyValuePair.Create("slow", slow), KeyValuePair.Create("other", other)], .02, rateFactor: name => name == "slow" ? .5 : 1);
        for (var step = 0; step < 3; step++)
        {
            using var scope = NewDisposeScope();
            adam.Step(slow.pow(3).sum() + other.sum());
        }

        AssertClose(Third, slow.detach().data<float>().ToArray());

        // A constant gradient: Adam's step is the rate.
        AssertClose([.94], other.detach().data<float>().ToArray());
    }

    /// <summary>Decay takes the factor too: 1 - .5 * .1 * .5 = .975.</summary>
    [Fact]
    public void Step_WithARateFactorAndDecay_ScalesTheDecay()
    {
        using var kernel = ones(2, 2).requires_grad_();
        using var adam = new KerasAdam([KeyValuePair.Create("kernel", kernel)], .1, weightDecay: .5, rateFactor: _ => .5);
        using (NewDisposeScope())
        {
            adam.Step(kernel.sum() * 0);
        }

        Assert.All(kernel.detach().data<float>().ToArray(), value => Assert.Equal(.975f, value, 1e-6f));
    }

    /// <summary>A gradient of zero leaves the decay alone: 1 - .1 * .5 = .95, on kernels only.</summary>
    [Fact]
    public void Step_WithWeightDecay_ShrinksKernelsAndLeavesVectors()
    {
        using var kernel = ones(2, 2).requires_grad_();
        using var bias = ones(2).requires_grad_();
        using var adam = new KerasAdam([KeyValuePair.Create("kernel", kernel), KeyValuePair.Create("bias", bias)], .1, weightDecay: .5);
        using (NewDisposeScope())
        {
            adam.Step((kernel.sum() + bias.sum()) * 0);
        }

        Assert.All(kernel.detach().data<float>().ToArray(), value => Assert.Equal(.95f, value, 1e-6f));
        Assert.All(bias.detach().data<float>().ToArray(), value => Assert.Equal(1f, value));
    }

    private static readonly double[] First = [.9900000105409145, -2.0099999973647695, 6.0232144613270945e-06];
    private static readonly double[] Third = [.970021148379824, -2.0300090501687666, -.00012558053211755046];

    private static void AssertClose(double[] expected, float[] found) =>
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
}
