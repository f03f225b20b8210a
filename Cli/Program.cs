using System.CommandLine;
using ServerlessFashion;
using ServerlessFashion.Application;
using ServerlessFashion.Cli;
using ServerlessFashion.Cli.Commands;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Display.Tables;
using ServerlessFashion.Cli.Options;
using ServerlessFashion.Cli.Usage;
using ServerlessFashion.Client.Requests;
using ServerlessFashion.Hosting;
using ServerlessFashion.Phrases;
using ServerlessFashion.Storage.Requests;

LoopbackProxyBypass.Apply();
var parsed = FashionCommand.Create().Parse(args, FashionCommand.Parsing);
if (parsed.Errors.Count > 0)
{
    await SayAsync($"fashion: {UsageError.Describe(parsed)}");
    return ExitCodes.BadInput;
}

if (UsageError.FindUnknownOption(parsed) is { } unknown)
{
    await SayAsync($"fashion: {unknown}");
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
    await SayAsync($"fashion: {e.Message}");
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
catch (DiskFullException e)
{
    await SayAsync($"fashion: {e.Message}");
    return ExitCodes.Failed;
}
catch (IOException e) when (FileFailure.IsFull(e))
{
    await SayAsync($"fashion: output: it cannot be written, because {FileFailure.Reason(e)}; free some space.");
    return ExitCodes.Failed;
}
catch (ServerException e)
{
    await SayAsync($"fashion: {e.Message}");
    return ExitCodes.Failed;
}
catch (Exception e) when (StorageFailure.Is(e))
{
    await SayAsync($"fashion: {StorageFailure.Describe(e)}");
    return ExitCodes.Failed;
}
catch (Exception e)
{
    await SayAsync(UnexpectedError.Describe(e, parsed.GetValue(SharedOptions.Verbose)));
    return ExitCodes.Failed;
}

// What users and files say may stand in a message.
static Task SayAsync(string text) => Console.Error.WriteLineAsync(TerminalText.Safe(text));
