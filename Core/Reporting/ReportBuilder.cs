using ServerlessFashion.Data;
using ServerlessFashion.Evaluation;

namespace ServerlessFashion.Reporting;

/// <summary>Computes the whole content of a report. The same input always gives the same document.</summary>
public static class ReportBuilder
{
    public static ReportDocument Build(ReportInput input)
    {
        var analyses = input.Analyse();
        var models = analyses.Select(model => model.Report).ToArray();
        var comparison = ComparisonBuilder.Build(analyses, input.Definition.TitleOf);
        var winner = ModelRanking.Winner(input.Evaluations);
        var standing = Standing.Of(models, comparison, winner);
        return new ReportDocument
        {
            RunId = input.RunId,
            Name = input.Description.Name,
            Tags = input.Description.Tags,
            Notes = input.Description.Notes,
            CreatedAt = input.CreatedAt,
            Configuration = input.Configuration,
            Data = input.Data,
            Environment = input.Environment,
            TrainingEnvironments = input.TrainingEnvironments,
            Models = models,
            Failures = input.Failures,
            Comparison = comparison with { LevelWithWinner = [.. standing?.Level.Select(rank => rank.Name) ?? []] },
            Winner = winner,
            Published = input.Definition.Labels.AreOfFashionMnist ? PublishedStudy.Results : [],
            LabelNames = input.Definition.Labels.Names,
            Headline = Reporting.Headline.Of(
                standing, input.Failures.Count, withSideInformation: standing?.Contenders.Count < comparison.Ranking.Count),
            Verdict = Reporting.Verdict.Of(
                models, comparison, winner, input.Data, input.Definition.Labels, Wording.MemberOf(input.Configuration)),
            Pruning = PruningBuilder.Build(input),
            Search = SearchBuilder.Build(input),
        };
    }
}
