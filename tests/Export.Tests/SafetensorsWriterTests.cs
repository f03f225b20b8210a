using System.Buffers.Binary;
using System.Text;
using ServerlessFashion.Models;

namespace ServerlessFashion.Export.Tests;

public class SafetensorsWriterTests
{
    /// <summary>A file put together by hand from the format's description: length, JSON, little-endian floats.</summary>
    [Fact]
    public void Write_TwoTensors_GivesTheBytesOfTheFormat()
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(
            stream,
            new Dictionary<string, string> { ["k"] = "v" },
            new Dictionary<string, WeightTensor> { ["a"] = new([2, 1], [1, -2]), ["b"] = new([], [.5f]) });

        const string Header =
            """{"__metadata__":{"k":"v"},"a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]}"""
            + ""","b":{"dtype":"F32","shape":[],"data_offsets":[8,12]}}""";
        var padded = Header.PadRight((Header.Length + 7) / 8 * 8);
        byte[] expected =
        [
            .. Length((ulong)padded.Length), .. Encoding.UTF8.GetBytes(padded), 0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 0, 0, 0, 0x3f,
        ];
        Assert.Equal(expected, stream.ToArray());
    }

    [Fact]
    public void Write_ValuesThatDoNotFitTheShape_Throws()
    {
        using var stream = new MemoryStream();

        var thrown = Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(
            stream, new Dictionary<string, string>(), new Dictionary<string, WeightTensor> { ["a"] = new([3], [1, 2]) }));

        Assert.StartsWith("Tensor a has 2 values, its shape asks for 3.", thrown.Message, StringComparison.Ordinal);
    }

    /// <summary>A model of any size is written with one tensor in memory at a time.</summary>
    [Fact]
    public void Write_Sources_AreAskedInOrderAndOnlyWhenTheirTurnComes()
    {
        using var stream = new MemoryStream();
        var positions = new List<long>();
        TensorSource Source(string name) => new(name, [2], () =>
        {
            positions.Add(stream.Position);
            return [1, 2];
        });

        SafetensorsWriter.Write(stream, new Dictionary<string, string>(), [Source("a"), Source("b")]);

        Assert.Equal([stream.Length - 16, stream.Length - 8], positions);
    }

    /// <summary>The format asks for data that begins at a multiple of eight bytes.</summary>
    [Theory]
    [InlineData("a")]
    [InlineData("ab")]
    [InlineData("abcdefg")]
    public void Write_AnyHeader_AlignsTheData(string name)
    {
        using var stream = new MemoryStream();

        SafetensorsWriter.Write(
            stream, new Dictionary<string, string>(), new Dictionary<string, WeightTensor> { [name] = new([1], [1]) });

        Assert.Equal(0, (stream.Length - sizeof(float)) % 8);
    }

    private static byte[] Length(ulong value)
    {
        var bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return bytes;
    }
}
