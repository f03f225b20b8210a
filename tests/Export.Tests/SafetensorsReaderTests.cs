using System.Buffers.Binary;
using System.Text;
using ServerlessFashion.Models;

namespace ServerlessFashion.Export.Tests;

public class SafetensorsReaderTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ReadTensors_Wanted_GivesThemAndSkipsTheRest(bool seekable)
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(
            stream,
            new Dictionary<string, string> { ["note"] = "\"quoted\"\n" },
            new Dictionary<string, WeightTensor>
            {
                ["a"] = new([3], [1, 2, 3]),
                ["skip"] = new([700_000], new float[700_000]),
                ["b"] = new([2, 2], [4, 5, 6, 7]),
            });
        stream.Position = 0;
        using Stream source = seekable ? stream : new ForwardOnly(stream);

        var reader = SafetensorsReader.Open(source, "file");
        var tensors = reader.ReadTensors(name => name != "skip").ToDictionary();

        Assert.Equal("\"quoted\"\n", reader.Metadata["note"]);
        Assert.Equal(["a", "skip", "b"], reader.Entries.Select(entry => entry.Name));
        Assert.Equal(["a", "b"], tensors.Keys);
        Assert.Equal([2, 2], tensors["b"].Shape);
        Assert.Equal([4, 5, 6, 7], tensors["b"].Values);
    }

    [Theory]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}""", "tensor a of shape [1] needs 4 bytes, its offsets are 0 to 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "tensor a should begin at data byte 0, its offset is 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""",
        "tensor b should begin at data byte 4, its offset is 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", "impossible shape [-1]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4611686018427387904,16],"data_offsets":[0,0]}}""", "impossible shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[8,4]}}""", "its offsets are 8 to 4")]
    [InlineData("""{"a":{"dtype":"F16","shape":[1],"data_offsets":[0,2]}}""", "tensor a should be F32, found F16")]
    [InlineData("""{"a":{"shape":[1],"data_offsets":[0,4]}}""", "tensor a should be F32, found no dtype")]
    [InlineData("""{"a":{"dtype":"F32","data_offsets":[0,4]}}""", "no shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", "no pair of data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""",
        "not the JSON it should be")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", "not the JSON it should be")]
    [InlineData("""{"a":{"dtype":"F32","shape":"1","data_offsets":[0,4]}}""", "not the JSON it should be")]
    [InlineData("""{"a":7}""", "not the JSON it should be")]
    [InlineData("""[1,2]""", "not the JSON it should be")]
    [InlineData("""{"__metadata__":{"k":7}}""", "not the JSON it should be")]
    [InlineData("""{"a":""", "not the JSON it should be")]
    [InlineData("""{"a":{"dtype":"F32","shape":[100],"data_offsets":[0,400]}}""", "expected 400 bytes of tensor data, found 8")]
    public void Open_HostileHeader_IsRefused(string header, string message)
    {
        using var stream = new MemoryStream([.. Length((ulong)header.Length), .. Encoding.UTF8.GetBytes(header), 0, 0, 0, 0, 0, 0, 0, 0]);

        var error = Assert.Throws<InvalidInputException>(() => SafetensorsReader.Open(stream, "w.safetensors"));

        Assert.StartsWith("w.safetensors: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(16UL * 1024 * 1024 + 1)]
    [InlineData(ulong.MaxValue)]
    public void Open_HeaderLengthOutOfBounds_IsRefused(ulong length)
    {
        using var stream = new MemoryStream(Length(length));

        Assert.Contains($"found a length of {length}",
            Assert.Throws<InvalidInputException>(() => SafetensorsReader.Open(stream, "w")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(20)]
    public void Open_FileThatEndsInItsHeader_IsRefused(int keep)
    {
        using var stream = new MemoryStream(Sample()[..keep]);

        Assert.Contains("ends early", Assert.Throws<InvalidInputException>(() => SafetensorsReader.Open(stream, "w")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ReadTensors_ForwardOnlyStreamThatEndsEarly_IsRefusedWithoutItsMemory()
    {
        const long Bytes = 1_600_000_000;
        var header = $$$"""{"a":{"dtype":"F32","shape":[{{{Bytes / 4}}}],"data_offsets":[0,{{{Bytes}}}]}}""";
        using var stream =
            new ForwardOnly(new MemoryStream([.. Length((ulong)header.Length), .. Encoding.UTF8.GetBytes(header), 0, 0, 0, 0]));
        var reader = SafetensorsReader.Open(stream, "w");
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Contains("ends early", Assert.Throws<InvalidInputException>(() => reader.ReadTensors(_ => true).Count()).Message,
            StringComparison.Ordinal);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
    }

    private static byte[] Sample()
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, new Dictionary<string, string>(), new Dictionary<string, WeightTensor> { ["a"] = new([1], [1]) });
        return stream.ToArray();
    }

    private static byte[] Length(ulong value)
    {
        var bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return bytes;
    }

    /// <summary>A stream as a download gives it.</summary>
    private sealed class ForwardOnly(Stream inner) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush() { }
        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, Math.Min(count, 1000));
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
