using System.Text;
using ServerlessFashion.Api.Documents;
using ServerlessFashion.Api.Requests;
using ServerlessFashion.Data;
using ServerlessFashion.Devices;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Api.Tests.Requests;

public class JsonFieldsTests
{
    [Fact]
    public void Read_EveryField_IsTaken()
    {
        var options = Read<ComparisonOptions>("""
            {
                "preset": "smoke", "models": ["model3"], "labels": "garments", "split": "original", "seeds": 2, "epochs": {"model3": 7},
                "budget": "30m", "device": "cpu"
            }
            """);

        Assert.Equal("model3", Assert.Single(options.Models!));
        Assert.Equal(7, options.Epochs!["model3"]);
        Assert.Equal(
            ("smoke", LabelScheme.Garments, DatasetSplit.Original, 2, "30m", DeviceChoice.Cpu),
            (options.Preset, options.Labels, options.Split, options.Seeds, options.Budget, options.Device));
    }

    [Fact]
    public void Read_WholeNumberWithAFraction_IsAnInteger()
    {
        var options = Read<ComparisonOptions>("""{"seeds": 2.0, "epochs": {"model1": 1e2}}""");

        Assert.Equal((2, 100), (options.Seeds, options.Epochs!["model1"]));
    }

    [Fact]
    public void Read_NullField_CountsAsLeftOut() =>
        Assert.Equal(new ComparisonOptions(), Read<ComparisonOptions>("""{"seeds": null, "labels": null}"""));

    [Theory]
    [InlineData("""{"labels": "Five"}""", "labels: expected one of five, garments, classes, found \"Five\".")]
    [InlineData("""{"labels": "five, garments"}""", "labels: expected one of five, garments, classes, found \"five, garments\".")]
    [InlineData("""{"seeds": "2"}""", "seeds: expected a whole number, found \"2\".")]
    [InlineData("""{"seeds": 2.5}""", "seeds: expected a whole number, found 2.5.")]
    [InlineData("""{"classWeights": "yes"}""", "classWeights: expected true or false, found \"yes\".")]
    [InlineData("""{"models": [null]}""", "models: expected an array of strings, found [null].")]
    [InlineData("""{"epochs": {"model1": 1e-2}}""", "epochs: expected an object with whole numbers, found {\"model1\": 1e-2}.")]
    [InlineData(
        """{"Preset": "smoke"}""",
        "Preset: not a field of this request; its fields are preset, models, specs, dataset, labels, split, seeds, folds, epochs, "
        + "set, classWeights, search, budget, device, allowRandomWeights, name, tags, notes.")]
    public void Read_FieldThatCannotBeUsed_IsNamed(string body, string detail)
    {
        var problem = Assert.Throws<ProblemException>(() => Read<ComparisonOptions>(body));

        Assert.Equal((400, detail), (problem.Status, problem.Message));
    }

    [Fact]
    public void Read_SeveralBadFields_NamesAll()
    {
        var problem = Assert.Throws<ProblemException>(() => Read<ComparisonOptions>("""{"a/b~c": 1, "seeds": "x", "preset": 3}"""));

        Assert.Equal(["#/preset", "#/seeds", "#/a~1b~0c"], problem.Errors.Select(error => Uri.UnescapeDataString(error.Pointer)));
    }

    [Theory]
    [InlineData("{}", "runId: expected a string, found nothing. model: expected a string, found nothing.")]
    [InlineData("""{"runId": "", "model": null}""", "runId: expected a string, found nothing. model: expected a string, found nothing.")]
    public void Read_RequiredFieldIsMissing_IsNamed(string body, string detail) =>
        Assert.Equal(detail, Assert.Throws<ProblemException>(() => Read<ChampionRequest>(body)).Message);

    private static T Read<T>(string body) where T : class => JsonFields.Read<T>(JsonText.Parse(Encoding.UTF8.GetBytes(body)));
}
