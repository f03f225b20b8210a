using System.Runtime.CompilerServices;
using Google.Protobuf;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Runs;
using Protocol = Microsoft.DurableTask.Protobuf;

namespace ServerlessFashion.Functions.Tests.Durable;

/// <summary>
/// Histories of runs as each version of the workflows made them, in <c>Histories/</c>: two lines an orchestration, its last request and the
/// worker's answer. Today's code must replay them all, or a deployment breaks the runs under way. When a test fails here, the change of the
/// workflow needs a new version and a branch for the old one (see <see cref="WorkflowVersion"/>); a stored file is never recorded again.
/// </summary>
public sealed class StoredHistoryTests
{
    private const string Extension = ".jsonl";

    public static TheoryData<string> Versions =>
        [.. Directory.EnumerateFiles(Folder(), "*" + Extension).Select(file => Path.GetFileNameWithoutExtension(file))];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Replay_HistoryOfAVersion_MakesTheCallsThatWereRecorded(string version)
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(Folder(), version + Extension), TestContext.Current.CancellationToken);
        var turns = lines.Chunk(2).Select(turn => (
            Request: JsonParser.Default.Parse<Protocol.OrchestratorRequest>(turn[0]),
            Response: JsonParser.Default.Parse<Protocol.OrchestratorResponse>(turn[1]))).ToList();

        Assert.All(turns, turn => Assert.Equal(Replayer.Describe(turn.Response), Replayer.Describe(Replayer.Run(turn.Request))));
        Assert.Equal(["Comparison", "TrainModel"], turns.Select(turn => Replayer.Name(turn.Request)).Distinct().Order());
    }

    /// <summary>The first test run records a new version; the failure says where its file belongs.</summary>
    [Fact]
    public async Task Record_CurrentVersion_IsStored()
    {
        var stored = Path.Combine(Folder(), WorkflowVersion.Current + Extension);
        if (!File.Exists(stored))
        {
            var received = Path.Combine(AppContext.BaseDirectory, WorkflowVersion.Current + Extension);
            await File.WriteAllLinesAsync(received, await RecordAsync(), TestContext.Current.CancellationToken);
            Assert.Fail($"Version {WorkflowVersion.Current} has no history: look at {received} and move it to {stored}.");
        }
    }

    /// <summary>A run with a budget, a model that fails, one that is tried again and takes two slices, and a vote.</summary>
    private static async Task<List<string>> RecordAsync()
    {
        var options = new ComparisonOptions { Preset = "smoke", Models = ["model1", "model3", "strong"], Seeds = 2, Budget = "30m" };
        var definition = Presets.Configure(options, _ => 1);
        var pipeline = new FakePipeline
        {
            Definition = definition,
            FitEpochs = (_, _) => Task.FromResult(EpochFitting.Apply(definition.Configuration, FittedEpochs.Of(definition.Configuration))),
            TrainSlice = (request, attempt) => (request.Model, attempt) switch
            {
                ("model1", _) => throw new InvalidInputException("model1: no."),
                ("model3", 1) => throw new IOException("connection reset"),
                ("model3", 2) => Task.FromResult(new TrainSliceResult(10, 15, Cancelled: false)),
                _ => Task.FromResult(new TrainSliceResult(15, 15, Cancelled: false)),
            },
        };
        var recorder = new HistoryRecorder();
        await using var host = await DurableHost.StartAsync(pipeline, services: recorder.AddTo);
        await host.CompareAsync("recorded");
        return
        [
            .. from turn in recorder.Turns
               group turn by (turn.Request.InstanceId, turn.Request.ExecutionId) into execution
               let last = execution.Last()
               from line in new IMessage[] { last.Request, last.Response }
               // Stack traces name files by their full paths.
               select JsonFormatter.Default.Format(line).Replace(Root(), "", StringComparison.Ordinal),
        ];
    }

    private static string Root() => Path.GetFullPath(Path.Combine(Folder(), "..", "..", "..", "..")) + Path.DirectorySeparatorChar;

    private static string Folder([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "Histories");
}
