using System.Globalization;
using System.Text;
using ServerlessFashion.Data;

namespace ServerlessFashion.Models;

/// <summary>One row of a model's architecture table.</summary>
/// <param name="Name">The layer's name, as in the names of its weights.</param>
/// <param name="Kind">The layer in words: <c>Conv2D 32 3x3 same, ReLU</c>.</param>
/// <param name="OutputShape">As Keras prints it, channels last: <c>(None, 26, 26, 32)</c>.</param>
/// <param name="Parameters">Moving statistics included.</param>
public sealed record SummaryRow(string Name, string Kind, string OutputShape, long Parameters);

/// <summary>A model's layers, output shapes and parameter counts, as in Keras's <c>summary()</c>.</summary>
/// <param name="TotalParameters">BatchNorm moving statistics included.</param>
/// <param name="TrainableParameters">Parameters that at least one phase of the recipe changes by gradient.</param>
public sealed record ModelSummary(string Title, IReadOnlyList<SummaryRow> Rows, long TotalParameters, long TrainableParameters)
{
    public long NonTrainableParameters => TotalParameters - TrainableParameters;

    public static ModelSummary Of(ModelSpec spec, ClassLabels labels)
    {
        var plan = ModelPlan.Of(spec, labels);
        return new ModelSummary(
            spec.Title,
            [
                // The parts of a layer stand before it and have its parameters, as in a functional model of Keras.
                .. plan.Layers.SelectMany(layer => layer.Parts.Append(layer)).Select(layer => new SummaryRow(
                    layer.Name, Describe(layer), layer.Output.ToString(),
                    layer.Parts.Count > 0 ? 0 : layer.Weights.Sum(weight => weight.Count))),
            ],
            plan.Parameters,
            TrainableWeights.Count(plan, spec.Phases));
    }

    /// <summary>The table as text, at least 78 characters wide, with a line feed after each line.</summary>
    public string ToText()
    {
        const int Least = 44;
        const int Others = 34;
        var longest = Rows.Max(row => row.Name.Length + row.Kind.Length) + " ()".Length;
        var first = longest > Least ? longest + 1 : Least;
        var text = new StringBuilder();
        void Line(string line) => text.Append(line.TrimEnd()).Append('\n');
        void Row(string layer, string shape, string count) => Line($"{layer.PadRight(first)}{shape,-22}{count,12}");

        Line($"Model: \"{Title}\"");
        Line(new string('_', first + Others));
        Row("Layer (type)", "Output Shape", "Param #");
        Line(new string('=', first + Others));
        foreach (var row in Rows)
        {
            Row($"{row.Name} ({row.Kind})", row.OutputShape, Number(row.Parameters));
        }

        Line(new string('=', first + Others));
        Line($"Total params: {Number(TotalParameters)}");
        Line($"Trainable params: {Number(TrainableParameters)}");
        Line($"Non-trainable params: {Number(NonTrainableParameters)}");
        return text.ToString();
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Describe(LayerPlan plan) =>
        plan.Name == LayerNames.Classifier ? $"{plan.Layer.Description}, softmax" : plan.Layer.Description;
}
