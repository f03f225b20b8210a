namespace ServerlessFashion.Training.Tests;

public class PickleStackTests
{
    private readonly PickleStack _stack = new();

    [Fact]
    public void Pop_SeveralValues_AreInTheOrderInWhichTheyWerePushed()
    {
        Push(1, 2, 3);

        Assert.Equal([2, 3], _stack.Pop(2));
        Assert.Equal(1, _stack.Pop());
    }

    [Fact]
    public void PopToMark_NestedMarks_StopsAtTheLastAndRemovesIt()
    {
        Push(1);
        _stack.PushMark();
        Push(2);
        _stack.PushMark();
        Push(3, null);

        Assert.Equal([3, null], _stack.PopToMark());
        Assert.Equal([2], _stack.PopToMark());
        Assert.Equal(1, _stack.Peek());
    }

    [Fact]
    public void PopToMark_NoMark_Fails()
    {
        Push(1, 2);

        Assert.Throws<InvalidOperationException>(_stack.PopToMark);
    }

    [Fact]
    public void Pop_ValueOfAnotherType_FailsWithTheExpectedType()
    {
        Push(1);

        var error = Assert.Throws<InvalidOperationException>(() => _stack.Pop<PickleTuple>());

        Assert.Equal("expected a PickleTuple on the stack.", error.Message);
    }

    private void Push(params object?[] values)
    {
        foreach (var value in values)
        {
            _stack.Push(value);
        }
    }
}
