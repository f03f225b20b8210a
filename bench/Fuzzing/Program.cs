using System.Globalization;
using System.IO.Compression;
using ServerlessFashion.Prediction.Tests;
using SharpFuzz;

// The program that afl-fuzz drives (see fuzz.sh): reads one format, again and again, in a child process of its own, so
// that a crash or a hang of native code is seen and costs one input.
//
//   formats              the names of the formats
//   seeds FORMAT FOLDER  writes the files that fuzzing begins with
//   keep OUT FORMAT ZIP  packs what a campaign found: every input that reached new code, crashes and hangs
//   read FORMAT FILE...  reads files and says what came of them
//   FORMAT               to be fuzzed

const long MostMemory = 1L << 30;

switch (args)
{
    case ["formats"]:
        Console.WriteLine(string.Join('\n', GoodFiles.ByFormat.Keys));
        break;
    case ["seeds", var format, var folder]:
        Directory.CreateDirectory(folder);
        foreach (var (i, file) in GoodFiles.ByFormat[format].Index())
        {
            File.WriteAllBytes(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{format}-{i}")), file);
        }

        break;
    case ["keep", var found, var format, var zip]:
        Keep(Path.Combine(found, format, "default"), zip);
        break;
    case ["read", var format, .. var files]:
        foreach (var file in files)
        {
            var start = TimeProvider.System.GetTimestamp();
            var accepted = FuzzTarget.AcceptsAsync(format, File.ReadAllBytes(file)).GetAwaiter().GetResult();
            var elapsed = TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{file}: {(accepted ? "accepted" : "refused")} in {elapsed:0} ms"));
        }

        break;
    case [var format]:
        Fuzzer.OutOfProcess.Run(input => Read(format, input));
        break;
    default:
        Console.Error.WriteLine("usage: formats | seeds FORMAT FOLDER | keep OUT FORMAT ZIP | read FORMAT FILE... | FORMAT");
        return 2;
}

return 0;

static void Keep(string campaign, string path)
{
    string[] kinds = ["queue", "crashes", "hangs"];
    var files = kinds.Select(kind => Path.Combine(campaign, kind)).Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "id*").Order(StringComparer.Ordinal))
        .Where(file => !file.Contains("/queue/", StringComparison.Ordinal) || file.EndsWith("+cov", StringComparison.Ordinal));
    using var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
    foreach (var (i, file) in files.Index())
    {
        var entry = zip.CreateEntry(string.Create(CultureInfo.InvariantCulture, $"{i:000}"), CompressionLevel.SmallestSize);
        entry.LastWriteTime = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var content = entry.Open();
        content.Write(File.ReadAllBytes(file));
    }
}

static void Read(string format, Stream input)
{
    using var bytes = new MemoryStream();
    input.CopyTo(bytes);
    FuzzTarget.AcceptsAsync(format, bytes.ToArray()).GetAwaiter().GetResult();
    if (Environment.WorkingSet > MostMemory)
    {
        throw new InvalidOperationException($"The process has grown to {Environment.WorkingSet} bytes.");
    }
}
