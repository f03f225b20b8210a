using Microsoft.Extensions.DependencyInjection;
using ServerlessFashion.Datasets;

namespace ServerlessFashion.Cli.Local.Machine;

/// <summary>Registers the checks of the machine in the services of a command.</summary>
internal static class MachineCheckRegistration
{
    /// <summary>Adds the checks. They install no packages, because a check changes nothing on the machine.</summary>
    public static void AddMachineChecks(this IServiceCollection services) => services
        .AddSingleton<IPackageInstaller, NoPackageInstaller>()
        .AddSingleton<MachineChecks>();
}
