using System.Globalization;

namespace ServerlessFashion.TrainingBenchmarks;

/// <param name="Profiles">Whether the time of each layer is measured, and nothing compared.</param>
/// <param name="Images">Training images of an epoch; null for as many as each workload says.</param>
internal sealed record BenchmarkOptions(IReadOnlyList<string> Models, int Rounds, int? Images, int Threads, bool Profiles = false)
{
    /// <exception cref="InvalidInputException">An option is unknown, or its value is no positive number.</exception>
    public static BenchmarkOptions Parse(string[] words)
    {
        var options = new BenchmarkOptions(Workload.Names, Rounds: 7, Images: null, Environment.ProcessorCount);
        for (var i = 0; i < words.Length; i += 2)
        {
            if (words[i] == "--profile")
            {
                options = options with { Profiles = true };
                i--;
                continue;
            }

            var value = i + 1 < words.Length ? words[i + 1] : throw new InvalidInputException($"{words[i]} needs a value.");
            options = words[i] switch
            {
                "--models" => options with { Models = value.Split(',') },
                "--rounds" => options with { Rounds = Count(words[i], value) },
                "--images" => options with { Images = Count(words[i], value) },
                "--threads" => options with { Threads = Count(words[i], value) },
                _ => throw new InvalidInputException(
                    $"'{words[i]}' is not an option; use --models, --rounds, --images, --threads or --profile."),
            };
        }

        return options;
    }

    private static int Count(string option, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            ? count
            : throw new InvalidInputException($"{option}: '{value}' is not a number from 1.");
}
