using ServerlessFashion.Models;
using ServerlessFashion.Training.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace ServerlessFashion.Training;

/// <summary>
/// Adam (Kingma and Ba 2015) as Keras computes it, in the order of operations at the end of the paper's section 2:
/// <c>rate = learningRate * sqrt(1 - beta2^t) / (1 - beta1^t)</c>, <c>w -= rate * m / (sqrt(v) + epsilon)</c> with
/// the constants of <see cref="Adam"/>. PyTorch divides v by (1 - beta2^t) before it adds epsilon, so its epsilon weighs
/// less in the first steps; elsewhere the two agree.
/// </summary>
internal sealed class KerasAdam : IDisposable
{
    private readonly IReadOnlyList<Moments> _moments;
    private readonly double _weightDecay;
    private readonly Adam _constants;

    /// <summary>One weight with the running means of its gradient (First) and of the gradient's square (Second).</summary>
    /// <param name="RateFactor">The factor on the learning rate of this weight.</param>
    internal sealed record Moments(string Name, Tensor Weight, Tensor First, Tensor Second, double RateFactor)
    {
        /// <summary>Both means under their names in a checkpoint.</summary>
        public IEnumerable<KeyValuePair<string, Tensor>> Tensors =>
            [new(CheckpointFile.FirstMoment + Name, First), new(CheckpointFile.SecondMoment + Name, Second)];
    }

    /// <param name="weights">The weights to change, by name; they stay the caller's.</param>
    /// <param name="weightDecay">
    /// Decoupled decay (AdamW, Loshchilov and Hutter 2019) of weights with two or more dimensions: kernels.
    /// </param>
    /// <param name="rateFactor">Factor on the learning rate of the weight of a name; null for 1 throughout.</param>
    /// <param name="constants">The default value is Keras's.</param>
    public KerasAdam(
        IEnumerable<KeyValuePair<string, Tensor>> weights, double learningRate, double weightDecay = 0,
        Func<string, double>? rateFactor = null, Adam? constants = null)
    {
        _constants = constants ?? new Adam();
        LearningRate = learningRate;
        _weightDecay = weightDecay;
        _moments = [.. weights.Select(weight =>
            new Moments(weight.Key, weight.Value, ZerosLike(weight.Value), ZerosLike(weight.Value), rateFactor?.Invoke(weight.Key) ?? 1))];
    }

    /// <summary>Learning rate of the next step, before each weight's factor.</summary>
    public double LearningRate { get; set; }

    /// <summary>Steps taken.</summary>
    public long Steps { get; set; }

    public IReadOnlyList<Moments> State => _moments;

    /// <summary>Takes one step against the gradient of <paramref name="loss"/>.</summary>
    public void Step(Tensor loss) => Step([.. autograd.grad([loss], [.. _moments.Select(moment => moment.Weight)])]);

    /// <summary>Takes one step against the gradients of the weights, in their order, and disposes of them.</summary>
    public void Step(IReadOnlyList<Tensor> gradients)
    {
        using var noGradient = no_grad();
        Steps++;
        var (beta1, beta2, _) = _constants;
        var rate = LearningRate * Math.Sqrt(1 - Math.Pow(beta2, Steps)) / (1 - Math.Pow(beta1, Steps));
        foreach (var (moment, gradient) in _moments.Zip(gradients))
        {
            var kept = _weightDecay > 0 && moment.Weight.dim() > 1 ? 1 - (LearningRate * moment.RateFactor * _weightDecay) : 1;
            Step(moment, gradient, (float)kept, (float)(rate * moment.RateFactor));
            gradient.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var moment in _moments)
        {
            moment.First.Dispose();
            moment.Second.Dispose();
        }
    }

    private void Step(Moments moment, Tensor gradient, float kept, float rate)
    {
        var (beta1, beta2, epsilon) = _constants;
        var kernel = new AdamKernel((float)beta1, (float)beta2, (float)epsilon, kept, rate);
        if (kernel.TryStep(moment.Weight, moment.First, moment.Second, gradient))
        {
            return;
        }

        moment.First.mul_(beta1).add_(gradient, 1 - beta1);
        moment.Second.mul_(beta2).addcmul_(gradient, gradient, 1 - beta2);
        if (kept < 1)
        {
            moment.Weight.mul_(kept);
        }

        using var denominator = moment.Second.sqrt().add_(epsilon);
        moment.Weight.addcdiv_(moment.First, denominator, -rate);
    }

    private static Tensor ZerosLike(Tensor weight) => zeros_like(weight).DetachFromDisposeScope();
}
