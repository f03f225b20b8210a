using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace ServerlessFashion.Training.Tests;

public class PthFileTests
{
    [Theory]
    [InlineData("True")]
    [InlineData("False")]
    public void Read_StateDictWrittenByPyTorch_GivesItsFloatTensors(string zipFormat)
    {
        using var folder = new TemporaryFolder();
        var path = Save(folder, $"""
            import torch
            from torch import nn
            model = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.Linear(2, 2))
            with torch.no_grad():
                model[2].weight.copy_(torch.tensor([[1., 2.], [3., -4.5]]))
            torch.save(model.state_dict(), PATH, _use_new_zipfile_serialization={zipFormat})
            """);

        var tensors = PthFile.Read(path);

        Assert.Equal(["0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var", "2.weight", "2.bias"], tensors.Keys);
        Assert.Equal([2, 1, 3, 3], tensors["0.weight"].Shape);
        Assert.Equal([1, 2, 3, -4.5f], tensors["2.weight"].Values);
        Assert.Equal([1, 1], tensors["1.running_var"].Values);
    }

    [Theory]
    [InlineData("True")]
    [InlineData("False")]
    public void Read_ParametersAndViewsOfOneStorage_AreRead(string zipFormat)
    {
        using var folder = new TemporaryFolder();
        var path = Save(folder, $"""
            import collections, torch
            row = torch.arange(6, dtype=torch.float32)
            torch.save(collections.OrderedDict(a=torch.nn.Parameter(row[:2]), b=row[2:].reshape(2, 2), c=torch.tensor(7.)), PATH, _use_new_zipfile_serialization={zipFormat})
            """);

        var tensors = PthFile.Read(path);

        Assert.Equal([0, 1], tensors["a"].Values);
        Assert.Equal([2, 2], tensors["b"].Shape);
        Assert.Equal([2, 3, 4, 5], tensors["b"].Values);
        Assert.Empty(tensors["c"].Shape);
        Assert.Equal([7], tensors["c"].Values);
    }

    /// <summary>What a hostile file would do; each is written by Python's own pickle.</summary>
    [Theory]
    [InlineData("class A:\n    def __reduce__(self): return (os.system, ('true',))\nvalue = {'w': A()}", "posix.system")]
    [InlineData("class A:\n    def __reduce__(self): return (eval, ('1',))\nvalue = A()", "__builtin__.eval")]
    [InlineData("value = collections.OrderedDict(w=collections.Counter())", "collections.Counter")]
    [InlineData("value = collections.OrderedDict(w=torch.zeros(2, dtype=torch.float64))", "torch.DoubleStorage")]
    [InlineData("value = collections.OrderedDict(w=torch.zeros(2, dtype=torch.float16))", "torch.HalfStorage")]
    [InlineData("value = torch.nn.Linear(1, 1)", "torch.nn.modules.linear.Linear")]
    [InlineData("value = collections.OrderedDict(w=1.5)", "opcode 0x47")]
    [InlineData("value = collections.OrderedDict(w=b'x' * 300)", "_codecs.encode")]
    [InlineData("value = {'w': torch.zeros(2)}", "expected an OrderedDict")]
    [InlineData("value = collections.OrderedDict(w=torch.zeros(2, 3).t())", "does not lie contiguously")]
    [InlineData("value = collections.OrderedDict(w=torch.zeros(1).expand(10**9))", "does not lie contiguously")]
    [InlineData("value = collections.OrderedDict(w=collections.OrderedDict())", "not a named tensor")]
    [InlineData("value = [torch.zeros(2)]", "expected an OrderedDict")]
    public void Read_AnythingButNamedFloatTensors_IsRefusedWithItsName(string value, string named)
    {
        using var folder = new TemporaryFolder();
        var path = Save(folder, $"import collections, os, torch\n{value}\ntorch.save(value, PATH)");

        var error = Assert.Throws<InvalidInputException>(() => PthFile.Read(path));

        Assert.StartsWith("weights.pth: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoSuchFile_NamesIt()
    {
        Assert.StartsWith("/nowhere/w.pth: cannot be opened", Assert.Throws<InvalidInputException>(() => PthFile.Read("/nowhere/w.pth")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NotAPthFile_SaysHowItBegins()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("w.pth"), "<html>");

        Assert.Equal("w.pth: expected a file of torch.save, found one that begins with 3C68746D.", Assert.Throws<InvalidInputException>(() => PthFile.Read(folder.File("w.pth"))).Message);
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

        Assert.StartsWith("w.pth: ", Assert.Throws<InvalidInputException>(() => PthFile.Read(folder.File("w.pth"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_StorageShorterThanDeclared_IsRefused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("w.pth"), Zip(Pickle(count: 4), new byte[12]));

        Assert.Equal("w.pth: storage 0 should have 16 bytes, found 12.", Assert.Throws<InvalidInputException>(() => PthFile.Read(folder.File("w.pth"))).Message);
    }

    [Fact]
    public void Read_HugeDeclaredStorage_IsRefusedBeforeAnythingIsAllocated()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("w.pth"), Zip(Pickle(count: int.MaxValue), new byte[16]));

        Assert.Contains("elements in all", Assert.Throws<InvalidInputException>(() => PthFile.Read(folder.File("w.pth"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_CompressedEntry_IsRefused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("w.pth"), Zip(Pickle(count: 400), new byte[1600], CompressionLevel.Optimal));

        Assert.Contains("stored uncompressed", Assert.Throws<InvalidInputException>(() => PthFile.Read(folder.File("w.pth"))).Message, StringComparison.Ordinal);
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

    private static string Save(TemporaryFolder folder, string script)
    {
        Python.SkipWithoutTorch();
        var path = folder.File("weights.pth");
        Python.Run("-c", $"PATH = '{path}'\n{script}");
        return path;
    }
}
