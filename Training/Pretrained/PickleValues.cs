namespace ServerlessFashion.Training;

/// <summary>A name of Python code that a pickle refers to. It is only compared, never resolved.</summary>
internal sealed record PickleGlobal(string Name);

/// <summary>A dictionary of a pickle, in insertion order.</summary>
internal sealed class PickleDictionary
{
    /// <summary>True for an OrderedDict, false for a plain dict.</summary>
    public required bool IsOrdered { get; init; }

    public List<(object? Key, object? Value)> Items { get; } = [];
}

/// <summary>A tuple of a pickle.</summary>
internal sealed record PickleTuple(object?[] Items);

/// <summary>A storage of raw numbers outside the pickle.</summary>
/// <param name="Key">Name of the storage.</param>
/// <param name="Type">Global of its element type, e.g. <c>torch.FloatStorage</c>.</param>
/// <param name="Count">Elements.</param>
internal sealed record PickleStorage(string Key, string Type, long Count);

/// <summary>A contiguous view on a storage.</summary>
internal sealed record PickleTensor(PickleStorage Storage, long Offset, long[] Shape)
{
    public long Count => Shape.Aggregate(1L, (product, size) => product * size);
}
