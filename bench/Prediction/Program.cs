using BenchmarkDotNet.Running;
using ServerlessFashion.PredictionBenchmarks;

// How fast, how small and how right prediction is; docs/prediction-results.md has the figures.
//
//   agree CONNECTION RUN                             the exported models of a run against TorchSharp, image by image
//   throughput CONNECTION RUN/MODEL CSV [ROUNDS]     a whole CSV file against ONNX Runtime alone and against TorchSharp
//   parts [BenchmarkDotNet options]                  what the steps of a batch cost
//
// "measure ..." is how throughput starts its contenders, each in a process of its own.

switch (args)
{
    case ["agree", var connection, var run]:
        return await Agreement.CheckAsync(connection, run);
    case ["throughput", var connection, var model, var csv, .. var rounds] when rounds.Length <= 1:
        await Throughput.CompareAsync(connection, model, csv, rounds is [var count] ? int.Parse(count) : 5);
        return 0;
    case ["measure", var contender, var folder, var csv]:
        Console.WriteLine(await Contenders.ImagesPerSecondAsync(contender, folder, csv));
        return 0;
    case ["parts", .. var options]:
        BenchmarkRunner.Run<Parts>(args: options);
        return 0;
    default:
        Console.Error.WriteLine("usage: agree CONNECTION RUN | throughput CONNECTION RUN/MODEL CSV [ROUNDS] | parts");
        return 2;
}
