using System.Text;

namespace ServerlessFashion.Import.Arrays;

/// <summary>Many names in little memory: UTF-8, one after the other.</summary>
internal sealed class NameList
{
    private const int BlockBytes = 1 << 20;

    private readonly List<byte[]> _blocks = [];
    private readonly List<long> _places = [];
    private int _used = BlockBytes;

    public string this[int index]
    {
        get
        {
            var (block, start) = ((int)(_places[index] >> 32), (int)_places[index]);
            var text = _blocks[block].AsSpan(start);
            return Encoding.UTF8.GetString(text[..text.IndexOf((byte)0)]);
        }
    }

    public void Add(string name)
    {
        var bytes = Encoding.UTF8.GetByteCount(name) + 1;
        if (_used + bytes > BlockBytes)
        {
            _blocks.Add(new byte[Math.Max(bytes, BlockBytes)]);
            _used = 0;
        }

        _places.Add(((long)(_blocks.Count - 1) << 32) | (uint)_used);
        Encoding.UTF8.GetBytes(name.Replace('\0', '?'), _blocks[^1].AsSpan(_used));
        _used += bytes;
    }
}
