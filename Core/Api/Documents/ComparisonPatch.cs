using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Api.Documents;

/// <summary>The body of a request that changes what people write on a run. A field that is left out stays as it is.</summary>
internal sealed record ComparisonPatch
{
    private readonly List<Func<RunDescription, RunDescription>> _changes = [];

    [Description("A name for people; null clears it.")]
    [MaxLength(RunDescription.LongestName)]
    public string? Name
    {
        get;
        init
        {
            field = value;
            _changes.Add(run => run.WithName(value));
        }
    }

    [Description("All tags of the run; null clears them.")]
    [MaxLength(RunDescription.MostTags)]
    public IReadOnlyList<string>? Tags
    {
        get;
        init
        {
            field = value;
            _changes.Add(run => run.WithTags(value ?? []));
        }
    }

    [Description("Free text; null clears it.")]
    [MaxLength(RunDescription.LongestNotes)]
    public string? Notes
    {
        get;
        init
        {
            field = value;
            _changes.Add(run => run.WithNotes(value));
        }
    }

    /// <summary>The description after the changes of the fields that the body contains.</summary>
    /// <exception cref="InvalidInputException">A text cannot be used.</exception>
    public RunDescription Apply(RunDescription before) => _changes.Aggregate(before, (run, change) => change(run));
}
