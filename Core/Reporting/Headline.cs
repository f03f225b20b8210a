namespace ServerlessFashion.Reporting;

/// <summary>The result of a run in one line. It never claims more than the paired tests on the test images.</summary>
internal static class Headline
{
    /// <param name="failures">Trainings that failed.</param>
    /// <param name="withSideInformation">Other models finished, but had side information and could not win.</param>
    public static string Of(Standing? standing, int failures, bool withSideInformation)
    {
        if (standing is null)
        {
            return "No model finished";
        }

        var winner = standing.Winner.Title;
        var better = Wording.List(Standing.Titles(standing.Better));
        return standing switch
        {
            { Contenders.Count: 1 } => $"{winner} is the only model{(withSideInformation ? " without side information" : "")}"
                + (failures > 0 ? " that finished" : ""),
            { Level.Count: > 0, Better.Count: > 0 } =>
                $"{standing.LevelWords}, and {better} {Are(standing.Better)} better on the test images; {Chosen(standing)}",
            { Level.Count: > 0 } => $"{standing.LevelWords}; {Chosen(standing)}",
            { Better.Count: > 0 } => $"{Chosen(standing)}; {better} {Are(standing.Better)} better on the test images",
            { Untested.Count: > 0 } => $"{winner} is the best of {Wording.Count(standing.Contenders.Count)} on validation",
            _ => $"{winner} is the best of {Wording.Count(standing.Contenders.Count)}",
        };
    }

    private static string Chosen(Standing standing) => $"{standing.Winner.Title} is chosen because {standing.Reason}";

    private static string Are(IReadOnlyList<ModelRank> models) => models.Count == 1 ? "is" : "are";
}
