using ServerlessFashion.Search;
using ServerlessFashion.Specs;

namespace ServerlessFashion.Domain.Tests.Search;

public class SearchParameterTests
{
    /// <summary>By hand: the middle of a linear and of a logarithmic scale, and whole numbers with equal shares.</summary>
    [Theory]
    [InlineData(0, .5, ParameterScale.Linear, false, .5, "0.25")]
    [InlineData(1e-4, 1e-2, ParameterScale.Log, false, .5, "0.001")]
    [InlineData(1e-4, 1e-2, ParameterScale.Log, false, 0, "0.0001")]
    [InlineData(1, 4, ParameterScale.Linear, true, .2499, "1")]
    [InlineData(1, 4, ParameterScale.Linear, true, .2501, "2")]
    [InlineData(1, 4, ParameterScale.Linear, true, 1, "4")]
    public void ValueAt_OfNumbers_FollowsTheScale(
        double from, double to, ParameterScale scale, bool whole, double point, string expected)
    {
        var parameter = SearchParameter.Of("p", new ParameterRange { From = from, To = to, Scale = scale, Whole = whole });

        Assert.Equal(expected, parameter.ValueAt(point).Text);
    }

    /// <summary>By hand: 0.00034567 keeps three digits.</summary>
    [Fact]
    public void ValueAt_OfNumbers_HasThreeDigits()
    {
        var parameter = SearchParameter.Of("p", new ParameterRange { From = 0, To = .00034567 * 2 });

        Assert.Equal("0.000346", parameter.ValueAt(.5).Text);
    }

    [Fact]
    public void PointOf_Values_IsTheCentreOfTheirPoints()
    {
        var number = SearchParameter.Of("p", new ParameterRange { From = 1e-4, To = 1e-2, Scale = ParameterScale.Log });
        var whole = SearchParameter.Of("p", new ParameterRange { From = 1, To = 4, Whole = true });
        var choice = SearchParameter.Of("p", new ParameterRange { Values = [OptionValue.Of("64"), OptionValue.Of("128")] });

        Assert.Equal(.5, number.PointOf(OptionValue.Of("1e-3")), 12);
        Assert.Equal(.125, whole.PointOf(OptionValue.Of("1")), 12);
        Assert.Equal(.75, choice.PointOf(OptionValue.Of("128")), 12);
    }

    public static TheoryData<ParameterRange, string> Unusable => new()
    {
        { new(), "give values, or from and to" },
        { new() { From = 1 }, "give values, or from and to" },
        { new() { From = 2, To = 1 }, "from must be less than to" },
        { new() { From = 0, To = double.NaN }, "from must be less than to" },
        { new() { From = 0, To = 1, Scale = ParameterScale.Log }, "the scale log needs from above 0" },
        { new() { From = .5, To = 2, Whole = true }, "from and to must be whole numbers" },
        { new() { From = 1, To = 2, Values = [OptionValue.Of("1"), OptionValue.Of("2")] }, "give either values, or from and to" },
        { new() { Values = [OptionValue.Of("1")] }, "expected at least 2 values, found 1" },
        { new() { Values = [OptionValue.Of("64"), OptionValue.Of("6.4e1")] }, "a value is named twice" },
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public void Of_UnusableRange_NamesTheParameter(ParameterRange range, string expected) =>
        Assert.Equal(
            $"space: learningRate: {expected}.",
            Assert.Throws<InvalidInputException>(() => SearchParameter.Of("learningRate", range)).Message);
}
