using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using ServerlessFashion.Models;
using ServerlessFashion.Phrases;

namespace ServerlessFashion.Training;

/// <summary>
/// Reads a state dict that <c>torch.save</c> wrote: the zip format (PyTorch 1.6 and later) and the older one of pickles in a row.
/// It reads float32 tensors in an OrderedDict, ignores integer tensors (BatchNorm's step counters), and refuses everything else;
/// see <see cref="StateDictPickle"/>.
/// </summary>
internal static class PthFile
{
    private const int MaxPickleBytes = 16 * 1024 * 1024;

    /// <summary>Maximum file size: ten times ResNet50.</summary>
    private const long MaxFileBytes = 1L << 30;

    /// <summary>The first pickle of the older format: the number 0x1950a86a20f9469cfc6c.</summary>
    private static readonly byte[] LegacyMagic = [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.'];

    /// <summary>The float32 tensors of the file by name.</summary>
    /// <exception cref="InvalidInputException">The file has another format; the message names the file.</exception>
    public static IReadOnlyDictionary<string, WeightTensor> Read(string path)
    {
        var name = Path.GetFileName(path);
        using var file = OpenFile(path);
        if (file.Length > MaxFileBytes)
        {
            throw new InvalidInputException($"{name}: expected at most {MaxFileBytes} bytes, found {file.Length}.");
        }

        Span<byte> start = stackalloc byte[LegacyMagic.Length];
        var read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        if (start.StartsWith("PK"u8))
        {
            return ReadZip(name, file);
        }

        return start[..read].SequenceEqual(LegacyMagic)
            ? ReadLegacy(name, file)
            : throw new InvalidInputException(
                $"{name}: expected a file of torch.save, found one that begins with {Convert.ToHexString(start[..Math.Min(read, 4)])}.");
    }

    private static FileStream OpenFile(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"{path}: cannot be opened ({FileFailure.Reason(error)}).", error);
        }
    }

    private static Dictionary<string, WeightTensor> ReadZip(string name, FileStream file)
    {
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read);
            var main = zip.Entries.FirstOrDefault(entry => entry.FullName.EndsWith("/data.pkl", StringComparison.Ordinal))
                ?? throw new InvalidInputException($"{name}: the zip has no entry data.pkl.");
            var root = main.FullName[..^"data.pkl".Length];
            if (zip.GetEntry($"{root}byteorder") is { } order
                && !ReadEntry(name, order, maximum: 16).AsSpan().SequenceEqual("little"u8))
            {
                throw new InvalidInputException($"{name}: expected little-endian numbers.");
            }

            var pickle = ReadEntry(name, main, MaxPickleBytes);
            var (value, _) = StateDictPickle.Read(name, pickle, 0);
            return Tensors(name, value, storage => ReadEntry(
                name,
                zip.GetEntry($"{root}data/{storage.Key}")
                    ?? throw new InvalidInputException($"{name}: the zip has no entry data/{storage.Key}."),
                MaxFileBytes));
        }
        catch (InvalidDataException error)
        {
            throw new InvalidInputException($"{name}: the zip is damaged: {error.Message}", error);
        }
    }

    /// <summary>torch.save stores entries uncompressed, so an entry is never larger than the file.</summary>
    private static byte[] ReadEntry(string name, ZipArchiveEntry entry, long maximum)
    {
        if (entry.Length != entry.CompressedLength || entry.Length > maximum)
        {
            throw new InvalidInputException(
                $"{name}: entry {entry.FullName} should be stored uncompressed with at most {maximum} bytes, "
                + $"found {Quantity.Of(entry.Length, "byte")} in {entry.CompressedLength}.");
        }

        using var stream = entry.Open();
        var bytes = new byte[entry.Length];
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return read == bytes.Length
            ? bytes
            : throw new InvalidInputException(
                $"{name}: entry {entry.FullName} should have {Quantity.Of(bytes.Length, "byte")}, found {read}.");
    }

    /// <summary>
    /// Five pickles (magic number, protocol, system, state dict, storage keys), then each storage: its count and its elements.
    /// </summary>
    private static Dictionary<string, WeightTensor> ReadLegacy(string name, FileStream file)
    {
        var content = new byte[file.Length];
        file.ReadExactly(content);
        var (_, position) = StateDictPickle.Read(name, content, LegacyMagic.Length);
        (var system, position) = StateDictPickle.Read(name, content, position);
        (var state, position) = StateDictPickle.Read(name, content, position);
        (var keys, position) = StateDictPickle.Read(name, content, position);
        if (system is not PickleDictionary { Items: var facts } || !facts.Contains(("little_endian", true)))
        {
            throw new InvalidInputException($"{name}: expected little-endian numbers.");
        }

        var storages = StoragesOf(state).DistinctBy(storage => storage.Key).ToDictionary(storage => storage.Key);
        var bytes = new Dictionary<string, byte[]>();
        foreach (var key in (keys as List<object?> ?? []).OfType<string>())
        {
            var size = storages.TryGetValue(key, out var storage)
                ? SizeOf(name, storage)
                : throw new InvalidInputException($"{name}: storage {key} belongs to no tensor.");
            if (content.Length - position < sizeof(long) + size
                || BinaryPrimitives.ReadInt64LittleEndian(content.AsSpan(position)) != storage.Count)
            {
                throw new InvalidInputException(
                    $"{name}: storage {key} should have {Quantity.Of(storage.Count, "element")}; the file ends early or says otherwise.");
            }

            bytes[key] = content[(position + sizeof(long))..(int)(position + sizeof(long) + size)];
            position += sizeof(long) + (int)size;
        }

        return Tensors(
            name, state,
            storage => bytes.GetValueOrDefault(storage.Key)
                ?? throw new InvalidInputException($"{name}: storage {storage.Key} is missing."));
    }

    private static IEnumerable<PickleStorage> StoragesOf(object? state) =>
        (state as PickleDictionary)?.Items.Select(item => item.Value).OfType<PickleTensor>().Select(tensor => tensor.Storage) ?? [];

    private static long SizeOf(string name, PickleStorage storage) =>
        storage.Count is >= 0 and <= MaxFileBytes
            ? storage.Count * StateDictPickle.ElementBytes[storage.Type]
            : throw new InvalidInputException(
                $"{name}: storage {storage.Key} has the impossible size of {Quantity.Of(storage.Count, "element")}.");

    private static Dictionary<string, WeightTensor> Tensors(string name, object? state, Func<PickleStorage, byte[]> load)
    {
        var tensors = new Dictionary<string, WeightTensor>();
        var elements = 0L;
        if (state is not PickleDictionary { IsOrdered: true } dictionary)
        {
            throw new InvalidInputException($"{name}: expected an OrderedDict of tensors at the top of the file.");
        }

        foreach (var (key, value) in dictionary.Items)
        {
            if (key is not string tensorName || value is not PickleTensor tensor)
            {
                throw new InvalidInputException($"{name}: entry {key} of the OrderedDict is not a named tensor.");
            }

            if (tensor.Storage.Type != "torch.FloatStorage")
            {
                continue;
            }

            // Tensors may share a storage: without a bound a small file could ask for any amount of memory.
            elements = checked(elements + tensor.Count);
            if (elements > MaxFileBytes / sizeof(float))
            {
                throw new InvalidInputException($"{name}: the tensors have more than {MaxFileBytes / sizeof(float)} elements in all.");
            }

            var bytes = load(tensor.Storage);
            if (bytes.Length != SizeOf(name, tensor.Storage))
            {
                throw new InvalidInputException(
                    $"{name}: storage {tensor.Storage.Key} should have {SizeOf(name, tensor.Storage)} bytes, found {bytes.Length}.");
            }

            var values = MemoryMarshal.Cast<byte, float>(bytes).Slice((int)tensor.Offset, (int)tensor.Count).ToArray();
            if (!tensors.TryAdd(tensorName, new WeightTensor(tensor.Shape, values)))
            {
                throw new InvalidInputException($"{name}: tensor {tensorName} appears twice.");
            }
        }

        return tensors;
    }
}
