using System.CommandLine;
using ServerlessFashion;
using ServerlessFashion.Application;
using ServerlessFashion.Cli;
using ServerlessFashion.Cli.Commands;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Options;
using ServerlessFashion.Cli.Usage;
using ServerlessFashion.Client.Requests;
using ServerlessFashion.Hosting;
using ServerlessFashion.Storage.Requests;

LoopbackProxyBypass.Apply();
var parsed = FashionCommand.Create().Parse(args, FashionCommand.Parsing);
if (parsed.Errors.Count > 0)
{
    await Console.Error.WriteLineAsync($"fashion: {UsageError.Describe(parsed)}");
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
    await Console.Error.WriteLineAsync(UnexpectedError.Describe(e, parsed.GetValue(SharedOptions.Verbose)));
    return ExitCodes.Failed;
}
