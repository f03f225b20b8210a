using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using ServerlessFashion.Application;
using ServerlessFashion.Datasets;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Prediction;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Tests;

/// <summary>Makes the application as a host would.</summary>
internal static class ApplicationFactory
{
    public static FashionApplication Create(
        FashionStorage storage, IComparisonHost host, TrainingMachine machine, TimeProvider time, RandomNumberGenerator random) =>
        TestServices.On(storage, time)
            .AddDatasets(cacheFolder: "")
            .AddPipeline()
            .AddPrediction()
            .AddSingleton(host)
            .AddSingleton(machine)
            .AddSingleton(random)
            .AddApplication()
            .Get<FashionApplication>();
}
