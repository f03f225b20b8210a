using System.Globalization;
using System.Text;
using ServerlessFashion.Data;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Models;

namespace ServerlessFashion.Reporting.ModelCards;

/// <summary>
/// A model card in the form of the Hugging Face Hub: metadata in YAML, then Markdown (https://huggingface.co/docs/hub/model-cards). The
/// same input always gives the same text.
/// </summary>
public static class ModelCard
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "MODEL_CARD.md";

    public static string Render(ModelCardInput input)
    {
        var labels = input.Definition.Labels;
        var scores = input.Evaluation.TestScores;
        var confusion = ConfusionMatrix.Of(scores.Labels, ClassProbabilities.Labels(scores), labels.Count);
        var text = new StringBuilder();
        text.Append(ModelCardMetadata.Render(input));
        text.Append(CultureInfo.InvariantCulture, $"\n# {input.Definition.TitleOf(input.Version.Model)}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{labels.Wording.Task}\n\n");
        AppendDetails(text, input);
        AppendUse(text, labels);
        AppendData(text, input, labels);
        AppendInput(text, labels);
        AppendFigures(text, input, labels, confusion);
        AppendLimits(text, input);
        text.Append("## How to load it\n\n").Append(ModelCardUsage.Render(labels.Images));
        AppendFiles(text, input);
        return text.ToString();
    }

    private static void AppendDetails(StringBuilder text, ModelCardInput input)
    {
        var (version, model) = (input.Version, input.Evaluation);
        var spec = input.Definition.Specs.FirstOrDefault(spec => spec.Name == version.Model);
        text.Append("## Model\n\n");
        if (spec is not null)
        {
            Line($"{Wording.Sentence(spec.Description.TrimEnd('.'))}.\n");
        }

        Line($"- id: `{version.Id}`");
        if (input.Run.Name is { } name)
        {
            Line($"- run: {Escape(name)}");
        }

        Line($"- parameters: {Wording.Count(model.Parameters)} ({Wording.Count(model.TrainableParameters)} trainable)");
        Line(model.Members.Count > 0
            ? $"- ensemble: the mean of the probabilities of {Wording.List(model.Members)}"
            : $"- training: epochs {Wording.Count(model.Epochs)}, batch size {Wording.Count(model.BatchSize)}, seed {version.Seed}, start "
                + $"weights {model.Weights}; epoch {Wording.Count(model.BestEpoch)} is kept, the best on validation");
        if (input.Definition.Configuration.Folds is { } folds)
        {
            Line($"- cross-validation: trained without fold {version.Seed} of {folds}, which was its validation set");
        }

        if (input.Definition.Configuration.ClassWeights is true)
        {
            Line($"- class weights: {Wording.BalancedClasses}");
        }

        if (!input.Definition.Labels.AreOfFashionMnist)
        {
            text.Append('\n');
            return;
        }

        Line($"- label information beyond the competition's: {(version.SideInformation ? "yes, the garments of the images" : "none")}\n");

        void Line(string line) => text.Append(line).Append('\n');
    }

    private static void AppendUse(StringBuilder text, ClassLabels labels) => text.Append(
        $"""
        ## Intended use

        Meant for: {IntendedUse.MeantFor}

        Not meant for: {IntendedUse.NotMeantFor(labels)}


        """.ReplaceLineEndings("\n"));

    private static void AppendData(StringBuilder text, ModelCardInput input, ClassLabels labels) => text.Append(
        $"""
        ## Data

        {SourceOf(input, labels)} {labels.Wording.Images}

        - training images: {Wording.Count(input.Evaluation.TrainImages)}
        - validation images: {Wording.Count(input.Evaluation.ValidationScores.Count)}; they chose the epoch and the winner of the run
        - test images: {Wording.Count(input.Version.TestImages)}; they influenced no weight and no choice within the run
        - SHA-256 of {HashedOf(labels)}: `{input.Version.DataSha256}`


        """.ReplaceLineEndings("\n"));

    private static void AppendInput(StringBuilder text, ClassLabels labels)
    {
        var (side, channels) = (labels.Images.Side, labels.Images.Channels);
        text.Append(
            $"""
            ## Input and output

            - input `images`: float32 [N, {channels}, {side}, {side}]; {ValuesOf(labels)}; N is free
            - outputs `logits` and `probabilities` (their softmax): float32 [N, classes]

            {PreparationOf(labels)}

            | output | label | meaning |
            |---|---|---|

            """.ReplaceLineEndings("\n"));
        for (var label = 0; label < labels.Count; label++)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {label} | {labels.Names[label]} | {labels.Titles[label]} |\n");
        }

        text.Append('\n');
    }

    private static void AppendFigures(StringBuilder text, ModelCardInput input, ClassLabels labels, ConfusionMatrix confusion)
    {
        var validation = input.Evaluation.ValidationScores;
        var right = ClassProbabilities.Labels(validation).Zip(validation.Labels).Count(pair => pair.First == pair.Second);
        text.Append(
            """
            ## Figures

            Intervals are Wilson's 95 % score intervals. They cover the choice of the images, not that of the seed.

            | figure | value | low | high | images |
            |---|---|---|---|---|

            """.ReplaceLineEndings("\n"));
        AppendShare(text, "test accuracy", confusion.Right, confusion.Total);
        AppendShare(text, "validation accuracy", right, validation.Count);
        text.Append(CultureInfo.InvariantCulture, $"| test macro F1 | {Wording.Share(confusion.MacroF1)} | | | {confusion.Total} |\n\n");
        text.Append("| label | precision | low | high | recall | low | high | F1 | images |\n|---|---|---|---|---|---|---|---|---|\n");
        for (var label = 0; label < labels.Count; label++)
        {
            var (hits, support, predicted) = (confusion.Rows[label][label], confusion.Support(label), confusion.Predicted(label));
            text.Append(CultureInfo.InvariantCulture,
                $"| {labels.Names[label]} | {Share(hits, predicted)} | {Share(hits, support)} | {Wording.Share(confusion.F1(label))} "
                + $"| {support} |\n");
        }

        text.Append('\n');
    }

    private static void AppendShare(StringBuilder text, string name, int hits, int total) =>
        text.Append(CultureInfo.InvariantCulture, $"| {name} | {Share(hits, total)} | {total} |\n");

    /// <summary>Three cells: the share and the ends of its interval; dashes where it is undefined.</summary>
    private static string Share(int hits, int total)
    {
        if (total == 0)
        {
            return "- | - | -";
        }

        var interval = Interval.Wilson(hits, total);
        return $"{Wording.Share((double)hits / total)} | {Wording.Share(interval.Low)} | {Wording.Share(interval.High)}";
    }

    private static void AppendLimits(StringBuilder text, ModelCardInput input)
    {
        text.Append(
            $"""
            ## Limits

            - The figures hold for images that were made as those of {ImagesOf(input)} were. Other photographs were not measured.
            - Nothing calibrates the probabilities after the training; the report of the run says how well they fit.

            """.ReplaceLineEndings("\n"));
        if (input.Version.SideInformation)
        {
            text.Append("- The training used garment labels that the competition did not provide. Do not compare the figures with those of "
                + "models without them.\n");
        }

        text.Append('\n');
    }

    private static void AppendFiles(StringBuilder text, ModelCardInput input)
    {
        var weights = input.HasSafetensors
            ? "| `model.safetensors` | the weights alone, under their names in the network |\n"
            : "";
        text.Append(
            $"""
            ## Files

            | file | content |
            |---|---|
            | `model.onnx` | ONNX, opset 17, {Wording.Count(input.Version.OnnxBytes)} bytes, SHA-256 `{input.Version.OnnxSha256}` |
            {weights}| `{FileName}` | this card |

            """.ReplaceLineEndings("\n"));
    }

    private static string SourceOf(ModelCardInput input, ClassLabels labels) => labels.AreOfFashionMnist
        ? $"Fashion-MNIST (Xiao, Rasul, Vollgraf 2017, arXiv 1708.07747), MIT licence, {Wording.Split(input.Version.Split)} split."
        : $"The registered data set {labels.Dataset}; the test images are {Wording.Split(input.Version.Split, labels)}.";

    private static string HashedOf(ClassLabels labels) =>
        labels.AreOfFashionMnist ? "the uncompressed content of the four original files" : "class names, labels and pixels";

    private static string ImagesOf(ModelCardInput input) => input.Definition.Labels.AreOfFashionMnist ? "Fashion-MNIST" : "the data set";

    private static string ValuesOf(ClassLabels labels) => labels.AreOfFashionMnist
        ? "grey value / 255, a light garment on a dark ground as in Fashion-MNIST"
        : labels.Images.IsColour ? "red, green and blue / 255" : "grey value / 255";

    private static string PreparationOf(ClassLabels labels) => labels.AreOfFashionMnist
        ? "A photograph needs the preparation of Fashion-MNIST first: trim the edges, reduce the longest edge to 28, centre the garment "
            + "on\n28x28, negate a light ground, and convert to grey."
        : $"A picture is stretched to {labels.Images.Side}x{labels.Images.Side} first, and nothing else is done to it.";

    /// <summary>Text of a user in Markdown.</summary>
    private static string Escape(string text) => string.Concat(
        text.Select(character => char.IsLetterOrDigit(character) || character == ' ' ? $"{character}" : $"\\{character}"));
}
