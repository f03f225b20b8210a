using System.Diagnostics;
using ServerlessFashion.Cli.Local.Machine;
using ServerlessFashion.Cli.Local.Processes;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Cli.Tests.Local.Machine;

/// <summary>Starts a shell script in the place of apt-get.</summary>
public sealed class AptPackageInstallerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task InstallAsync_PackageListsPresent_InstallsWithoutUpdate()
    {
        var reason = await InstallAsync("exit 0");

        Assert.Null(reason);
        Assert.Equal(["--quiet --option DPkg::Lock::Timeout=60 install --yes --no-install-recommends some-package "
            + "noninteractive"], Calls());
    }

    [Fact]
    public async Task InstallAsync_FirstInstallFails_UpdatesTheListsAndTriesAgain()
    {
        var reason = await InstallAsync("case \"$*\" in *update*) touch updated;; esac\n[ -e updated ]");

        Assert.Null(reason);
        Assert.Equal(["install", "update", "install"], Calls().Select(call => call.Split(' ')[3]));
    }

    [Fact]
    public async Task InstallAsync_StillFailing_GivesCodeAndLastErrorLine()
    {
        var reason = await InstallAsync("case \"$*\" in *update*) exit 0;; esac\necho noise >&2\necho 'E: Unable to locate package' "
            + ">&2\nexit 100");

        Assert.Equal($"{_folder.File("apt-get")} install failed with exit code 100 (E: Unable to locate package)", reason);
    }

    [Fact]
    public async Task InstallAsync_WithoutRootRights_StartsNothing()
    {
        Assert.Equal("installing it takes root rights", await InstallAsync("exit 0", hasRootRights: false));
        Assert.Empty(Calls());
    }

    [Fact]
    public async Task InstallAsync_NoSuchProgram_SaysSo()
    {
        var installer = new AptPackageInstaller(new ProcessStarter(), _folder.File("absent"), hasRootRights: true);

        Assert.Equal(
            $"{_folder.File("absent")} is not on this system",
            await installer.InstallAsync("some-package", TestContext.Current.CancellationToken));
    }

    private Task<string?> InstallAsync(string script, bool hasRootRights = true)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The stand-in for apt-get is a shell script.");
        var program = _folder.File("apt-get");
        File.WriteAllText(program, $"cd '{_folder.Path}'\necho \"$* $DEBIAN_FRONTEND\" >> calls\n{script}\n");
        return new AptPackageInstaller(new ScriptStarter(), program, hasRootRights)
            .InstallAsync("some-package", TestContext.Current.CancellationToken);
    }

    private string[] Calls() => File.Exists(_folder.File("calls")) ? File.ReadAllLines(_folder.File("calls")) : [];

    /// <summary>
    /// Lets a shell read the script. The system refuses to execute a file that another test's new process has inherited open for
    /// writing.
    /// </summary>
    private sealed class ScriptStarter : IProcessStarter
    {
        private readonly ProcessStarter _processes = new();

        public IChildProcess Start(ProcessStartInfo start, string missing)
        {
            start.ArgumentList.Insert(0, start.FileName);
            start.FileName = "/bin/sh";
            return _processes.Start(start, missing);
        }
    }
}
