using Mono.Cecil;
using ServerlessFashion.Export;
using ServerlessFashion.Models;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Reporting;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Training.Sessions;

namespace ServerlessFashion.Training.Tests;

/// <summary>
/// Whatever reads a stored run takes its models from the run: the assemblies of these readers do not know the models of today.
/// </summary>
public class StoredRunsAloneTests
{
    private static readonly string[] ModelsOfToday =
    [
        nameof(ModelCatalogue), nameof(Presets),
        .. typeof(ModelCatalogue).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(ModelCatalogue).Namespace && type.Name.EndsWith("Models", StringComparison.Ordinal))
            .Select(type => type.Name),
    ];

    [Theory]
    [InlineData(typeof(RunStore))]
    [InlineData(typeof(OnnxModel))]
    [InlineData(typeof(ReportBuilder))]
    [InlineData(typeof(ComparisonWorkflow))]
    [InlineData(typeof(TrainingSession))]
    public void Assembly_ThatReadsStoredRuns_KnowsNoModelOfToday(Type reader)
    {
        using var module = ModuleDefinition.ReadModule(reader.Assembly.Location);

        Assert.Empty(module.GetTypeReferences().Select(type => type.Name).Intersect(ModelsOfToday));
    }
}
