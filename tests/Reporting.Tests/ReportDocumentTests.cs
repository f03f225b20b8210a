using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using ServerlessFashion.Data;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Reporting.Tests;

public sealed class ReportDocumentTests
{
    private static readonly JsonSchema Schema = JsonSchema.FromFile(Path.Combine(AppContext.BaseDirectory, "report.schema.json"));

    public static TheoryData<string, ReportInput> Inputs()
    {
        var run = SyntheticReport.Input();
        var infinite = run.Evaluations[0] with
        {
            Test = new SetScore(.2, double.NaN),
            Train = new SetScore(.2, double.PositiveInfinity),
        };
        return new TheoryData<string, ReportInput>
        {
            { "four models", run },
            { "three seeds", SyntheticReport.Input(seeds: 3) },
            { "pruned models", SyntheticReport.Pruned() },
            { "pruned models without the dense one", SyntheticReport.Pruned(withDense: false) },
            { "garments, original split", SyntheticReport.Input(labels: LabelScheme.Garments, split: DatasetSplit.Original) },
            {
                "trained on a GPU", run with
                {
                    Environment = run.Environment with { Device = SyntheticReport.T4 },
                    Evaluations = [.. run.Evaluations.Select(model => model with { Device = SyntheticReport.T4 })],
                }
            },
            { "failures only", run with { Evaluations = [], Failures = [new ModelFailure("model1", 1, "out of memory")] } },
            { "losses that are not finite", run with { Evaluations = [infinite] } },
        };
    }

    [Theory]
    [MemberData(nameof(Inputs), DisableDiscoveryEnumeration = true)]
    public void Json_OfARun_ValidatesAgainstTheSchema(string name, ReportInput input)
    {
        var result = Schema.Evaluate(Serialise(input), new EvaluationOptions { OutputFormat = OutputFormat.List });

        var errors = (result.Details ?? []).Where(detail => detail.Errors is not null)
            .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation} {error.Value}"));
        Assert.True(result.IsValid, $"{name}: {string.Join("; ", errors)}");
    }

    [Theory]
    [InlineData("winner")]
    [InlineData("models")]
    [InlineData("comparison")]
    [InlineData("data")]
    public void Json_WithoutAFieldOfTheContract_DoesNotValidate(string field)
    {
        var json = JsonNode.Parse(Serialise(SyntheticReport.Input()).GetRawText())!.AsObject();
        json.Remove(field);

        Assert.False(Schema.Evaluate(JsonSerializer.SerializeToElement(json)).IsValid);
    }

    [Fact]
    public void Json_AccuracyInPercent_DoesNotValidate()
    {
        var json = JsonNode.Parse(Serialise(SyntheticReport.Input()).GetRawText())!;
        json["models"]![0]!["test"]!["accuracy"] = 91.2;

        Assert.False(Schema.Evaluate(JsonSerializer.SerializeToElement(json)).IsValid);
    }

    private static JsonElement Serialise(ReportInput input) =>
        JsonSerializer.SerializeToElement(ReportBuilder.Build(input), Serialization.Json.Indented);
}
