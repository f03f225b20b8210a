using System.Diagnostics;
using System.Globalization;

namespace ServerlessFashion.Chaos;

/// <summary>Counts what an experiment sees, in the order of first sight, and prints it at the end.</summary>
internal sealed class Tally
{
    private readonly List<string> _names = [];
    private readonly Dictionary<string, int> _counts = [];
    private readonly List<string> _losses = [];
    private readonly Lock _gate = new();
    private readonly long _began = Stopwatch.GetTimestamp();

    /// <summary>Number of losses so far.</summary>
    public int Losses
    {
        get
        {
            lock (_gate)
            {
                return _losses.Count;
            }
        }
    }

    /// <summary>Counts one more <paramref name="name"/>.</summary>
    public void Count(string name, int number = 1)
    {
        lock (_gate)
        {
            if (_counts.TryAdd(name, 0))
            {
                _names.Add(name);
            }

            _counts[name] += number;
        }
    }

    /// <summary>Records a loss: a run that did not end with the expected bits, or an answer that is neither right nor clear.</summary>
    public void Lose(string what)
    {
        lock (_gate)
        {
            _losses.Add(what);
        }

        Say($"LOSS: {what}");
    }

    /// <summary>Prints one line of progress with the time since the start.</summary>
    public void Say(string text)
    {
        var elapsed = Stopwatch.GetElapsedTime(_began);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[{elapsed.TotalSeconds,6:0.0} s] {text}"));
    }

    /// <summary>Prints all counts and losses.</summary>
    public void Print(TextWriter output)
    {
        lock (_gate)
        {
            foreach (var name in _names)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {_counts[name]}"));
            }

            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"losses: {_losses.Count}"));
            _losses.ForEach(loss => output.WriteLine($"  {loss}"));
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"seconds: {Stopwatch.GetElapsedTime(_began).TotalSeconds:0}"));
        }
    }
}
