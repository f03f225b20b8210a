using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace ServerlessFashion.Prediction.Tests;

/// <summary>
/// Mutates good files of each format and reads them: whatever comes, a reader keeps to <see cref="FuzzTarget"/>, within a
/// second. FUZZ_CASES sets the cases of each format
/// (the default is 300), FUZZ_SEED where they begin (the default is 1); a failure names its seed and the file it left.
/// </summary>
[Collection(nameof(FuzzTests))]
public class FuzzTests
{
    private static readonly int Cases = Setting("FUZZ_CASES", 300);
    private static readonly int FirstSeed = Setting("FUZZ_SEED", 1);

    public static TheoryData<string> Formats => [.. GoodFiles.ByFormat.Keys];

    /// <summary>A good file that is refused would leave its mutations untested.</summary>
    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Read_GoodFile_IsAccepted(string format)
    {
        foreach (var (index, bytes) in GoodFiles.ByFormat[format].Index())
        {
            Assert.True(await FuzzTarget.AcceptsAsync(format, bytes), $"{format}, file {index} is refused");
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Read_MutatedFile_GivesImagesOrOneClearError(string format)
    {
        var accepted = 0;
        for (var seed = FirstSeed; seed < FirstSeed + Cases; seed++)
        {
            var random = new Random(seed);
            var originals = GoodFiles.ByFormat[format];
            var bytes = Mutate(originals[random.Next(originals.Length)], random);
            accepted += await IsAcceptedAsync(format, bytes, $"{format}, seed {seed}") ? 1 : 0;
        }

        // Mutations that nothing survives would test the first check alone.
        Assert.True(accepted > 0 || format is "gzip", $"{format}: none of {Cases} mutated files was accepted");
    }

    /// <summary>What coverage-guided fuzzing kept (see bench/Fuzzing): an input for each piece of code that it reached.</summary>
    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Read_FileThatFuzzingFound_GivesImagesOrOneClearError(string format)
    {
        using var found = ZipFile.OpenRead(Path.Combine(AppContext.BaseDirectory, "Found", format + ".zip"));
        foreach (var entry in found.Entries)
        {
            var bytes = new byte[entry.Length];
            await using var content = await entry.OpenAsync(TestContext.Current.CancellationToken);
            await content.ReadExactlyAsync(bytes, TestContext.Current.CancellationToken);
            await IsAcceptedAsync(format, bytes, $"{format}, {entry.Name}");
        }

        Assert.NotEmpty(found.Entries);
    }

    private static async Task<bool> IsAcceptedAsync(string format, byte[] bytes, string what)
    {
        var start = Stopwatch.GetTimestamp();
        var processor = Environment.CpuUsage.TotalTime;
        var accepted = false;
        try
        {
            accepted = await FuzzTarget.AcceptsAsync(format, bytes);
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
        string[] tokens = [",", "\n", "\r", "\r\n", "\"", "NaN", "-1", "256", "1e9", "99999999999", "../", "\0", "(", "'", "IDAT",
            "PK\u0003\u0004", "0,0"];
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
