using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Training.Tests;

public class PthFileTests(PthFileTests.PythonFiles python) : IClassFixture<PthFileTests.PythonFiles>
{
    [Theory]
    [InlineData("model-zip")]
    [InlineData("model-legacy")]
    public void Read_StateDictWrittenByPyTorch_GivesItsFloatTensors(string file)
    {
        var tensors = PthFile.Read(python.Path(file));

        Assert.Equal(["0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var", "2.weight", "2.bias"], tensors.Keys);
        Assert.Equal([2, 1, 3, 3], tensors["0.weight"].Shape);
        Assert.Equal([1, 2, 3, -4.5f], tensors["2.weight"].Values);
        Assert.Equal([1, 1], tensors["1.running_var"].Values);
    }

    [Theory]
    [InlineData("views-zip")]
    [InlineData("views-legacy")]
    public void Read_ParametersAndViewsOfOneStorage_AreRead(string file)
    {
        var tensors = PthFile.Read(python.Path(file));

        Assert.Equal([0, 1], tensors["a"].Values);
        Assert.Equal([2, 2], tensors["b"].Shape);
        Assert.Equal([2, 3, 4, 5], tensors["b"].Values);
        Assert.Empty(tensors["c"].Shape);
        Assert.Equal([7], tensors["c"].Values);
    }

    /// <summary>Files that do, or could do, anything but give named tensors; see pth_files.py.</summary>
    [Theory]
    [InlineData("system", "posix.system, which is not allowed")]
    [InlineData("eval", "__builtin__.eval, which is not allowed")]
    [InlineData("counter", "collections.Counter, which is not allowed")]
    [InlineData("double", "torch.DoubleStorage, which is not allowed")]
    [InlineData("half", "torch.HalfStorage, which is not allowed")]
    [InlineData("module", "torch.nn.modules.linear.Linear, which is not allowed")]
    [InlineData("bytes", "_codecs.encode, which is not allowed")]
    [InlineData("float", "opcode 0x47 at byte")]
    [InlineData("dict", "expected an OrderedDict")]
    [InlineData("list", "expected an OrderedDict")]
    [InlineData("nested", "not a named tensor")]
    [InlineData("transposed", "does not lie contiguously")]
    [InlineData("expanded", "does not lie contiguously")]
    [InlineData("attributes", "sets attributes (BUILD)")]
    public void Read_AnythingButNamedFloatTensors_IsRefusedWithItsName(string file, string named)
    {
        var error = Assert.Throws<InvalidInputException>(() => PthFile.Read(python.Path(file)));

        Assert.StartsWith($"{file}.pth: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoSuchFile_NamesIt()
    {
        Assert.StartsWith(
            "/nowhere/w.pth: cannot be opened", Assert.Throws<InvalidInputException>(() => PthFile.Read("/nowhere/w.pth")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NotAPthFile_SaysHowItBegins()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("w.pth"), "<html>");

        Assert.Equal(
            "w.pth: expected a file of torch.save, found one that begins with 3C68746D.",
            Assert.Throws<InvalidInputException>(() => PthFile.Read(folder.File("w.pth"))).Message);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(400)]
    [InlineData(1000)]
    public void Read_TruncatedZip_IsRefused(int keep)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("whole.pth"), Zip(Pickle(count: 400), new byte[1600]));
        File.WriteAllBytes(folder.File("w.pth"), File.ReadAllBytes(folder.File("whole.pth"))[..keep]);
        Assert.Single(PthFile.Read(folder.File("whole.pth")));

        Assert.StartsWith(
            "w.pth: ", Assert.Throws<InvalidInputException>(() => PthFile.Read(folder.File("w.pth"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_StorageShorterThanDeclared_IsRefused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("w.pth"), Zip(Pickle(count: 4), new byte[12]));

        Assert.Equal(
            "w.pth: storage 0 should have 16 bytes, found 12.",
            Assert.Throws<InvalidInputException>(() => PthFile.Read(folder.File("w.pth"))).Message);
    }

    [Fact]
    public void Read_HugeDeclaredStorage_IsRefusedBeforeAnythingIsAllocated()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("w.pth"), Zip(Pickle(count: int.MaxValue), new byte[16]));

        Assert.Contains(
            "elements in all", Assert.Throws<InvalidInputException>(() => PthFile.Read(folder.File("w.pth"))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Read_CompressedEntry_IsRefused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("w.pth"), Zip(Pickle(count: 400), new byte[1600], CompressionLevel.Optimal));

        Assert.Contains(
            "stored uncompressed", Assert.Throws<InvalidInputException>(() => PthFile.Read(folder.File("w.pth"))).Message,
            StringComparison.Ordinal);
    }

    /// <summary>Any damage to the pickle ends in one clear refusal or in tensors, never in another exception.</summary>
    [Fact]
    public void Read_DamagedPickle_IsRefusedOrRead()
    {
        using var folder = new TemporaryFolder();
        var pickle = Pickle(count: 4);
        var random = new Random(11);
        var refused = 0;
        for (var i = 0; i < 2000; i++)
        {
            byte[] damaged = [.. pickle];
            for (var hits = random.Next(1, 4); hits > 0; hits--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            File.WriteAllBytes(folder.File("w.pth"), Zip(damaged, new byte[16]));
            try
            {
                PthFile.Read(folder.File("w.pth"));
            }
            catch (InvalidInputException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1000, 2000);
    }

    /// <summary>An OrderedDict with one float tensor "w" of <paramref name="count"/> elements, put together opcode by opcode.</summary>
    private static byte[] Pickle(int count)
    {
        var bytes = new List<byte>();
        void Text(string text) => bytes.AddRange(Encoding.ASCII.GetBytes(text));
        void Word(string text)
        {
            bytes.AddRange([(byte)'X', (byte)text.Length, 0, 0, 0]);
            Text(text);
        }

        void Number(int value)
        {
            var word = new byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(word, value);
            bytes.AddRange([(byte)'J', .. word]);
        }

        bytes.AddRange([0x80, 2]);
        Text("ccollections\nOrderedDict\n)R(");
        Word("w");
        Text("ctorch._utils\n_rebuild_tensor_v2\n((");
        Word("storage");
        Text("ctorch\nFloatStorage\n");
        Word("0");
        Word("cpu");
        Number(count);
        Text("tQ");
        Number(0);
        Number(count);
        bytes.Add(0x85);
        Number(1);
        bytes.AddRange([0x85, 0x89]);
        Text("ccollections\nOrderedDict\n)RtRu.");
        return [.. bytes];
    }

    private static byte[] Zip(byte[] pickle, byte[] storage, CompressionLevel compression = CompressionLevel.NoCompression)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in new[] { ("archive/data.pkl", pickle), ("archive/data/0", storage) })
            {
                using var entry = zip.CreateEntry(name, compression).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }

    /// <summary>The files of pth_files.py, written once by one Python process.</summary>
    public sealed class PythonFiles : IDisposable
    {
        private readonly TemporaryFolder _folder = new();
        private bool _written;

        /// <summary>Path of a file; skips the running test where PyTorch is missing.</summary>
        public string Path(string name)
        {
            Python.SkipWithoutTorch();
            if (!_written)
            {
                Python.Run(System.IO.Path.Combine(AppContext.BaseDirectory, "Reference", "pth_files.py"), _folder.File("."));
                _written = true;
            }

            return _folder.File($"{name}.pth");
        }

        public void Dispose() => _folder.Dispose();
    }
}
