using System.CommandLine;
using ServerlessFashion.Cli.Commands;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Cli.Tests.Usage;

/// <summary>Every option of every verb, given a value that it cannot have.</summary>
public sealed class WrongValueTests
{
    /// <summary>Nothing listens there, and no wrong value may get so far.</summary>
    private const string Unreachable =
        "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=AAAA;BlobEndpoint=http://127.0.0.1:1/a;TableEndpoint=http://127.0.0.1:1/a;";

    /// <summary>Verb, option and value.</summary>
    public static TheoryData<string, string, string> Values()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var (path, verb) in Verbs())
        {
            foreach (var option in verb.Options.Where(option => option.ValueType != typeof(bool) && option.Name != "--help"))
            {
                if (!IsDescription(option))
                {
                    data.Add(path, option.Name, "");
                }

                if (!TakesAnyText(verb, option))
                {
                    data.Add(path, option.Name, "zzz");
                }

                if (option.ValueType == typeof(int) || option.ValueType == typeof(int?))
                {
                    data.Add(path, option.Name, "-1");
                    data.Add(path, option.Name, "99999999999999999999");
                }
            }
        }

        return data;
    }

    /// <summary>The verbs, and those of a verb such as <c>data add</c>.</summary>
    private static IEnumerable<(string Path, Command Verb)> Verbs() =>
        from verb in FashionCommand.Create().Subcommands
        where !verb.Hidden
        from one in verb.Subcommands.Select(inner => (Path: $"{verb.Name} {inner.Name}", Verb: inner)).Prepend((verb.Name, verb))
        select one;

    [Theory]
    [MemberData(nameof(Values))]
    public async Task Option_WrongValue_ExitsWith2AndASentenceThatNamesIt(string verb, string option, string value)
    {
        using var tools = new TemporaryFolder();
        await File.WriteAllTextAsync(tools.File("func"), "", TestContext.Current.CancellationToken);
        var environment = new Dictionary<string, string> { ["PATH"] = tools.Path };

        string[] given = value.Length > 0 ? [$"{option}={value}"] : [option, value];

        var result = await FashionProgram.RunAsync(Unreachable, environment, [.. Arguments(verb, option), .. given]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        var line = Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("fashion: ", line, StringComparison.Ordinal);
        Assert.Contains(option[2..], line, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\b(System|Microsoft|Azure)\.\w|`\d|\w+Exception\b|\b(U?Int(16|32|64)|Nullable|Boolean)\b", line);
        FileNames.AssertNamedOnce(line);
    }

    /// <summary>Paths and names that only the storage or the disk can judge; doctor reports on any storage.</summary>
    private static bool TakesAnyText(Command verb, Option option) =>
        option.Name is "--output" or "--export-csv" or "--resume" or "--model" or "--dataset" or "--app" or "--search"
        || IsDescription(option)
        || (verb.Name, option.Name) is ("doctor", "--storage") or ("compare", "--models") or ("search", "--models");

    /// <summary>Any text describes a run, and an empty one removes the description.</summary>
    private static bool IsDescription(Option option) => option.Name is "--name" or "--tag" or "--tags" or "--note" or "--notes";

    private static string Example(string file) => Path.Combine(AppContext.BaseDirectory, "docs", "examples", file);

    /// <summary>A value that an option may have.</summary>
    private static string ValueOf(string option) => option switch
    {
        "--space" => Example("space.json"),
        "--models" => "model1",
        _ => "x",
    };

    /// <summary>The verb with the arguments and options that it must have.</summary>
    private static IEnumerable<string> Arguments(string name, string tested)
    {
        var verb = Verbs().Single(verb => verb.Path == name).Verb;
        var required = verb.Options.Where(option => option.Required && option.Name != tested)
            .Select(option => $"{option.Name}={ValueOf(option.Name)}");
        // An existing file is needed where a file is read first.
        var arguments = verb.Arguments.Select(
            argument => name == "models add" ? Example("small-residual.json")
                : argument.Name is "FILE" or "PATH" ? typeof(WrongValueTests).Assembly.Location
                : argument.Name == "NAME" ? "name" : argument.Name);
        string[] condition = (name, tested) switch
        {
            ("clean", not "--keep") => ["--keep=1"],
            ("edit", _) => ["--tag=x"],
            ("data remove", _) => ["--yes"],
            _ => [],
        };
        return [.. name.Split(' '), .. arguments, .. required, .. condition];
    }
}
