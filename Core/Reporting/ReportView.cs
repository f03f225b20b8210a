using ServerlessFashion.Data;
using ServerlessFashion.Reporting.Charts;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Reporting;

/// <summary>A document as its pages look at it: models grouped over seeds, each with its colour, and the test images at hand.</summary>
public sealed class ReportView
{
    private readonly IReadOnlyDictionary<int, int> _rows;

    public ReportView(ReportDocument document, ReportInput input)
    {
        Document = document;
        Definition = input.Definition;
        TestImages = input.TestImages;
        _rows = ImageRows.Of(TestImages);
        Groups = [.. document.Models.GroupBy(model => model.Name)
            .Select((seeds, index) => ModelGroup.Of(seeds, index))];
    }

    public ReportDocument Document { get; }

    /// <summary>What the run trained.</summary>
    public RunDefinition Definition { get; }

    public LabelledImages TestImages { get; }

    /// <summary>One entry a model, in the order of the run.</summary>
    public IReadOnlyList<ModelGroup> Groups { get; }

    public ModelGroup? Winner => Groups.FirstOrDefault(group => group.Name == Document.Winner);

    public ClassLabels Labels => ClassLabels.Of(Document.Data.Labels);

    public IReadOnlyList<string> LabelNames => Document.LabelNames;

    /// <summary>Row of the image with that id in <see cref="TestImages"/>; null when it is not among them.</summary>
    public int? RowOf(int id) => _rows.TryGetValue(id, out var row) ? row : null;
}

/// <summary>One model over its seeds, smallest seed first; the first seed stands for it wherever single images matter.</summary>
public sealed record ModelGroup(string Name, string Title, Ink Ink, IReadOnlyList<ModelReport> Seeds)
{
    /// <param name="colour">Its place among the models that are drawn together.</param>
    public static ModelGroup Of(IEnumerable<ModelReport> seeds, int colour)
    {
        ModelReport[] ordered = [.. seeds.OrderBy(model => model.Seed)];
        return new ModelGroup(ordered[0].Name, ordered[0].Title, Palette.Of(colour), ordered);
    }

    public ModelReport First => Seeds[0];

    /// <summary>Safe in file names, whatever the model is called.</summary>
    public string FileName => string.Concat(Name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-'));

    public double Mean(Func<ModelReport, double> value) => Seeds.Average(value);

    /// <summary>Sample standard deviation over seeds; 0 with one.</summary>
    public double Deviation(Func<ModelReport, double> value)
    {
        var mean = Mean(value);
        return Seeds.Count < 2 ? 0 : Math.Sqrt(Seeds.Sum(seed => Math.Pow(value(seed) - mean, 2)) / (Seeds.Count - 1));
    }
}
