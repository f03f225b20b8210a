using ServerlessFashion.Evaluation;

namespace ServerlessFashion.Domain.Tests.Evaluation;

public class SoftVoteTests
{
    /// <summary>
    /// Softmax of (0, ln 3) is (1/4, 3/4) and of (ln 4, 0) is (4/5, 1/5); their mean is (.525, .475): the vote turns the first
    /// model round.
    /// </summary>
    [Fact]
    public void Of_TwoMembers_IsTheLogarithmOfTheMeanProbability()
    {
        var vote = SoftVote.Of([Scores(0, MathF.Log(3)), Scores(MathF.Log(4), 0)]);

        Assert.Equal(Math.Log(.525), vote.Logits[0], 1e-6);
        Assert.Equal(Math.Log(.475), vote.Logits[1], 1e-6);
        Assert.Equal([0], ClassProbabilities.Labels(vote));
        Assert.Equal([1], vote.Labels);
    }

    [Fact]
    public void Of_ALabelThatNobodyGives_StaysFinite() =>
        Assert.True(float.IsFinite(SoftVote.Of([Scores(0, -2000), Scores(0, -3000)]).Logits[1]));

    [Fact]
    public void Of_MembersOnOtherImages_IsRefused() =>
        Assert.Throws<InvalidInputException>(() => SoftVote.Of([Scores(0, 1), Scores(0, 1) with { Ids = [8] }]));

    [Fact]
    public void Of_NoMember_IsRefused() => Assert.Throws<InvalidInputException>(() => SoftVote.Of([]));

    private static ScoredSet Scores(params float[] logits) => new([7], [1], logits);
}
