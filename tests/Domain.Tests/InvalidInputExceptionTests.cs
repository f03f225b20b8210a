namespace ServerlessFashion.Domain.Tests;

public class InvalidInputExceptionTests
{
    [Fact]
    public void Message_WithControlCharacters_IsOneLineThatATerminalCanShow() =>
        Assert.Equal(
            "a.csv: column '?[31m? ' is not é.", new InvalidInputException("a.csv: column '\u001b[31m\u0000\n' is not é.").Message);

    [Fact]
    public void Message_WithAWholeFileInIt_IsCut() =>
        Assert.Equal($"a.csv: {new string('x', 393)}...{new string('x', 400)}",
            new InvalidInputException($"a.csv: {new string('x', 1_000_000)}").Message);

    /// <summary>Storage allows names of 1,024 characters.</summary>
    [Fact]
    public void Message_AfterALongName_StillSaysWhatIsWrong() =>
        Assert.EndsWith("nnn: the file is empty.", new InvalidInputException($"{new string('n', 1024)}: the file is empty.").Message,
            StringComparison.Ordinal);
}
