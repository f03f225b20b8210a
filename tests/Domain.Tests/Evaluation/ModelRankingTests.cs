using ServerlessFashion.Evaluation;

namespace ServerlessFashion.Domain.Tests.Evaluation;

public class ModelRankingTests
{
    /// <summary>Means by hand: a (.8 + .9) / 2 = .85, b .86, c (.7 + .9) / 2 = .8.</summary>
    [Fact]
    public void Order_SeveralSeeds_IsByMeanValidationAccuracy() => Assert.Equal(
        ["b", "a", "c"],
        Names(Model("a", .8), Model("a", .9, seed: 2), Model("b", .86), Model("c", .7), Model("c", .9, seed: 2)));

    [Fact]
    public void Order_EqualAccuracies_IsByLossThenParametersThenName() => Assert.Equal(
        ["z", "y", "b", "x"],
        Names(Model("x", .9, .3, 20), Model("y", .9, .3, 10), Model("z", .9, .2, 99), Model("b", .9, .3, 20)));

    [Fact]
    public void Order_NotANumber_ComesLast() => Assert.Equal(
        ["lost", "nan"], Names(Model("nan", double.NaN, double.NaN), Model("lost", 0, double.NaN)));

    /// <summary>The test accuracy of a model must not influence the choice.</summary>
    [Fact]
    public void Winner_BetterOnTheTestImagesOnly_DoesNotWin() => Assert.Equal(
        "a", ModelRanking.Winner([Model("a", .9), Model("b", .8) with { Test = new SetScore(1, 0) }]));

    [Fact]
    public void Winner_BestUsesSideInformation_IsTheBestOfTheOthers() => Assert.Equal(
        "b", ModelRanking.Winner([Model("a", .9) with { SideInformation = true }, Model("c", .7), Model("b", .8)]));

    [Fact]
    public void Winner_AllUseSideInformation_IsTheBestOfThem() => Assert.Equal(
        "a", ModelRanking.Winner([Model("b", .8) with { SideInformation = true }, Model("a", .9) with { SideInformation = true }]));

    [Fact]
    public void Winner_NoModel_IsNull() => Assert.Null(ModelRanking.Winner([]));

    private static IEnumerable<string> Names(params ModelEvaluation[] evaluations) =>
        ModelRanking.Order(evaluations).Select(seeds => seeds.Key);

    private static ModelEvaluation Model(string name, double accuracy, double loss = .3, long parameters = 1, int seed = 1) => new()
    {
        Name = name,
        Seed = seed,
        Parameters = parameters,
        TrainableParameters = parameters,
        Epochs = 1,
        BatchSize = 1,
        TrainImages = 1,
        TrainSeconds = 1,
        TestSeconds = 1,
        BestEpoch = 1,
        SideInformation = false,
        Weights = "",
        Threads = 1,
        PeakMemoryBytes = 1,
        Train = new SetScore(.5, 1),
        Validation = new SetScore(accuracy, loss),
        Test = new SetScore(.5, 1),
        History = [],
        ValidationScores = new ScoredSet([], [], []),
        TestScores = new ScoredSet([], [], []),
    };
}
