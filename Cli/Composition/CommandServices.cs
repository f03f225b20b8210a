using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessFashion.Application;
using ServerlessFashion.Cli.Comparisons;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Local;
using ServerlessFashion.Cli.Local.Comparisons;
using ServerlessFashion.Cli.Local.Emulator;
using ServerlessFashion.Cli.Local.Machine;
using ServerlessFashion.Cli.Local.Processes;
using ServerlessFashion.Cli.Local.Trainings;
using ServerlessFashion.Cli.Pages;
using ServerlessFashion.Cli.Remote;
using ServerlessFashion.Client;
using ServerlessFashion.Client.Requests;
using ServerlessFashion.Datasets;
using ServerlessFashion.Hosting.Logs;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Prediction;
using ServerlessFashion.Settings;
using ServerlessFashion.Storage;
using ServerlessFashion.Storage.Requests;
using ServerlessFashion.Training;
using ServerlessFashion.Training.Devices;

namespace ServerlessFashion.Cli.Composition;

/// <summary>
/// The composition root of the command line: the services of one command. A child process has <see cref="StepServices"/>.
/// </summary>
internal static class CommandServices
{
    /// <summary>
    /// Registers the services. Nothing is opened and no setting is read before it is needed, so that a short command starts fast.
    /// </summary>
    /// <param name="log">Gets the log records of child processes; null for none.</param>
    /// <param name="add">Registers what only this command needs; it may replace what is registered here.</param>
    /// <param name="stop">Ctrl-C.</param>
    public static ServiceProvider Build(
        CommandOptions options, ILoggerFactory loggers, LogWriter? log, Action<IServiceCollection>? add, CancellationToken stop) =>
        Register(options, loggers, log, add, stop).BuildServiceProvider();

    internal static IServiceCollection Register(
        CommandOptions options, ILoggerFactory loggers, LogWriter? log, Action<IServiceCollection>? add, CancellationToken stop)
    {
        var services = new ServiceCollection()
            .AddSingleton(new Interruption(stop))
            .AddSingleton(new ChildLog(log))
            .AddSingleton(options.Connection)
            .AddSingleton(new Output(options.Json, log?.IsOnStandardError == true))
            .AddSingleton(provider => new WaitNotices(
                provider.GetRequiredService<Output>().Notice, provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(SettingsOf(options))
            .AddCommon(loggers)
            .AddSingleton<IProcessStarter, ProcessStarter>()
            .AddSingleton(provider => new EmulatorFolder(
                Path.Combine(ProjectFolder.State, "azurite"), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<IEmulatorProcess, EmulatorProcess>()
            .AddSingleton<ProjectEmulator>()
            .AddSingleton<StorageConnection>()
            .AddSingleton(provider => provider.GetRequiredService<StorageConnection>().Storage)
            .AddFashionStorage()
            .AddDatasets(ProjectFolder.State)
            .AddSingleton<IPackageInstaller, AptPackageInstaller>()
            .AddSingleton<IProgress<StepNote>, StepNotes>()
            .AddSingleton<IProgress<StorageNotice>, StorageNotices>()
            .AddPipeline()
            .AddPrediction()
            .AddTrainingDevices()
            .AddSingleton(provider => new TrainingMachine(LocalRuns.Threads, provider.GetRequiredService<TrainingDevices>().Choose))
            .AddSingleton(provider => OptionCheck.Of(provider.GetRequiredService<TrainingMachine>()))
            .AddSingleton<ICancelFlags, CancelFlags>()
            .AddSingleton<LocalRuns>()
            .AddSingleton<IComparisonHost, VerbHost>()
            .AddSingleton<IComparisonTarget, LocalComparison>()
            .AddSingleton(provider => Browser.OfSystem(
                provider.GetRequiredService<IProcessStarter>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<IRunPages>(provider => new LocalRunPages(
                provider.GetRequiredService<ComparisonQueries>(), provider.GetRequiredService<ReportQueries>()))
            .AddApplication()
            .AddSingleton<LocalData>();
        if (options.Server is { } server)
        {
            services.AddServer(server)
                .AddSingleton(server)
                .AddSingleton<IProgress<ServerNotice>>(provider => new ActionProgress<ServerNotice>(
                    notice => provider.GetRequiredService<Output>().Notice(notice.Text)))
                .AddSingleton(new OptionCheck(_ => { }))
                .AddSingleton<IComparisonTarget, ServerComparison>()
                .AddSingleton<IRunPages, ServerRunPages>();
        }

        add?.Invoke(services);
        return services;
    }

    /// <summary>The clock and the loggers of every process.</summary>
    public static IServiceCollection AddCommon(this IServiceCollection services, ILoggerFactory loggers)
    {
        var generic = loggers is NullLoggerFactory ? typeof(NullLogger<>) : typeof(Logger<>);
        return services.AddSingleton(TimeProvider.System).AddSingleton(loggers).AddSingleton(typeof(ILogger<>), generic);
    }

    /// <summary>Options of the command line take precedence over environment variables.</summary>
    private static SettingSource SettingsOf(CommandOptions options) => SettingSource.Environment
        .With(StorageOptions.ConnectionSetting, options.Storage)
        .With(DatasetOptions.DataSetting, options.Data)
        .With(DeviceSettings.DeviceVariable, options.Device?.ToString());
}
