namespace ServerlessFashion.Core.Tests;

public class InvalidInputExceptionTests
{
    [Fact]
    public void Message_WithControlCharacters_IsOneLineThatATerminalCanShow() =>
        Assert.Equal("a.csv: column '?[31m? ' is not é.", new InvalidInputException("a.csv: column '\u001b[31m\u0000\n' is not é.").Message);

    [Fact]
    public void Message_WithAWholeFileInIt_IsCut() =>
        Assert.Equal($"a.csv: {new string('x', 793)}...", new InvalidInputException($"a.csv: {new string('x', 1_000_000)}").Message);
}
