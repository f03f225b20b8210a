using ServerlessFashion.Evaluation;

namespace ServerlessFashion.Pipeline.Tests.Steps;

/// <summary>What <c>EvaluateModel</c> leaves of a model, with the same scores on all three sets.</summary>
internal static class SmallEvaluation
{
    public static ModelEvaluation Of(string model, int seed, ScoredSet scores)
    {
        var score = LogitScore.Of(scores.Logits, scores.Labels);
        return new ModelEvaluation
        {
            Name = model,
            Seed = seed,
            Parameters = 100,
            TrainableParameters = 100,
            Epochs = 3,
            BatchSize = 64,
            TrainImages = 1,
            TrainSeconds = 7,
            TestSeconds = 2,
            BestEpoch = 1,
            SideInformation = false,
            Weights = "Glorot uniform",
            Threads = 1,
            PeakMemoryBytes = 1,
            Train = score,
            Validation = score,
            Test = score,
            History = [],
            ValidationScores = scores,
            TestScores = scores,
            TrainScores = scores,
        };
    }
}
