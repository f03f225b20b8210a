using System.IO.Compression;
using System.Text;
using ServerlessFashion.Export;
using ServerlessFashion.Models;
using static ServerlessFashion.Prediction.Tests.ImageInput;

namespace ServerlessFashion.Prediction.Tests;

/// <summary>Small good inputs of every format, from which fuzzing begins.</summary>
internal static class GoodFiles
{
    /// <summary>Many changes of it leave a good file.</summary>
    private static readonly string LongId = new('x', 1000);

    public static IReadOnlyDictionary<string, byte[][]> ByFormat { get; } = new Dictionary<string, byte[][]>
    {
        ["csv"] =
        [
            Encoding.UTF8.GetBytes($"{Header()}\n{Row(LongId, 0)}\n{Row("1", 1)}\n"),
            Encoding.UTF8.GetBytes($"label,{string.Join(',', Enumerable.Range(1, 784).Select(i => $"pixel{i}"))}\n{Row("1", 0)}\n"),
            Encoding.UTF8.GetBytes($"{Header()}\n{Row($"\"{LongId}, \"\"b\"\"\"", 0)}\n".Replace(',', ';')),

            [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes($"{Header()}\n{Row(LongId, 0)}\n")],
            Encoding.UTF8.GetBytes($"\ufeff{Header(labelled: true)}\r\n{Row("\"a\"", 0, "3")}\r{Row("b", 1, "4")}"),
        ],
        ["idx"] = [Idx(3)],
        ["gzip"] = [Gzip(Idx(3)), Gzip(Encoding.UTF8.GetBytes($"{Header()}\n{Row("0", 0)}\n"))],
        ["npy"] =
        [
            Npy("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 28, 28), }", [.. Pixels(1), .. Pixels(2)]),
            Npy("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 28, 28), }", [.. Pixels(1), .. Pixels(2)]),
            Npy("{'descr': '|b1', 'fortran_order': True, 'shape': (2, 784), }", new byte[2 * 784]),
            Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 784), }", new byte[784 * 4]),
        ],
        ["png"] = [Picture("grey28.png"), Picture("palette28.png"), Picture("thumbnail.png"), Picture("tiny.png")],
        ["jpeg"] = [Picture("grey28.jpg"), Picture("exif-6.jpg"), Picture("grey28.jpg")[..^2]],
        ["zip"] =
        [
            Zip(("a.png", Picture("grey28.png")), ("b/c.jpg", Picture("grey28.jpg"))),
            Zip(CompressionLevel.NoCompression, ("a.png", Picture("tiny.png"))),
            Zip(("a.png", Picture("tiny.png")), ("README.md", "hello"u8.ToArray())),
            Zip(("a.npy", Npy("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 784), }", [.. Pixels(1), .. Pixels(2)]))),
        ],
        ["json"] =
        [
            Encoding.UTF8.GetBytes($$"""{"images": [[{{string.Join(',', Pixels(0))}}]]}"""),
            Encoding.UTF8.GetBytes(
                $$"""{"images": [{"id": "a", "pixels": [{{string.Join(", ", Pixels(9))}}]}, """
                + $$"""{"pixels": [{{string.Join(',', Pixels(3))}}]}]}"""),
        ],
        ["safetensors"] = [Safetensors()],
    };

    private static byte[] Safetensors()
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(
            stream,
            new Dictionary<string, string> { ["run_id"] = "run" },
            new Dictionary<string, WeightTensor>
            {
                ["dense.weight"] = new([2, 3], [1, 2, 3, 4, 5, 6]),
                ["dense.bias"] = new([2], [.5f, -1]),
                ["step"] = new([], [7]),
            });
        return stream.ToArray();
    }
}
