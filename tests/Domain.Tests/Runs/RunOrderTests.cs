using ServerlessFashion.Runs;

namespace ServerlessFashion.Domain.Tests.Runs;

public sealed class RunOrderTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Created in the order of their ids.</summary>
    private static readonly RunRecord[] Runs =
    [
        Run(1, "beta", .5, .25, 90),
        Run(2, "Alpha", .75, double.NaN, 3600),
        Run(3, null, null, null, null),
        Run(4, "alpha", .75, .125, 0),
        Run(5, null, 0, 1, 10),
    ];

    [Theory]
    [InlineData(RunSort.Created, null, "54321")]
    [InlineData(RunSort.Created, SortDirection.Asc, "12345")]
    [InlineData(RunSort.Name, null, "42153")]
    [InlineData(RunSort.Name, SortDirection.Desc, "14253")]
    [InlineData(RunSort.Validation, null, "42153")]
    [InlineData(RunSort.Validation, SortDirection.Asc, "51423")]
    [InlineData(RunSort.Test, null, "51432")]
    [InlineData(RunSort.Test, SortDirection.Asc, "41532")]
    [InlineData(RunSort.Duration, null, "21543")]
    public void Compare_EverySort_ListsRunsWithoutAValueLastAndEqualOnesNewestFirst(RunSort sort, SortDirection? direction, string expected)
    {
        var order = RunOrder.Of(sort, direction);

        Assert.Equal(expected, string.Concat(Runs.OrderBy(order.PositionOf, order).Select(run => run.Id)));
    }

    [Theory]
    [InlineData(RunSort.Name)]
    [InlineData(RunSort.Validation)]
    [InlineData(RunSort.Created)]
    public void Format_EveryRun_IsReadBack(RunSort sort)
    {
        var order = RunOrder.Of(sort, null);
        var named = Runs[0] with { Description = RunDescription.Of("two words - 3", [], null) };

        foreach (var position in Runs.Append(named).Select(order.PositionOf))
        {
            Assert.Equal(position, RunPosition.Parse(position.Format(order), order));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("Name Asc 0000000000000000001 run")]
    [InlineData("Name Asc 0000000000000000001 run ")]
    [InlineData("Name Asc 0000000000000000001 run *")]
    [InlineData("Name Asc 1 run +a")]
    [InlineData("Name Asc 0000000000000000001 ../run +a")]
    public void Parse_TextOfNoList_IsRefused(string text) =>
        Assert.Equal(
            "continuation: expected the value that the page before gave, found another.",
            Assert.Throws<InvalidInputException>(() => RunPosition.Parse(text, RunOrder.Of(RunSort.Name, null))).Message);

    [Fact]
    public void Parse_TextOfAnotherOrder_IsRefused()
    {
        var order = RunOrder.Of(RunSort.Name, null);
        var text = order.PositionOf(Runs[0]).Format(order);

        var refused = Assert.Throws<InvalidInputException>(() => RunPosition.Parse(text, RunOrder.Of(RunSort.Name, SortDirection.Desc)));

        Assert.StartsWith("continuation: it belongs to a list of another order", refused.Message, StringComparison.Ordinal);
    }

    private static RunRecord Run(int number, string? name, double? validation, double? test, double? seconds) => new()
    {
        Id = $"{number}",
        Status = RunStatus.Completed,
        CreatedAt = Noon.AddMinutes(number),
        StartedAt = seconds is null ? null : Noon.AddMinutes(number),
        FinishedAt = Noon.AddMinutes(number).AddSeconds(seconds ?? 0),
        Preset = "smoke",
        Models = [],
        Description = RunDescription.Of(name, [], null),
        Best = validation is { } accuracy ? new EvaluatedModel("model1", 1, accuracy, test!.Value) : null,
    };
}
