using ServerlessFashion.Reporting.Tables;

namespace ServerlessFashion.Reporting.Sections;

internal static class FoldsSection
{
    public static Section Of(ReportView view)
    {
        var folds = view.Document.Configuration.Folds!.Value;
        return new Section("folds", "Cross-validation", $"Each model was trained {folds} times: once without each of {folds} stratified "
            + "folds, which then validated it.",
        [
            new TableBlock(FoldTables.Validation(view), "Mean and sample standard deviation are over the folds that were trained to their "
                + "end. The fold also chose the best epoch, which makes its accuracy slightly optimistic."),
            new Bullets(
            [
                "The trainings share training images, so their accuracies depend on each other. The standard deviation shows how much "
                    + "the accuracy varies with fold and seed. It is no standard error of the mean: no unbiased estimate of the variance "
                    + "of k-fold cross-validation exists (Bengio and Grandvalet 2004, Journal of Machine Learning Research 5).",
                .. view.Winner is { } winner ? [Served(winner, folds)] : Array.Empty<string>(),
            ]),
        ]);
    }

    private static string Served(ModelGroup winner, int folds)
    {
        var best = winner.Served;
        return $"No network was trained on all folds. {winner.Title} is registered with the network of each fold, and the one of fold "
            + $"{best.Seed} stands for it, because its accuracy on its own fold is the highest. It learned from {folds - 1} of {folds} "
            + $"folds, and its accuracy on the test images is {Wording.Share(best.Test.Accuracy)}. To serve a network that learned from "
            + "more images, train the chosen model again without folds.";
    }
}
