using ServerlessFashion.Runs;

namespace ServerlessFashion.Domain.Tests.Runs;

public sealed class RunDescriptionTests
{
    [Fact]
    public void Of_TextsWithSpaceAroundAndRepeatedTags_TrimsAndDropsThem()
    {
        var run = RunDescription.Of("  Baseline, 2nd try ", [" b", "a", "b "], "\r\nfirst\r\nsecond\t2\n");

        Assert.Equal(("Baseline, 2nd try", "first\nsecond\t2"), (run.Name, run.Notes));
        Assert.Equal(["b", "a"], run.Tags);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  \n")]
    public void Of_EmptyText_IsNone(string? text)
    {
        var run = RunDescription.Of(text, [], text);

        Assert.Equal((null, null), (run.Name, run.Notes));
    }

    [Theory]
    [InlineData("two\nlines", "name: expected one line without control characters, found 'two lines'.")]
    [InlineData("red \u001b[31m", "name: expected one line without control characters, found 'red ?[31m'.")]
    public void WithName_ControlCharacters_AreRefused(string name, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidInputException>(() => RunDescription.None.WithName(name)).Message);

    [Theory]
    [InlineData("", "tags: a tag has 1 to 50 characters, found 0.")]
    [InlineData("a b", "tags: expected words without spaces, commas and control characters, such as night-run, found 'a b'.")]
    [InlineData("a,b", "tags: expected words without spaces, commas and control characters, such as night-run, found 'a,b'.")]
    [InlineData("a\u0000", "tags: expected words without spaces, commas and control characters, such as night-run, found 'a?'.")]
    [InlineData("-a", "tags: expected a tag that does not begin with + or -, found '-a'.")]
    public void WithTags_BadTag_IsRefused(string tag, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidInputException>(() => RunDescription.None.WithTags([tag])).Message);

    [Fact]
    public void Of_LongestTexts_AreTakenAndLongerOnesRefused()
    {
        var tags = Enumerable.Range(10, 20).Select(number => $"{number}{new string('t', 48)}").ToList();

        var run = RunDescription.Of(new string('n', 100), tags, new string('t', 4000));

        Assert.Equal((100, 20, 4000), (run.Name!.Length, run.Tags.Count, run.Notes!.Length));
        AssertRefused("name: expected at most 100 characters, found 101.", () => run.WithName(new string('n', 101)));
        AssertRefused("notes: expected at most 4000 characters, found 4001.", () => run.WithNotes(new string('n', 4001)));
        AssertRefused("tags: a tag has 1 to 50 characters, found 51.", () => run.WithTags([new string('n', 51)]));
        AssertRefused("tags: a run has at most 20 tags, found 21.", () => run.WithTags(tags.Append("one-more")));
    }

    private static void AssertRefused(string message, Func<RunDescription> change) =>
        Assert.Equal(message, Assert.Throws<InvalidInputException>(change).Message);
}
