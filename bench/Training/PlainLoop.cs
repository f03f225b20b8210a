using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ServerlessFashion.TrainingBenchmarks;

/// <summary>
/// A training as the examples of TorchSharp write it: modules, the loss with its own softmax, <c>Adam</c>, all tensors in memory, and
/// no setting of the process.
/// </summary>
internal sealed class PlainLoop
{
    private readonly Workload _workload;
    private readonly Module<Tensor, Tensor> _network;
    private readonly optim.Optimizer _optimizer;
    private readonly Tensor _images;
    private readonly Tensor _labels;
    private readonly Tensor _validationImages;

    public PlainLoop(Workload workload)
    {
        _workload = workload;
        _network = PlainNetwork.Create(workload);
        var trained = _network.parameters().Where(parameter => parameter.requires_grad);
        _optimizer = workload.Phase.WeightDecay > 0
            ? optim.AdamW(trained, workload.Phase.LearningRate, weight_decay: workload.Phase.WeightDecay)
            : optim.Adam(trained, workload.Phase.LearningRate);
        (_images, _labels) = Load(workload, workload.Images);
        (_validationImages, _) = Load(workload, workload.ValidationImages);
    }

    public void RunEpoch()
    {
        _network.train();
        using var order = randperm(_workload.Images);
        foreach (var batch in Batches(_workload.Images))
        {
            using var scope = NewDisposeScope();
            var chosen = order[batch];
            _optimizer.zero_grad();
            var loss = functional.cross_entropy(_network.forward(_images.index_select(0, chosen)), _labels.index_select(0, chosen));
            loss.backward();
            _optimizer.step();
            loss.item<float>();
        }

        _network.eval();
        using var noGradient = no_grad();
        foreach (var batch in Batches(_workload.ValidationImages))
        {
            using var scope = NewDisposeScope();
            _network.forward(_validationImages[batch]).argmax(1).data<long>().ToArray();
        }
    }

    private IEnumerable<TensorIndex> Batches(int images)
    {
        var size = _workload.Spec.BatchSize;
        for (var start = 0; start < images; start += size)
        {
            yield return TensorIndex.Slice(start, Math.Min(start + size, images));
        }
    }

    private static (Tensor Images, Tensor Labels) Load(Workload workload, int count)
    {
        var drawn = Workload.Draw(count);
        var input = workload.Plan.Input.For(drawn.Shape);
        var grey = tensor(drawn.Pixels).reshape(count, 1, drawn.Shape.Side, drawn.Shape.Side).to_type(ScalarType.Float32) / 255;
        var padded = functional.pad(grey, [input.Before, input.After, input.Before, input.After]);
        return (padded.repeat(1, input.Channels, 1, 1), tensor(drawn.Labels).to_type(ScalarType.Int64));
    }
}
