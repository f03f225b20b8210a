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

    private static readonly object Mark = new();

    private readonly string source;
    private readonly byte[] pickle;
    private readonly Stack<object?> stack = new();
    private readonly Dictionary<uint, object?> memo = [];
    private int position;

    private StateDictPickle(string source, byte[] pickle, int position)
    {
        this.source = source;
        this.pickle = pickle;
        this.position = position;
    }

    /// <summary>Reads one pickle, and returns its value and the position after it.</summary>
    /// <param name="source">The file's name in error messages.</param>
    /// <exception cref="InvalidInputException">The pickle is malformed or contains an opcode or global that is not accepted.</exception>
    public static (object? Value, int End) Read(string source, byte[] pickle, int position)
    {
        var reader = new StateDictPickle(source, pickle, position);
        try
        {
            return (reader.Run(), reader.position);
        }
        catch (Exception error) when (error is InvalidOperationException or KeyNotFoundException or ArgumentOutOfRangeException or OverflowException)
        {
            throw new InvalidInputException($"{source}: the pickle is malformed near byte {reader.position}: {error.Message}", error);
        }
    }

    private object? Run()
    {
        while (true)
        {
            var at = position;
            var opcode = Take(1)[0];
            switch (opcode)
            {
                case 0x80: // PROTO
                    if (Take(1)[0] is var protocol && protocol is < 2 or > 4)
                    {
                        throw new InvalidInputException($"{source}: expected pickle protocol 2 to 4, found {protocol}.");
                    }

                    break;
                case (byte)'.': // STOP
                    return stack.Pop();
                case (byte)'c': // GLOBAL
                    stack.Push(Global($"{TakeLine()}.{TakeLine()}"));
                    break;
                case (byte)'R': // REDUCE
                    Reduce();
                    break;
                case (byte)'b': // BUILD
                    Build();
                    break;
                case (byte)'Q': // BINPERSID
                    stack.Push(Storage(Pop<PickleTuple>().Items));
                    break;
                case (byte)'q': // BINPUT
                    memo[Take(1)[0]] = stack.Peek();
                    break;
                case (byte)'r': // LONG_BINPUT
                    memo[BinaryPrimitives.ReadUInt32LittleEndian(Take(4))] = stack.Peek();
                    break;
                case (byte)'h': // BINGET
                    stack.Push(memo[Take(1)[0]]);
                    break;
                case (byte)'j': // LONG_BINGET
                    stack.Push(memo[BinaryPrimitives.ReadUInt32LittleEndian(Take(4))]);
                    break;
                case (byte)'X': // BINUNICODE
                    stack.Push(Encoding.UTF8.GetString(Take(BinaryPrimitives.ReadInt32LittleEndian(Take(4)))));
                    break;
                case (byte)'J': // BININT
                    stack.Push((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4)));
                    break;
                case (byte)'K': // BININT1
                    stack.Push((long)Take(1)[0]);
                    break;
                case (byte)'M': // BININT2
                    stack.Push((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2)));
                    break;
                case 0x8a: // LONG1
                    stack.Push(Long(Take(Take(1)[0])));
                    break;
                case 0x88: // NEWTRUE
                    stack.Push(true);
                    break;
                case 0x89: // NEWFALSE
                    stack.Push(false);
                    break;
                case (byte)'N': // NONE
                    stack.Push(null);
                    break;
                case (byte)'(': // MARK
                    stack.Push(Mark);
                    break;
                case (byte)')': // EMPTY_TUPLE
                    stack.Push(new PickleTuple([]));
                    break;
                case (byte)'t': // TUPLE
                    stack.Push(new PickleTuple(PopToMark()));
                    break;
                case 0x85 or 0x86 or 0x87: // TUPLE1, TUPLE2, TUPLE3
                    stack.Push(new PickleTuple(Pop(opcode - 0x84)));
                    break;
                case (byte)']': // EMPTY_LIST
                    stack.Push(new List<object?>());
                    break;
                case (byte)'a': // APPEND
                    Append([stack.Pop()]);
                    break;
                case (byte)'e': // APPENDS
                    Append(PopToMark());
                    break;
                case (byte)'}': // EMPTY_DICT
                    stack.Push(new PickleDictionary { IsOrdered = false });
                    break;
                case (byte)'s': // SETITEM
                    SetItems(Pop(2));
                    break;
                case (byte)'u': // SETITEMS
                    SetItems(PopToMark());
                    break;
                default:
                    throw new InvalidInputException(
                        string.Create(CultureInfo.InvariantCulture, $"{source}: pickle opcode 0x{opcode:x2} at byte {at} is not allowed in a file of weights."));
            }
        }
    }

    private PickleGlobal Global(string name) =>
        name is OrderedDict or RebuildTensor or RebuildParameter || ElementBytes.ContainsKey(name)
            ? new PickleGlobal(name)
            : throw new InvalidInputException($"{source}: the pickle refers to {name}, which is not allowed in a file of weights.");

    private void Reduce()
    {
        var arguments = Pop<PickleTuple>().Items;
        var global = Pop<PickleGlobal>();
        stack.Push((global.Name, arguments) switch
        {
            (OrderedDict, []) => new PickleDictionary { IsOrdered = true },
            (RebuildTensor, [PickleStorage storage, long offset, PickleTuple shape, PickleTuple strides, bool, PickleDictionary { Items: [] }]) => Tensor(storage, offset, shape, strides),
            (RebuildParameter, [PickleTensor tensor, bool, PickleDictionary { Items: [] }]) => tensor,
            _ => throw new InvalidInputException($"{source}: the pickle calls {global.Name} with arguments that no file of weights has."),
        });
    }

    /// <summary>Ignores <c>_metadata</c>, the version numbers of a state dict's modules.</summary>
    private void Build()
    {
        if (stack.Pop() is not PickleDictionary { Items: [("_metadata", PickleDictionary)] } || stack.Peek() is not PickleDictionary)
        {
            throw new InvalidInputException($"{source}: the pickle sets attributes (BUILD) other than the _metadata of a state dict.");
        }
    }

    private PickleStorage Storage(object?[] id) => id switch
    {
        ["storage", PickleGlobal type, string key, string, long count] when ElementBytes.ContainsKey(type.Name) => new(key, type.Name, count),
        ["storage", PickleGlobal type, string key, string, long count, null] when ElementBytes.ContainsKey(type.Name) => new(key, type.Name, count),
        _ => throw new InvalidInputException($"{source}: the pickle has a persistent id that is not a float or integer storage."),
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
                $"{source}: a tensor of shape [{string.Join(", ", shape)}] and strides [{string.Join(", ", strides)}] at {offset} does not lie contiguously in its storage of {storage.Count}.");
    }

    private static IEnumerable<long> Integers(PickleTuple tuple) =>
        tuple.Items.Select(item => item is long value ? value : throw new InvalidOperationException("expected integers in a tensor's shape and strides."));

    private void Append(object?[] items) => Peek<List<object?>>().AddRange(items);

    private void SetItems(object?[] items)
    {
        var dictionary = Peek<PickleDictionary>();
        for (var i = 0; i + 1 < items.Length; i += 2)
        {
            dictionary.Items.Add((items[i], items[i + 1]));
        }
    }

    private object?[] PopToMark()
    {
        var items = new List<object?>();
        for (var item = stack.Pop(); !ReferenceEquals(item, Mark); item = stack.Pop())
        {
            items.Add(item);
        }

        items.Reverse();
        return [.. items];
    }

    private object?[] Pop(int count)
    {
        var items = new object?[count];
        for (var i = count - 1; i >= 0; i--)
        {
            items[i] = stack.Pop();
        }

        return items;
    }

    private T Pop<T>() => stack.Pop() is T value ? value : throw new InvalidOperationException($"expected a {typeof(T).Name} on the stack.");

    private T Peek<T>() => stack.Peek() is T value ? value : throw new InvalidOperationException($"expected a {typeof(T).Name} on the stack.");

    private static long Long(ReadOnlySpan<byte> bytes) => checked((long)new BigInteger(bytes));

    private string TakeLine()
    {
        var length = pickle.AsSpan(position).IndexOf((byte)'\n');
        var line = Encoding.UTF8.GetString(Take(length));
        position++;
        return line;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        var bytes = pickle.AsSpan(position, count);
        position += count;
        return bytes;
    }
}
