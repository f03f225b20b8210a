using ServerlessFashion;
using ServerlessFashion.TrainingBenchmarks;

// How fast a training is beside the same network in a plain loop of TorchSharp and of PyTorch, and beside the machine's limit.
// docs/performance.md has the figures.
//
//   [--models A,B] [--rounds N] [--images N] [--threads N]
//   --profile [--models A,B] [--images N] [--threads N]    the time of each layer instead
//
// "contender ..." and "profile ..." are how the program starts each measurement, in a process of its own.

try
{
    if (args is ["contender", var name, var model, var images, var threads])
    {
        Contenders.Serve(name, Workload.Of(model, int.Parse(images), int.Parse(threads)));
        return 0;
    }

    if (args is ["profile", var profiled, var count, var cores])
    {
        LayerProfile.Print(Workload.Of(profiled, int.Parse(count), int.Parse(cores)));
        return 0;
    }

    await Comparison.RunAsync(BenchmarkOptions.Parse(args));
    return 0;
}
catch (InvalidInputException e)
{
    Console.Error.WriteLine($"bench: {e.Message}");
    return 2;
}
