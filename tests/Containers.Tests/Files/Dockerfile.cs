namespace ServerlessFashion.Containers.Tests.Files;

/// <summary>A stage: from one <c>FROM</c> to the next.</summary>
/// <param name="Image">The base, with the defaults of the file's arguments in it.</param>
/// <param name="Name">The name behind <c>AS</c>, or null.</param>
/// <param name="From">The instruction itself.</param>
/// <param name="Instructions">Those behind it.</param>
internal sealed record Stage(string Image, string? Name, Instruction From, IReadOnlyList<Instruction> Instructions)
{
    public IEnumerable<Instruction> All(string keyword) => Instructions.Where(instruction => instruction.Keyword == keyword);

    /// <summary>The value of an environment variable, as the last <c>ENV</c> sets it, or null.</summary>
    public string? Environment(string name) =>
        All("ENV").SelectMany(instruction => instruction.Pairs).LastOrDefault(pair => pair.Key == name).Value;

    /// <summary>The place of the only instruction that <paramref name="condition"/> holds for.</summary>
    public int Place(Predicate<Instruction> condition)
    {
        var found = Instructions.Index().Where(entry => condition(entry.Item)).Select(entry => entry.Index).ToList();
        return Assert.Single(found);
    }
}

/// <summary>A Dockerfile of plain instructions: comments, continued lines and stages; heredocs are not understood.</summary>
internal sealed record Dockerfile(IReadOnlyList<Instruction> Arguments, IReadOnlyList<Stage> Stages)
{
    public Stage Final => Stages[^1];

    public IEnumerable<Instruction> Instructions => Arguments.Concat(Stages.SelectMany(stage => stage.Instructions.Prepend(stage.From)));

    public Stage Named(string name) => Stages.Single(stage => stage.Name == name);

    public static Dockerfile Parse(string text)
    {
        var instructions = Join(text).ToList();
        var arguments = instructions.TakeWhile(instruction => instruction.Keyword != "FROM").ToList();
        var defaults = arguments.Where(argument => argument.Keyword == "ARG").SelectMany(argument => argument.Pairs).ToDictionary();
        var stages = new List<Stage>();
        var rest = instructions[arguments.Count..];
        while (rest.Count > 0)
        {
            var body = rest.Skip(1).TakeWhile(instruction => instruction.Keyword != "FROM").ToList();
            var words = rest[0].Words;
            var name = words.Count == 3 && words[1].Equals("AS", StringComparison.OrdinalIgnoreCase) ? words[2] : null;
            stages.Add(new Stage(Resolve(words[0], defaults), name, rest[0], body));
            rest = rest[(body.Count + 1)..];
        }

        return new Dockerfile(arguments, stages);
    }

    private static string Resolve(string text, Dictionary<string, string> arguments) =>
        arguments.Aggregate(text, (resolved, pair) => resolved.Replace($"${{{pair.Key}}}", pair.Value, StringComparison.Ordinal));

    /// <summary>Joins continued lines. Comment lines and empty lines count for nothing, inside a continued instruction too.</summary>
    private static IEnumerable<Instruction> Join(string text)
    {
        var joined = "";
        var start = 0;
        foreach (var (index, raw) in text.ReplaceLineEndings("\n").Split('\n').Index())
        {
            var line = raw.Trim();
            if (line.Length == 0 || line.StartsWith('#'))
            {
                continue;
            }

            start = joined.Length == 0 ? index + 1 : start;
            if (line.EndsWith('\\'))
            {
                joined += line[..^1];
                continue;
            }

            yield return Instruction.Parse(joined + line, start);
            joined = "";
        }
    }
}
