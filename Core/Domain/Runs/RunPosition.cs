using System.Globalization;

namespace ServerlessFashion.Runs;

/// <summary>
/// A place in a sorted list of runs. The next page begins after it, even if the run there was deleted, and whatever runs were added.
/// </summary>
/// <param name="Key">The value by which the list is sorted, as a text that sorts alike; null where the run has none.</param>
/// <param name="Created">The time of the run's creation as a text that sorts alike.</param>
/// <param name="Id">Id of the run.</param>
public sealed record RunPosition(string? Key, string Created, string Id)
{
    private const char Separator = ' ';
    private const string HasKey = "+";
    private const string HasNoKey = "-";

    public static string Sortable(DateTimeOffset time) => time.UtcTicks.ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>A text that <see cref="Parse"/> reads for a list of the same order.</summary>
    public string Format(RunOrder order) =>
        string.Join(Separator, order.Sort, order.Direction, Created, Id, (Key is null ? HasNoKey : HasKey) + Key);

    /// <exception cref="InvalidInputException">The text belongs to a list of another order, or to none.</exception>
    public static RunPosition Parse(string text, RunOrder order)
    {
        if (text.Split(Separator, 5) is not [var sort, var direction, var created, var id, [var sign, ..] key]
            || created.Length != 19 || !created.All(char.IsAsciiDigit) || !RunIds.IsValid(id) || $"{sign}" is not (HasKey or HasNoKey))
        {
            throw new InvalidInputException("continuation: expected the value that the page before gave, found another.");
        }

        return sort == order.Sort.ToString() && direction == order.Direction.ToString()
            ? new RunPosition($"{sign}" == HasKey ? key[1..] : null, created, id)
            : throw new InvalidInputException(
                "continuation: it belongs to a list of another order; ask for each page with the same sort and order.");
    }
}
