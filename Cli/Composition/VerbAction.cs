using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using ServerlessFashion.Cli.Local.Emulator;
using ServerlessFashion.Cli.Local.Machine;
using ServerlessFashion.Hosting;
using ServerlessFashion.Hosting.Logs;
using ServerlessFashion.Settings;

namespace ServerlessFashion.Cli.Composition;

/// <summary>What a verb needs before it runs.</summary>
internal sealed record VerbNeeds
{
    public static VerbNeeds Nothing { get; } = new();

    /// <summary>The storage account, opened and ready.</summary>
    public static VerbNeeds Account { get; } = new() { Storage = true };

    /// <summary>What a verb that trains needs: the account, telemetry and the data set.</summary>
    public static VerbNeeds Training { get; } = new() { Storage = true, Telemetry = true, Data = true };

    /// <summary>Whether a folder that the user named for the data set must contain it.</summary>
    public bool Data { get; init; }

    /// <summary>
    /// Whether the storage account is opened, unless the command uses a server; the emulator is started where it is used.
    /// </summary>
    public bool Storage { get; init; }

    /// <summary>Whether telemetry is sent where the settings ask for it.</summary>
    public bool Telemetry { get; init; }

    /// <summary>Registers services that only this verb needs.</summary>
    public Action<IServiceCollection>? Services { get; init; }
}

/// <summary>Connects commands with the verbs that handle them.</summary>
internal static class VerbAction
{
    /// <summary>
    /// Lets <typeparamref name="TVerb"/> handle the command with services of its own. The request is read and checked first, so that
    /// the user hears of bad input before anything is started.
    /// </summary>
    /// <param name="read">Reads the verb's own arguments and options.</param>
    /// <param name="run">Gives the exit code.</param>
    public static Command HandledBy<TVerb, TRequest>(
        this Command command, VerbNeeds needs, Func<ParseResult, IServiceProvider, TRequest> read,
        Func<TVerb, TRequest, CancellationToken, Task<int>> run)
        where TVerb : class
    {
        command.SetAction((parse, cancellation) => RunAsync(parse, needs, read, run, cancellation));
        return command;
    }

    private static async Task<int> RunAsync<TVerb, TRequest>(
        ParseResult parse, VerbNeeds needs, Func<ParseResult, IServiceProvider, TRequest> read,
        Func<TVerb, TRequest, CancellationToken, Task<int>> run, CancellationToken cancellation)
        where TVerb : class
    {
        var options = CommandOptions.Of(parse);
        using var log = OpenLog(options.Verbose);
        await using var telemetry = needs.Telemetry ? ProcessTelemetry.Start(log) : ProcessTelemetry.StartLog(log);
        await using var services = CommandServices.Build(options, telemetry.Loggers, log, needs.Services, cancellation);
        if (needs.Data && options.Server is null)
        {
            services.GetRequiredService<LocalData>().CheckNamed();
        }

        var request = read(parse, services);
        if (needs.Storage && options.Server is null)
        {
            await services.GetRequiredService<StorageConnection>().OpenAsync(cancellation);
        }

        return await run(ActivatorUtilities.CreateInstance<TVerb>(services), request, cancellation);
    }

    private static LogWriter? OpenLog(bool verbose)
    {
        var options = verbose ? LogOptions.Verbose : LogOptions.Read(SettingSource.Environment);
        return options is null ? null : LogWriter.Open(options, "fashion");
    }
}
