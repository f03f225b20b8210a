using System.Text;

namespace ServerlessFashion.Training.Tests;

/// <summary>Pickles byte by byte; whole files of torch.save are read in <see cref="PthFileTests"/>.</summary>
public class StateDictPickleTests
{
    /// <summary>
    /// Written by Python 3.11:
    /// <c>pickle.dumps((1, 300, -2, 2**40, True, False, None, 'é', [7, 8], {'a': 1}), 2)</c>.
    /// </summary>
    private const string PlainValues =
        "8002284B014D2C014AFEFFFFFF8A0600000000000188894E5802000000C3A971005D7101284B074B08657D710258010000006171034B01737471042E";

    [Fact]
    public void Read_PlainValuesWrittenByPython_GivesThem()
    {
        var (value, end) = Read(Convert.FromHexString(PlainValues));

        var items = Assert.IsType<PickleTuple>(value).Items;
        Assert.Equal([1L, 300L, -2L, 1_099_511_627_776, true, false, null, "é"], items[..8]);
        Assert.Equal([7L, 8L], Assert.IsType<List<object?>>(items[8]));
        var dictionary = Assert.IsType<PickleDictionary>(items[9]);
        Assert.False(dictionary.IsOrdered);
        Assert.Equal([("a", 1L)], dictionary.Items);
        Assert.Equal(PlainValues.Length / 2, end);
    }

    [Fact]
    public void Read_TwoPicklesInARow_StartsAtThePosition()
    {
        byte[] two = [0x80, 2, (byte)'K', 1, (byte)'.', 0x80, 2, (byte)'K', 9, (byte)'.'];

        Assert.Equal((9L, 10), StateDictPickle.Read("w.pth", two, 5));
    }

    /// <summary>Value 5 is stored under the number 256 and fetched from there: LONG_BINPUT and LONG_BINGET.</summary>
    [Fact]
    public void Read_MemoOfFourBytes_IsFetched()
    {
        var (value, _) = Read([0x80, 2, (byte)'K', 5, (byte)'r', 0, 1, 0, 0, (byte)'j', 0, 1, 0, 0, 0x86, (byte)'.']);

        Assert.Equal([5L, 5L], Assert.IsType<PickleTuple>(value).Items);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Read_OtherProtocol_IsRefused(byte protocol) =>
        AssertRefused($"w.pth: expected pickle protocol 2 to 4, found {protocol}.", [0x80, protocol, (byte)'.']);

    [Fact]
    public void Read_OtherOpcode_IsRefusedWithItsPosition() =>
        AssertRefused("w.pth: pickle opcode 0x47 at byte 2 is not allowed in a file of weights.", [0x80, 2, (byte)'G']);

    [Theory]
    [InlineData("cposix\nsystem\n", "w.pth: the pickle refers to posix.system, which is not allowed in a file of weights.")]
    [InlineData(
        "ccollections\nOrderedDict\n(K\u0001tR",
        "w.pth: the pickle calls collections.OrderedDict with arguments that no file of weights has.")]
    [InlineData("K\u0001}b", "w.pth: the pickle sets attributes (BUILD) other than the _metadata of a state dict.")]
    [InlineData("(K\u0001tQ", "w.pth: the pickle has a persistent id that is not a float or integer storage.")]
    public void Read_ContentThatWeightsDoNotHave_IsRefused(string pickle, string message) =>
        AssertRefused(message, [0x80, 2, .. Encoding.ASCII.GetBytes(pickle)]);

    [Theory]
    [InlineData(new byte[] { 0x80, 2, (byte)'.' })]
    [InlineData(new byte[] { 0x80, 2, (byte)'K' })]
    [InlineData(new byte[] { 0x80, 2, (byte)'h', 3, (byte)'.' })]
    [InlineData(new byte[] { 0x80, 2, (byte)'K', 1, (byte)'t', (byte)'.' })]
    public void Read_IncompletePickle_IsMalformed(byte[] pickle) => Assert.StartsWith(
        "w.pth: the pickle is malformed near byte ",
        Assert.Throws<InvalidInputException>(() => Read(pickle)).Message,
        StringComparison.Ordinal);

    private static (object? Value, int End) Read(byte[] pickle) => StateDictPickle.Read("w.pth", pickle, 0);

    private static void AssertRefused(string message, byte[] pickle) =>
        Assert.Equal(message, Assert.Throws<InvalidInputException>(() => Read(pickle)).Message);
}
