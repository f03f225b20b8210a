using ServerlessFashion.Models;
using static TorchSharp.torch;

namespace ServerlessFashion.Training.Tests;

/// <summary>
/// The expected values come from Python's double precision:
/// <code>
/// def mul(a, b): return [[sum(x*y for x, y in zip(r, c)) for c in zip(*b)] for r in a]
/// def orth(g):
///     s = math.sqrt(sum(v*v for r in g for v in r)) + 1e-7; x = [[v/s for v in r] for r in g]
///     for _ in range(5):
///         a = mul(x, list(zip(*x))); p = [[-4.7750*u + 2.0315*v for u, v in zip(r, q)] for r, q in zip(a, mul(a, a))]
///         x = [[3.4445*u + v for u, v in zip(r, q)] for r, q in zip(x, mul(p, x))]
///     return x
/// w = [[1, -2, .5], [.25, 1.5, -1]]; m = 0
/// three times: g = 3 w^2; m = .95 m + .05 g; w = (1 - .1*.5) w - .1*.2*sqrt(3) orth(.05 g + .95 m)
/// </code>
/// </summary>
public class MuonStepsTests
{
    private static readonly float[,] Start = { { 1f, -2f, .5f }, { .25f, 1.5f, -1f } };

    private static readonly double[] AfterThreeSteps =
    [
        .8235446552108648, -1.7770417340124853, .46020339946281485, .2475698032930853, 1.2563153546803005, -.9358742451146327,
    ];

    [Fact]
    public void Orthogonalize_TwoRows_FollowsTheIteration()
    {
        using var matrix = tensor(new[,] { { 1f, 2f, 3f }, { 4f, 5f, 7f } });
        using var found = MuonSteps.Orthogonalize(matrix, iterations: 5);

        AssertClose(
            [-.659177159080691, .19966724554846593, .5525044622743407, .5583653215808211, .3184512610485646, .34463032788733394], found);
    }

    [Fact]
    public void Step_ThreeTimes_FollowsTheFormula()
    {
        using var weight = tensor(Start).requires_grad_();

        AssertClose(AfterThreeSteps, StepThreeTimes(weight, rateFactor: 1, learningRate: .1));
    }

    /// <summary>A matrix with more rows than columns takes the transposed way to the same values.</summary>
    [Fact]
    public void Step_MoreRowsThanColumns_IsTheTransposedStep()
    {
        using var start = tensor(Start);
        using var weight = start.t().contiguous().requires_grad_();
        using var found = StepThreeTimes(weight, rateFactor: 1, learningRate: .1).t();

        AssertClose(AfterThreeSteps, found);
    }

    /// <summary>
    /// A kernel of 2 filters x 3 channels x 1 x 1 is a matrix of 2 rows; half the factor at twice the rate is the same step.
    /// </summary>
    [Fact]
    public void Step_ConvolutionWithARateFactor_IsTheStepOfItsMatrix()
    {
        using var start = tensor(Start);
        using var weight = start.reshape(2, 3, 1, 1).clone().requires_grad_();
        using var found = StepThreeTimes(weight, rateFactor: .5, learningRate: .2).flatten();

        AssertClose(AfterThreeSteps, found);
    }

    private static Tensor StepThreeTimes(Tensor weight, double rateFactor, double learningRate)
    {
        using var muon = new MuonSteps(new Muon(), weightDecay: .5, [("kernel", weight, rateFactor)]);
        for (var step = 0; step < 3; step++)
        {
            using var scope = NewDisposeScope();
            muon.Step(learningRate, autograd.grad([weight.pow(3).sum()], [weight]));
        }

        return weight.detach();
    }

    private static void AssertClose(double[] expected, Tensor found)
    {
        using var values = found.contiguous();
        Assert.All(expected.Zip(values.data<float>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }
}
