using ServerlessFashion.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace ServerlessFashion.Training;

/// <summary>
/// The steps of <see cref="Muon"/>: <c>m = mu m + (1 - mu) g</c>, <c>u = (1 - mu) g + mu m</c>,
/// <c>w -= rate (decay w + .2 sqrt(max(rows, columns)) orthogonal(u))</c>. A kernel is the matrix of its filters: each row is one filter.
/// </summary>
internal sealed class MuonSteps : IDisposable
{
    /// <summary>The coefficients of Jordan's quintic iteration x -> a x + b x^3 + c x^5.</summary>
    private const double A = 3.4445, B = -4.7750, C = 2.0315;

    /// <summary>The root mean square of an update, which is about that of an update of AdamW.</summary>
    private const double UpdateScale = .2;

    private const double Epsilon = 1e-7;

    private readonly Muon _constants;
    private readonly double _weightDecay;

    /// <summary>One kernel with its momentum.</summary>
    /// <param name="RateFactor">The factor on the learning rate of this kernel.</param>
    internal sealed record Moment(string Name, Tensor Weight, Tensor Momentum, double RateFactor)
    {
        public string StoredName => CheckpointFile.MuonMomentum + Name;
    }

    /// <param name="weights">The kernels to change, by name, with the factors on their learning rates; they stay the caller's.</param>
    public MuonSteps(Muon constants, double weightDecay, IEnumerable<(string Name, Tensor Weight, double RateFactor)> weights)
    {
        (_constants, _weightDecay) = (constants, weightDecay);
        Moments = [.. weights.Select(weight => new Moment(
            weight.Name, weight.Weight, zeros_like(weight.Weight).DetachFromDisposeScope(), weight.RateFactor))];
    }

    public IReadOnlyList<Moment> Moments { get; }

    /// <summary>Takes one step against the gradients of the kernels, in their order, and disposes of them.</summary>
    public void Step(double learningRate, IEnumerable<Tensor> gradients)
    {
        using var noGradient = no_grad();
        foreach (var (moment, gradient) in Moments.Zip(gradients))
        {
            using var scope = NewDisposeScope();
            var mu = _constants.Momentum;
            moment.Momentum.mul_(mu).add_(gradient, 1 - mu);
            var ahead = gradient.mul(1 - mu).add_(moment.Momentum, mu);
            var matrix = ahead.flatten(1);
            var scale = UpdateScale * Math.Sqrt(Math.Max(matrix.shape[0], matrix.shape[1]));
            var update = Orthogonalize(matrix, _constants.Iterations).reshape(moment.Weight.shape);
            var rate = learningRate * moment.RateFactor;
            moment.Weight.mul_(1 - (rate * _weightDecay)).add_(update, -rate * scale);
            gradient.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var moment in Moments)
        {
            moment.Momentum.Dispose();
        }
    }

    /// <summary>
    /// Brings the singular values of a matrix near 1 (about .7 to 1.2 after five iterations) and keeps its singular vectors.
    /// </summary>
    internal static Tensor Orthogonalize(Tensor matrix, int iterations)
    {
        // The iteration multiplies by a square matrix of the rows, so the shorter side is cheaper.
        var isTall = matrix.shape[0] > matrix.shape[1];
        var x = isTall ? matrix.t() : matrix;
        x = x / (x.norm() + Epsilon);
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            var square = x.mm(x.t());
            var polynomial = square.mm(square).mul_(C).add_(square, B);
            x = polynomial.mm(x).add_(x, A);
        }

        return isTall ? x.t() : x;
    }
}
