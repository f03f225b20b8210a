namespace ServerlessFashion.Training;

/// <summary>The stack of an unpickler. A mark separates the items of a collection from the values below them.</summary>
/// <remarks>Every read of a value that is missing or of another type throws <see cref="InvalidOperationException"/>.</remarks>
internal sealed class PickleStack
{
    private static readonly object Mark = new();

    private readonly Stack<object?> _values = new();

    public void Push(object? value) => _values.Push(value);

    public void PushMark() => _values.Push(Mark);

    public object? Peek() => _values.Peek();

    public T Peek<T>() => Require<T>(_values.Peek());

    public object? Pop() => _values.Pop();

    public T Pop<T>() => Require<T>(_values.Pop());

    /// <summary>The <paramref name="count"/> values on top, in the order in which they were pushed.</summary>
    public object?[] Pop(int count)
    {
        var items = new object?[count];
        for (var i = count - 1; i >= 0; i--)
        {
            items[i] = _values.Pop();
        }

        return items;
    }

    /// <summary>The values above the last mark, in the order in which they were pushed. Removes the mark too.</summary>
    public object?[] PopToMark()
    {
        var items = new List<object?>();
        for (var item = _values.Pop(); !ReferenceEquals(item, Mark); item = _values.Pop())
        {
            items.Add(item);
        }

        items.Reverse();
        return [.. items];
    }

    private static T Require<T>(object? found) =>
        found is T value ? value : throw new InvalidOperationException($"expected a {typeof(T).Name} on the stack.");
}
