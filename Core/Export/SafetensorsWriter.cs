using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using ServerlessFashion.Models;

namespace ServerlessFashion.Export;

/// <summary>A float32 tensor to be written. The writer calls <paramref name="Values"/> when it writes the tensor.</summary>
/// <param name="Shape">Sizes, outermost first; empty for a scalar.</param>
/// <param name="Values">Returns the values in row-major order, as many as the product of <paramref name="Shape"/>.</param>
public sealed record TensorSource(string Name, long[] Shape, Func<float[]> Values);

/// <summary>Writes the safetensors format (github.com/huggingface/safetensors): float32 tensors and string metadata.</summary>
public static class SafetensorsWriter
{
    private const int Alignment = 8;

    /// <summary>Writes one file. It requests tensors one at a time, so memory contains only one of them.</summary>
    public static void Write(Stream destination, IReadOnlyDictionary<string, string> metadata, IReadOnlyList<TensorSource> tensors)
    {
        var header = Header(metadata, tensors);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        destination.Write(length);
        destination.Write(header);
        foreach (var tensor in tensors)
        {
            var values = tensor.Values();
            if (values.Length != ElementCount(tensor.Shape))
            {
                throw new ArgumentException(
                    $"Tensor {tensor.Name} has {values.Length} values, its shape asks for {ElementCount(tensor.Shape)}.", nameof(tensors));
            }

            destination.Write(MemoryMarshal.AsBytes(values.AsSpan()));
        }
    }

    /// <inheritdoc cref="Write(Stream, IReadOnlyDictionary{string, string}, IReadOnlyList{TensorSource})"/>
    public static void Write(
        Stream destination, IReadOnlyDictionary<string, string> metadata, IReadOnlyDictionary<string, WeightTensor> tensors) =>
        Write(destination, metadata, [
            .. tensors.Select(tensor => new TensorSource(tensor.Key, tensor.Value.Shape, () => tensor.Value.Values)),
        ]);

    private static byte[] Header(IReadOnlyDictionary<string, string> metadata, IReadOnlyList<TensorSource> tensors)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject(SafetensorsReader.MetadataKey);
            foreach (var (key, value) in metadata)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
            var offset = 0L;
            foreach (var tensor in tensors)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", "F32");
                json.WriteStartArray("shape");
                foreach (var size in tensor.Shape)
                {
                    json.WriteNumberValue(size);
                }

                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                offset += ElementCount(tensor.Shape) * sizeof(float);
                json.WriteNumberValue(offset);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        var text = Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
        var padding = (Alignment - (int)(buffer.Length % Alignment)) % Alignment;
        return Encoding.UTF8.GetBytes(text + new string(' ', padding));
    }

    private static long ElementCount(long[] shape) => shape.Aggregate(1L, (product, size) => checked(product * size));
}
