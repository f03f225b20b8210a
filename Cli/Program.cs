using System.CommandLine;
using ServerlessFashion;
using ServerlessFashion.Application;
using ServerlessFashion.Cli;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Options;
using ServerlessFashion.Cli.Verbs;
using ServerlessFashion.Client.Requests;
using ServerlessFashion.Hosting;
using ServerlessFashion.Storage.Requests;

LoopbackProxyBypass.Apply();
var root = new RootCommand("Trains image classifiers on Fashion-MNIST side by side, reports honestly which is best, and serves the winner.")
{
    CompareVerb.Create(),
    RunsVerb.Create(),
    ShowVerb.Create(),
    EditVerb.Create(),
    ReportVerb.Create(),
    CancelVerb.Create(),
    DeleteVerb.Create(),
    CleanVerb.Create(),
    PredictVerb.Create(),
    UploadVerb.Create(),
    ModelsVerb.Create(),
    PromoteVerb.Create(),
    ExportVerb.Create(),
    ServeVerb.Create(),
    FunctionsVerb.Create(),
    DataVerb.Create(),
    WeightsVerb.Create(),
    DoctorVerb.Create(),
    RunStepVerb.Create(),
    SharedOptions.Verbose,
};

var parsed = root.Parse(args);
if (parsed.Errors is [.., var error])
{
    // The last error is the one about a word of the user's; `Required command was not provided` comes before it.
    await Console.Error.WriteLineAsync($"fashion: {error.Message} (see fashion --help)");
    return ExitCodes.BadInput;
}

using var interrupt = new Interrupt();
try
{
    return await parsed.InvokeAsync(
        new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, interrupt.Token);
}
catch (Exception e) when (e is InvalidInputException or RefusedException)
{
    await Console.Error.WriteLineAsync($"fashion: {e.Message}");
    return ExitCodes.BadInput;
}
catch (OperationCanceledException) when (interrupt.Token.IsCancellationRequested)
{
    return ExitCodes.Cancelled;
}
catch (IOException e) when (StandardOutput.IsClosedPipe(e))
{
    return ExitCodes.Done;
}
catch (ServerException e)
{
    await Console.Error.WriteLineAsync($"fashion: {e.Message}");
    return ExitCodes.Failed;
}
catch (Exception e) when (StorageFailure.Is(e))
{
    await Console.Error.WriteLineAsync($"fashion: {StorageFailure.Describe(e)}");
    return ExitCodes.Failed;
}
catch (Exception e)
{
    await Console.Error.WriteLineAsync($"fashion: {e.Message} ({e.GetType().Name})");
    return ExitCodes.Failed;
}
