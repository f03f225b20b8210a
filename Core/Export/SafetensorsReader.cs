using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using ServerlessFashion.Models;
using ServerlessFashion.Phrases;

namespace ServerlessFashion.Export;

/// <summary>
/// Reads a safetensors file sequentially: the header first, then the tensors in the order of their data. It does not trust the
/// header: the size is bounded, offsets must cover the data without gaps or overlaps, shapes must match, and no memory is allocated
/// for data that the stream does not contain.
/// </summary>
public sealed class SafetensorsReader
{
    internal const string MetadataKey = "__metadata__";

    private const int MaxHeaderBytes = 16 * 1024 * 1024;
    private const int ChunkBytes = 1 << 20;

    private readonly Stream source;
    private readonly string name;

    private SafetensorsReader(Stream source, string name, IReadOnlyDictionary<string, string> metadata, IReadOnlyList<Entry> entries)
    {
        this.source = source;
        this.name = name;
        Metadata = metadata;
        Entries = entries;
    }

    /// <summary>One tensor of the header.</summary>
    public sealed record Entry(string Name, long[] Shape, long Begin, long End);

    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The tensors in the order of their data.</summary>
    public IReadOnlyList<Entry> Entries { get; }

    /// <summary>Reads the header and leaves the stream at the first tensor.</summary>
    /// <param name="name">The file's name in error messages.</param>
    /// <exception cref="InvalidInputException">The file is not a valid safetensors file of float32 tensors.</exception>
    public static SafetensorsReader Open(Stream source, string name)
    {
        Span<byte> lengthBytes = stackalloc byte[sizeof(ulong)];
        ReadExactly(source, lengthBytes, name);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(lengthBytes);
        if (length is 0 or > MaxHeaderBytes)
        {
            throw new InvalidInputException(
                $"{name}: expected a safetensors header of 1 to {MaxHeaderBytes} bytes, found a length of {length}.");
        }

        var header = ReadBytes(source, (int)length, name);
        var metadata = new Dictionary<string, string>();
        var entries = new List<Entry>();
        try
        {
            using var json = JsonDocument.Parse(header, new JsonDocumentOptions { AllowDuplicateProperties = false });
            foreach (var property in json.RootElement.EnumerateObject())
            {
                if (property.NameEquals(MetadataKey))
                {
                    foreach (var pair in property.Value.EnumerateObject())
                    {
                        metadata.Add(pair.Name, pair.Value.GetString() ?? string.Empty);
                    }
                }
                else
                {
                    entries.Add(ReadEntry(property, name));
                }
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidInputException($"{name}: the safetensors header is not the JSON it should be: {error.Message}", error);
        }

        entries.Sort((left, right) => (left.Begin, left.End).CompareTo((right.Begin, right.End)));
        RequireTiling(entries, source, name);
        return new SafetensorsReader(source, name, metadata, entries);
    }

    /// <summary>
    /// Reads through the data and returns the tensors whose names <paramref name="wanted"/> accepts, in the order of their data.
    /// Enumerate it only once.
    /// </summary>
    /// <exception cref="InvalidInputException">The stream ends early.</exception>
    public IEnumerable<KeyValuePair<string, WeightTensor>> ReadTensors(Func<string, bool> wanted)
    {
        foreach (var entry in Entries)
        {
            var bytes = entry.End - entry.Begin;
            if (!wanted(entry.Name))
            {
                Skip(bytes);
                continue;
            }

            yield return new(entry.Name, new WeightTensor(entry.Shape, ReadValues(bytes)));
        }
    }

    private static Entry ReadEntry(JsonProperty property, string name)
    {
        var type = property.Value.TryGetProperty("dtype", out var dtype) ? dtype.GetString() : null;
        if (type != "F32")
        {
            throw new InvalidInputException($"{name}: tensor {property.Name} should be F32, found {type ?? "no dtype"}.");
        }

        if (!property.Value.TryGetProperty("shape", out var shapeJson)
            || !property.Value.TryGetProperty("data_offsets", out var offsetsJson)
            || offsetsJson.GetArrayLength() != 2)
        {
            throw new InvalidInputException($"{name}: tensor {property.Name} has no shape or no pair of data_offsets.");
        }

        long[] shape = [.. shapeJson.EnumerateArray().Select(size => size.GetInt64())];
        var (begin, end) = (offsetsJson[0].GetInt64(), offsetsJson[1].GetInt64());
        UInt128 expected = sizeof(float);
        foreach (var size in shape)
        {
            if (size < 0 || expected > long.MaxValue)
            {
                throw new InvalidInputException($"{name}: tensor {property.Name} has the impossible shape [{string.Join(", ", shape)}].");
            }

            expected *= (UInt128)size;
        }

        if (begin < 0 || end < begin || expected != (UInt128)(end - begin) || end - begin > Array.MaxLength)
        {
            throw new InvalidInputException(
                $"{name}: tensor {property.Name} of shape [{string.Join(", ", shape)}] needs {expected} bytes, "
                + $"its offsets are {begin} to {end}.");
        }

        return new Entry(property.Name, shape, begin, end);
    }

    private static void RequireTiling(List<Entry> entries, Stream source, string name)
    {
        var position = 0L;
        foreach (var entry in entries)
        {
            if (entry.Begin != position)
            {
                throw new InvalidInputException(
                    $"{name}: tensor {entry.Name} should begin at data byte {position}, its offset is {entry.Begin}.");
            }

            position = entry.End;
        }

        if (source.CanSeek && source.Length - source.Position < position)
        {
            throw new InvalidInputException(
                $"{name}: expected {Quantity.Of(position, "byte")} of tensor data, found {source.Length - source.Position}.");
        }
    }

    private float[] ReadValues(long bytes)
    {
        if (!source.CanSeek && bytes > ChunkBytes)
        {
            // Nobody has vouched for so much data: take it as it comes.
            return MemoryMarshal.Cast<byte, float>(ReadBytes(source, (int)bytes, name)).ToArray();
        }

        var values = new float[bytes / sizeof(float)];
        ReadExactly(source, MemoryMarshal.AsBytes(values.AsSpan()), name);
        return values;
    }

    private void Skip(long bytes)
    {
        if (source.CanSeek)
        {
            source.Seek(bytes, SeekOrigin.Current);
            return;
        }

        var buffer = new byte[(int)Math.Min(bytes, ChunkBytes)];
        for (var left = bytes; left > 0; left -= buffer.Length)
        {
            ReadExactly(source, buffer.AsSpan(0, (int)Math.Min(left, buffer.Length)), name);
        }
    }

    /// <summary>Reads in chunks, so a short stream with a long header needs no more memory than its size.</summary>
    private static byte[] ReadBytes(Stream source, int count, string name)
    {
        using var bytes = new MemoryStream();
        var chunk = new byte[Math.Min(count, ChunkBytes)];
        for (var left = count; left > 0; left -= chunk.Length)
        {
            var part = chunk.AsSpan(0, Math.Min(left, chunk.Length));
            ReadExactly(source, part, name);
            bytes.Write(part);
        }

        return bytes.ToArray();
    }

    private static void ReadExactly(Stream source, Span<byte> bytes, string name)
    {
        var read = source.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read < bytes.Length)
        {
            throw new InvalidInputException(
                $"{name}: the file ends early: expected {bytes.Length} more {Quantity.Noun(bytes.Length, "byte")}, found {read}.");
        }
    }
}
