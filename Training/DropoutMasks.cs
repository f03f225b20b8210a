using System.Runtime.InteropServices;
using ServerlessFashion.Models;
using ServerlessFashion.Training.Devices;
using TorchSharp;
using static TorchSharp.torch;

namespace ServerlessFashion.Training;

/// <summary>
/// Inverted dropout without libtorch's generator, which is serial and takes a fifth of a small model's step. Each Dropout layer has
/// a resident buffer with elements 0 or 1 / (1 - rate). The mask of a step is a slice of the buffer at a random offset. The buffer
/// is a function of (seed, epoch, layer), and the offset is a function of (seed, epoch, step, layer).
/// </summary>
/// <remarks>
/// Within an epoch the masks of two steps are shifted slices of the same random sequence. An element gets a different mask value at
/// every step, and every epoch draws a new buffer.
/// </remarks>
internal sealed class DropoutMasks : IDisposable
{
    /// <summary>Number of different offsets, and so of different masks, per epoch.</summary>
    private const int Offsets = 1 << 20;

    /// <summary>More layers than a model has.</summary>
    private const int Layers = 1024;

    private readonly int _seed;
    private readonly Dictionary<string, LayerBuffer> _buffers = [];
    private int _epoch;
    private int _step;

    /// <param name="Values">The masks, on the device of the training.</param>
    /// <param name="Staging">The tensor in which the CPU draws the masks; the same tensor if the device is the CPU.</param>
    private sealed record LayerBuffer(int Index, double Rate, Tensor Values, Tensor Staging);

    /// <param name="batchSize">Size of the largest batch.</param>
    public DropoutMasks(ModelPlan plan, int batchSize, int seed, Device device)
    {
        _seed = seed;
        foreach (var (index, layer) in Numbered(plan))
        {
            if (layer.Layer.DropRate is { } rate)
            {
                long[] shape = [((long)batchSize * layer.Input.Count) + Offsets];
                var staging = TensorFactory.Staging(shape, device).DetachFromDisposeScope();
                var values = device.type == DeviceType.CPU ? staging : TensorFactory.Empty(shape, device).DetachFromDisposeScope();
                _buffers.Add(layer.Name, new LayerBuffer(index, rate, values, staging));
            }
        }
    }

    /// <summary>Every layer and every part of a layer with a number of its own. The numbers of layers are their positions.</summary>
    private static IEnumerable<(int Number, LayerPlan Layer)> Numbered(ModelPlan plan) =>
        plan.Layers.Index().SelectMany(layer => layer.Item.Parts.Index()
            .Select(part => (layer.Index + (Layers * (part.Index + 1)), part.Item)).Prepend((layer.Index, layer.Item)));

    /// <summary>Draws the buffers of <paramref name="epoch"/>.</summary>
    public void StartEpoch(int epoch)
    {
        _epoch = epoch;
        if (_buffers.Values.Any(buffer => buffer.Values.device_type == DeviceType.CUDA))
        {
            // The copies of the epoch before may still read the staging buffers.
            cuda.synchronize();
        }

        foreach (var buffer in _buffers.Values)
        {
            var random = new KeyedRandom(_seed, RandomPurpose.DropoutBuffer, epoch, 0, buffer.Index);
            Fill(MemoryMarshal.Cast<byte, float>(buffer.Staging.bytes), buffer.Rate, random);
            if (!ReferenceEquals(buffer.Staging, buffer.Values))
            {
                buffer.Values.copy_(buffer.Staging, nonBlocking: true);
            }
        }
    }

    /// <summary>Selects the masks of step <paramref name="step"/> of the epoch.</summary>
    public void StartStep(int step) => _step = step;

    /// <summary><paramref name="features"/> times the layer's mask of this step.</summary>
    public Tensor Apply(string layer, Tensor features)
    {
        using var stretch = Of(layer, features.numel());
        using var mask = stretch.view(features.shape);
        return features * mask;
    }

    /// <summary>The first <paramref name="count"/> elements of the layer's mask of this step.</summary>
    public Tensor Of(string layer, long count)
    {
        var buffer = _buffers[layer];
        var offset = new KeyedRandom(_seed, RandomPurpose.DropoutOffset, _epoch, _step, buffer.Index).NextBelow(Offsets);
        return buffer.Values.narrow(0, offset, count);
    }

    public void Dispose()
    {
        foreach (var buffer in _buffers.Values)
        {
            buffer.Values.Dispose();
            buffer.Staging.Dispose();
        }
    }

    /// <summary>Two elements from each 64 random bits. The rate is exact to within 2^-32.</summary>
    private static void Fill(Span<float> values, double rate, KeyedRandom random)
    {
        var dropBelow = (uint)Math.Min(uint.MaxValue, rate * (1UL << 32));
        var kept = (float)(1 / (1 - rate));
        for (var i = 0; i < values.Length; i += 2)
        {
            var bits = random.NextBits();
            values[i] = (uint)bits < dropBelow ? 0 : kept;
            if (i + 1 < values.Length)
            {
                values[i + 1] = (uint)(bits >> 32) < dropBelow ? 0 : kept;
            }
        }
    }
}
