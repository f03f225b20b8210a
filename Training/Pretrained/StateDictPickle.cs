using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace ServerlessFashion.Training;

/// <summary>
/// Reads the pickle of a PyTorch state dict. A pickle is a program, and unpickling executes it. This reader executes nothing. It
/// accepts only the few opcodes of such files and four constructors, which it reads as plain data. It refuses every other opcode
/// and global, and names it.
/// </summary>
/// <remarks>Opcodes as in CPython's <c>pickletools</c>; the constructors as in <c>torch/_utils.py</c>.</remarks>
internal sealed class StateDictPickle
{
    private const string OrderedDict = "collections.OrderedDict";
    private const string RebuildTensor = "torch._utils._rebuild_tensor_v2";
    private const string RebuildParameter = "torch._utils._rebuild_parameter";

    /// <summary>Storage types and the size of their elements in bytes.</summary>
    public static readonly IReadOnlyDictionary<string, int> ElementBytes = new Dictionary<string, int>
    {
        ["torch.FloatStorage"] = sizeof(float),
        ["torch.LongStorage"] = sizeof(long),
    };

    private readonly string _source;
    private readonly byte[] _pickle;
    private readonly PickleStack _stack = new();
    private readonly Dictionary<uint, object?> _memo = [];
    private int _position;

    private StateDictPickle(string source, byte[] pickle, int position)
    {
        _source = source;
        _pickle = pickle;
        _position = position;
    }

    /// <summary>Reads one pickle, and returns its value and the position after it.</summary>
    /// <param name="source">The file's name in error messages.</param>
    /// <exception cref="InvalidInputException">The pickle is malformed or contains an opcode or global that is not accepted.</exception>
    public static (object? Value, int End) Read(string source, byte[] pickle, int position)
    {
        var reader = new StateDictPickle(source, pickle, position);
        try
        {
            return (reader.Run(), reader._position);
        }
        catch (Exception error)
            when (error is InvalidOperationException or KeyNotFoundException or ArgumentOutOfRangeException or OverflowException)
        {
            throw new InvalidInputException($"{source}: the pickle is malformed near byte {reader._position}: {error.Message}", error);
        }
    }

