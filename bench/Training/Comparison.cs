namespace ServerlessFashion.TrainingBenchmarks;

/// <summary>
/// Measures the contenders in turn, A B C D A B C D, so that other work of the machine affects all of them alike, and prints a table.
/// </summary>
internal static class Comparison
{
    public static async Task RunAsync(BenchmarkOptions options)
    {
        if (options.Profiles)
        {
            foreach (var model in options.Models)
            {
                await ContenderProcess.ProfileAsync(Workload.Of(model, options.Images ?? 0, options.Threads));
            }

            return;
        }

        var hasPyTorch = await ContenderProcess.HasPyTorchAsync();
        if (!hasPyTorch)
        {
            Console.Error.WriteLine("PyTorch is left out, because /usr/bin/python3 has no torch and torchvision.");
        }

        var table = new ResultTable(options, Baseline.Read());
        foreach (var model in options.Models)
        {
            var workload = Workload.Of(model, options.Images ?? 0, options.Threads);
            table.Add(workload, await MeasureAsync(workload, options.Rounds, hasPyTorch));
        }

        table.Print();
    }

    private static async Task<Dictionary<string, List<double>>> MeasureAsync(Workload workload, int rounds, bool hasPyTorch)
    {
        string[] names =
        [
            Contenders.Product, Contenders.Plain, .. hasPyTorch ? [Contenders.PyTorch] : Array.Empty<string>(), Contenders.Ceiling,
        ];
        var contenders = new List<ContenderProcess>();
        try
        {
            var seconds = names.ToDictionary(name => name, _ => new List<double>());
            foreach (var name in names)
            {
                // The first answer comes after the warm-up, so no contender is measured while another one starts.
                contenders.Add(ContenderProcess.Start(name, workload));
                await contenders[^1].MeasureAsync();
            }

            for (var round = 1; round <= rounds; round++)
            {
                foreach (var contender in contenders)
                {
                    seconds[contender.Name].Add(await contender.MeasureAsync());
                }

                Console.Error.WriteLine(
                    $"{workload.Name} round {round} of {rounds}: "
                    + string.Join(", ", seconds.Select(contender => $"{contender.Key} {contender.Value[^1]:0.00} s")));
            }

            return seconds;
        }
        finally
        {
            contenders.ForEach(contender => contender.Dispose());
        }
    }
}
