using ServerlessFashion.Cli.Display;

namespace ServerlessFashion.Cli.Tests.Display;

public sealed class ConfirmationTests
{
    [Theory]
    [InlineData("y\n", true)]
    [InlineData(" Yes \n", true)]
    [InlineData("n\n", false)]
    [InlineData("\n", false)]
    [InlineData("yep\n", false)]
    [InlineData("", false)]
    public async Task Ask_EveryAnswer_AgreesOnlyWithYes(string answer, bool expected)
    {
        using var answers = new StringReader(answer);
        await using var questions = new StringWriter();

        var confirmation = new Confirmation(answers, questions, isTerminal: true);
        Assert.Equal(expected, await confirmation.AskAsync("Delete?", "add --yes", TestContext.Current.CancellationToken));
        Assert.Equal("Delete? [y/N] ", questions.ToString());
    }

    [Fact]
    public async Task Ask_NoTerminal_IsRefusedWithTheRemedy()
    {
        using var answers = new StringReader("y\n");
        await using var questions = new StringWriter();

        var refused = await Assert.ThrowsAsync<InvalidInputException>(
            () => new Confirmation(answers, questions, isTerminal: false)
                .AskAsync("Delete?", "delete: add --yes.", TestContext.Current.CancellationToken));

        Assert.Equal(("delete: add --yes.", ""), (refused.Message, questions.ToString()));
    }
}