    private object? Run()
    {
        while (true)
        {
            var at = _position;
            var opcode = Take(1)[0];
            switch (opcode)
            {
                case 0x80: // PROTO
                    if (Take(1)[0] is var protocol && protocol is < 2 or > 4)
                    {
                        throw new InvalidInputException($"{_source}: expected pickle protocol 2 to 4, found {protocol}.");
                    }

                    break;
                case (byte)'.': // STOP
                    return _stack.Pop();
                case (byte)'c': // GLOBAL
                    _stack.Push(Global($"{TakeLine()}.{TakeLine()}"));
                    break;
                case (byte)'R': // REDUCE
                    Reduce();
                    break;
                case (byte)'b': // BUILD
                    Build();
                    break;
                case (byte)'Q': // BINPERSID
                    _stack.Push(Storage(_stack.Pop<PickleTuple>().Items));
                    break;
                case (byte)'q': // BINPUT
                    _memo[Take(1)[0]] = _stack.Peek();
                    break;
                case (byte)'r': // LONG_BINPUT
                    _memo[BinaryPrimitives.ReadUInt32LittleEndian(Take(4))] = _stack.Peek();
                    break;
                case (byte)'h': // BINGET
                    _stack.Push(_memo[Take(1)[0]]);
                    break;
                case (byte)'j': // LONG_BINGET
                    _stack.Push(_memo[BinaryPrimitives.ReadUInt32LittleEndian(Take(4))]);
                    break;
                case (byte)'X': // BINUNICODE
                    _stack.Push(Encoding.UTF8.GetString(Take(BinaryPrimitives.ReadInt32LittleEndian(Take(4)))));
                    break;
                case (byte)'J': // BININT
                    _stack.Push((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4)));
                    break;
                case (byte)'K': // BININT1
                    _stack.Push((long)Take(1)[0]);
                    break;
                case (byte)'M': // BININT2
                    _stack.Push((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2)));
                    break;
                case 0x8a: // LONG1
                    _stack.Push(Long(Take(Take(1)[0])));
                    break;
                case 0x88: // NEWTRUE
                    _stack.Push(true);
                    break;
                case 0x89: // NEWFALSE
                    _stack.Push(false);
                    break;
                case (byte)'N': // NONE
                    _stack.Push(null);
                    break;
                case (byte)'(': // MARK
                    _stack.PushMark();
                    break;
                case (byte)')': // EMPTY_TUPLE
                    _stack.Push(new PickleTuple([]));
                    break;
                case (byte)'t': // TUPLE
                    _stack.Push(new PickleTuple(_stack.PopToMark()));
                    break;
                case 0x85 or 0x86 or 0x87: // TUPLE1, TUPLE2, TUPLE3
                    _stack.Push(new PickleTuple(_stack.Pop(opcode - 0x84)));
                    break;
                case (byte)']': // EMPTY_LIST
                    _stack.Push(new List<object?>());
                    break;
                case (byte)'a': // APPEND
                    Append([_stack.Pop()]);
                    break;
                case (byte)'e': // APPENDS
                    Append(_stack.PopToMark());
                    break;
                case (byte)'}': // EMPTY_DICT
                    _stack.Push(new PickleDictionary { IsOrdered = false });
                    break;
                case (byte)'s': // SETITEM
                    SetItems(_stack.Pop(2));
                    break;
                case (byte)'u': // SETITEMS
                    SetItems(_stack.PopToMark());
                    break;
                default:
                    throw new InvalidInputException(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{_source}: pickle opcode 0x{opcode:x2} at byte {at} is not allowed in a file of weights."));
            }
        }
    }

    private PickleGlobal Global(string name) =>
        name is OrderedDict or RebuildTensor or RebuildParameter || ElementBytes.ContainsKey(name)
            ? new PickleGlobal(name)
            : throw new InvalidInputException($"{_source}: the pickle refers to {name}, which is not allowed in a file of weights.");

    private void Reduce()
    {
        var arguments = _stack.Pop<PickleTuple>().Items;
        var global = _stack.Pop<PickleGlobal>();
        _stack.Push((global.Name, arguments) switch
        {
            (OrderedDict, []) => new PickleDictionary { IsOrdered = true },
            (RebuildTensor,
                [PickleStorage storage, long offset, PickleTuple shape, PickleTuple strides, bool, PickleDictionary { Items: [] }]) =>
                    Tensor(storage, offset, shape, strides),
            (RebuildParameter, [PickleTensor tensor, bool, PickleDictionary { Items: [] }]) => tensor,
            _ => throw new InvalidInputException($"{_source}: the pickle calls {global.Name} with arguments that no file of weights has."),
        });
    }

    /// <summary>Ignores <c>_metadata</c>, the version numbers of a state dict's modules.</summary>
    private void Build()
    {
        if (_stack.Pop() is not PickleDictionary { Items: [("_metadata", PickleDictionary)] } || _stack.Peek() is not PickleDictionary)
        {
            throw new InvalidInputException($"{_source}: the pickle sets attributes (BUILD) other than the _metadata of a state dict.");
        }
    }

    private PickleStorage Storage(object?[] id) => id switch
    {
        ["storage", PickleGlobal type, string key, string, long count]
            when ElementBytes.ContainsKey(type.Name) => new(key, type.Name, count),
        ["storage", PickleGlobal type, string key, string, long count, null]
            when ElementBytes.ContainsKey(type.Name) => new(key, type.Name, count),
        _ => throw new InvalidInputException($"{_source}: the pickle has a persistent id that is not a float or integer storage."),
    };

    private PickleTensor Tensor(PickleStorage storage, long offset, PickleTuple shapeTuple, PickleTuple strideTuple)
    {
        long[] shape = [.. Integers(shapeTuple)];
        long[] strides = [.. Integers(strideTuple)];
        var expected = 1L;
        var contiguous = shape.Length == strides.Length;
        for (var axis = shape.Length - 1; contiguous && axis >= 0; axis--)
        {
            contiguous = shape[axis] >= 0 && (shape[axis] == 1 || strides[axis] == expected);
            expected = checked(expected * shape[axis]);
        }

        return contiguous && offset >= 0 && offset <= storage.Count - expected
            ? new PickleTensor(storage, offset, shape)
            : throw new InvalidInputException(
                $"{_source}: a tensor of shape [{string.Join(", ", shape)}] and strides [{string.Join(", ", strides)}] at {offset} "
                + $"does not lie contiguously in its storage of {storage.Count}.");
    }

    private static IEnumerable<long> Integers(PickleTuple tuple) =>
        tuple.Items.Select(
            item => item is long value ? value : throw new InvalidOperationException("expected integers in a tensor's shape and strides."));

    private void Append(object?[] items) => _stack.Peek<List<object?>>().AddRange(items);

    private void SetItems(object?[] items)
    {
        var dictionary = _stack.Peek<PickleDictionary>();
        for (var i = 0; i + 1 < items.Length; i += 2)
        {
            dictionary.Items.Add((items[i], items[i + 1]));
        }
    }

    private static long Long(ReadOnlySpan<byte> bytes) => checked((long)new BigInteger(bytes));

    private string TakeLine()
    {
        var length = _pickle.AsSpan(_position).IndexOf((byte)'\n');
        var line = Encoding.UTF8.GetString(Take(length));
        _position++;
        return line;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        var bytes = _pickle.AsSpan(_position, count);
        _position += count;
        return bytes;
    }
}
