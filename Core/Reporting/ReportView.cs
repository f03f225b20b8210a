using ServerlessFashion.Data;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Reporting;

/// <summary>The view of a document for its pages: models grouped over seeds, and the test images.</summary>
internal sealed class ReportView
{
    private readonly IReadOnlyDictionary<int, int> _rows;

    public ReportView(ReportDocument document, ReportInput input)
    {
        Document = document;
        Definition = input.Definition;
        TestImages = input.TestImages;
        MissingImages = input.MissingImages;
        _rows = ImageRows.Of(TestImages);
        Groups = [.. document.Models.GroupBy(model => model.Name)
            .Select((seeds, index) => ModelGroup.Of(seeds, index))];
    }

    public ReportDocument Document { get; }

    /// <summary>What the run trained.</summary>
    public RunDefinition Definition { get; }

    public LabelledImages TestImages { get; }

    /// <summary>Why there are no test images, as a sentence; null where they are there.</summary>
    public string? MissingImages { get; }

    /// <summary>One entry per model, in the order of the run.</summary>
    public IReadOnlyList<ModelGroup> Groups { get; }

    /// <summary>What tells the trainings of a model apart: <c>seed</c> or <c>fold</c>.</summary>
    public string Member => Wording.MemberOf(Document.Configuration);

    public ModelGroup? Winner => Groups.FirstOrDefault(group => group.Name == Document.Winner);

    public ClassLabels Labels => Definition.Labels;

    /// <summary>Short names of the labels, for axes, columns and files.</summary>
    public IReadOnlyList<string> LabelNames => Document.LabelNames;

    /// <summary>What each label is, for text.</summary>
    public IReadOnlyList<string> LabelTitles => Labels.Titles;

    /// <summary>What each label is, at the beginning of a line.</summary>
    public IReadOnlyList<string> LabelHeadings => Labels.Headings;

    /// <summary>Names a test image within a sentence. Where a run holds test images out, their ids are rows of the train part.</summary>
    public string NameOfImage(int id) => Document.Data.Split == DatasetSplit.HeldOut ? $"image {id} of the train part" : $"test image {id}";

    /// <summary>Row of the image with this id in <see cref="TestImages"/>; null if it is not there.</summary>
    public int? RowOf(int id) => _rows.TryGetValue(id, out var row) ? row : null;
}

/// <summary>One model over its seeds, smallest seed first. The first seed represents it where single images matter.</summary>
/// <param name="Index">The index of the model among the models of its report. It determines the colour in figures.</param>
internal sealed record ModelGroup(string Name, string Title, int Index, IReadOnlyList<ModelReport> Seeds)
{
    /// <summary>
    /// The training that stands for the model when it predicts: as in the registry, the one with the best validation accuracy.
    /// </summary>
    public ModelReport Served => Seeds.MaxBy(model => model.Validation.Accuracy)!;

    public static ModelGroup Of(IEnumerable<ModelReport> seeds, int index)
    {
        ModelReport[] ordered = [.. seeds.OrderBy(model => model.Seed)];
        return new ModelGroup(ordered[0].Name, ordered[0].Title, index, ordered);
    }

    public ModelReport First => Seeds[0];

    /// <summary>The model's name in a form that is safe in file names.</summary>
    public string FileName => string.Concat(Name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-'));

    public double Mean(Func<ModelReport, double> value) => Seeds.Average(value);

    /// <summary>Sample standard deviation over seeds; 0 with one.</summary>
    public double Deviation(Func<ModelReport, double> value)
    {
        var mean = Mean(value);
        return Seeds.Count < 2 ? 0 : Math.Sqrt(Seeds.Sum(seed => Math.Pow(value(seed) - mean, 2)) / (Seeds.Count - 1));
    }
}
