using System.Diagnostics;
using System.Globalization;
using System.Text;
using ServerlessFashion.Prediction;
using static ServerlessFashion.Core.Tests.Prediction.ImageInput;

namespace ServerlessFashion.Core.Tests.Prediction;

/// <summary>
/// Mutates good files of each format and reads them: whatever comes, a reader gives right batches or one
/// <see cref="InvalidInputException"/>, within a second and in bounded memory. FUZZ_CASES sets the cases of each format
/// (the default is 300), FUZZ_SEED where they begin (the default is 1); a failure names its seed and the file it left.
/// </summary>
[Collection(nameof(FuzzTests))]
public class FuzzTests
{
    private const int MostAllocated = 192 << 20;
    private static readonly int Cases = Setting("FUZZ_CASES", 300);
    private static readonly int FirstSeed = Setting("FUZZ_SEED", 1);

    /// <summary>Small, so that a header that promises much costs little even where it is believed.</summary>
    private static readonly ReadOptions Limits = new() { BatchSize = 8, MaxImages = 10_000, MaxPicturePixels = 4_000_000 };

    public static TheoryData<string> Formats => [.. Corpus.Keys];

    private static readonly Dictionary<string, byte[][]> Corpus = new()
    {
        ["csv"] =
        [
            Encoding.UTF8.GetBytes($"{Header()}\n{Row("0", 0)}\n{Row("1", 1)}\n"),
            Encoding.UTF8.GetBytes($"\ufeff{Header(labelled: true)}\r\n{Row("\"a\"", 0, "3")}\r{Row("b", 1, "4")}"),
        ],
        ["idx"] = [Idx(3)],
        ["gzip"] = [Gzip(Idx(3)), Gzip(Encoding.UTF8.GetBytes($"{Header()}\n{Row("0", 0)}\n"))],
        ["npy"] =
        [
            Npy("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 28, 28), }", [.. Pixels(1), .. Pixels(2)]),
            Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 784), }", new byte[784 * 4]),
        ],
        ["png"] = [Picture("grey28.png"), Picture("palette28.png"), Picture("thumbnail.png"), Picture("tiny.png")],
        ["jpeg"] = [Picture("grey28.jpg"), Picture("exif-6.jpg")],
        ["zip"] =
        [
            Zip(("a.png", Picture("grey28.png")), ("b/c.jpg", Picture("grey28.jpg"))),
            Zip(System.IO.Compression.CompressionLevel.NoCompression, ("a.png", Picture("tiny.png"))),
        ],
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Read_MutatedFile_GivesImagesOrOneClearError(string format)
    {
        var accepted = 0;
        for (var seed = FirstSeed; seed < FirstSeed + Cases; seed++)
        {
            var random = new Random(seed);
            var originals = Corpus[format];
            var bytes = Mutate(originals[random.Next(originals.Length)], random);
            accepted += await IsAcceptedAsync(bytes, $"{format}, seed {seed}") ? 1 : 0;
        }

        // Mutations that nothing survives would test the first check alone.
        Assert.True(accepted > 0 || format is "gzip", $"{format}: none of {Cases} mutated files was accepted");
    }

    private static async Task<bool> IsAcceptedAsync(byte[] bytes, string what)
    {
        var allocated = GC.GetTotalAllocatedBytes();
        var start = Stopwatch.GetTimestamp();
        var processor = Environment.CpuUsage.TotalTime;
        var accepted = true;
        try
        {
            var read = await ReadAsync(bytes, Limits);
            Assert.NotEmpty(read.Ids);
            Assert.Equal(read.Ids.Count, read.Pixels.Count);
        }
        catch (InvalidInputException error)
        {
            accepted = false;
            Assert.Matches("^file: .+\\.$", error.Message.ReplaceLineEndings(" "));
            Assert.DoesNotContain(error.Message, char.IsControl);
        }
        catch (Exception error)
        {
            var file = Path.Combine(Path.GetTempPath(), $"fuzz-{Guid.NewGuid():n}");
            await File.WriteAllBytesAsync(file, bytes, CancellationToken.None);
            Assert.Fail($"{what}: {error} (input kept as {file})");
        }

        // On a busy machine the clock says little; the time that this process worked says enough.
        var worked = Environment.CpuUsage.TotalTime - processor;
        Assert.True(Stopwatch.GetElapsedTime(start).TotalSeconds < 1 || worked.TotalSeconds < 1, $"{what}: took {worked.TotalSeconds} s");
        Assert.True(GC.GetTotalAllocatedBytes() - allocated < MostAllocated, $"{what}: took {GC.GetTotalAllocatedBytes() - allocated} bytes");
        return accepted;
    }

    /// <summary>One to four changes of the kinds that break parsers: bits, bytes, cuts, copies, numbers at the edge.</summary>
    private static byte[] Mutate(byte[] original, Random random)
    {
        var bytes = new List<byte>(original);
        for (var change = random.Next(1, 5); change > 0 && bytes.Count > 0; change--)
        {
            var at = random.Next(3) == 0 ? random.Next(Math.Min(bytes.Count, 64)) : random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 40), bytes.Count - at);
            switch (random.Next(9))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, length);
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count - length + 1), length));
                    break;
                case 4:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 5:
                    Overwrite(bytes, at, Edge(random));
                    break;
                case 6:
                    Overwrite(bytes, at, Encoding.ASCII.GetBytes(Token(random)));
                    break;
                case 7:
                    bytes.AddRange(bytes.GetRange(at, length));
                    break;
                default:
                    bytes.InsertRange(at, Encoding.ASCII.GetBytes(Token(random)));
                    break;
            }
        }

        return [.. bytes];
    }

    private static byte[] Edge(Random random)
    {
        long[] edges = [0, 1, -1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue];
        var value = BitConverter.GetBytes(edges[random.Next(edges.Length)])[..(1 << random.Next(4))];
        if (random.Next(2) == 0)
        {
            Array.Reverse(value);
        }

        return value;
    }

    private static string Token(Random random)
    {
        string[] tokens = [",", "\n", "\r", "\r\n", "\"", "NaN", "-1", "256", "1e9", "99999999999", "../", "\0", "(", "'", "IDAT", "PK\u0003\u0004", "0,0"];
        return tokens[random.Next(tokens.Length)];
    }

    private static void Overwrite(List<byte> bytes, int at, byte[] value)
    {
        for (var i = 0; i < value.Length && at + i < bytes.Count; i++)
        {
            bytes[at + i] = value[i];
        }
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}

/// <summary>Alone, since time and memory of the whole process are looked at.</summary>
[CollectionDefinition(nameof(FuzzTests), DisableParallelization = true)]
public static class FuzzTestsRunAlone;
