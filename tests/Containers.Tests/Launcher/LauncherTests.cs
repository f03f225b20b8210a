namespace ServerlessFashion.Containers.Tests.Launcher;

/// <summary>The script <c>fashion</c>, run by a shell on a copy of it.</summary>
public sealed class LauncherTests : IDisposable
{
    private readonly LauncherHome _launcher = new();

    public void Dispose() => _launcher.Dispose();

    [Fact]
    public async Task Launch_FirstCommand_InstallsAndBuildsAtHomeAndRunsWhereTheCallerIs()
    {
        var folder = _launcher.Beside("elsewhere");

        var first = await _launcher.RunAsync("\"$HOME_OF_LAUNCHER/fashion\" show 'a b'", folder);

        Assert.Equal((0, $"home={_launcher.Home} here={folder} arguments=show a b\n"), (first.ExitCode, first.Output));
        Assert.Equal(Steps, _launcher.Log);
    }

    [Fact]
    public async Task Launch_SecondCommand_NeitherInstallsNorBuilds()
    {
        await _launcher.RunAsync("\"$HOME_OF_LAUNCHER/fashion\"");

        var second = await _launcher.RunAsync("\"$HOME_OF_LAUNCHER/fashion\" runs");

        Assert.Equal((0, ""), (second.ExitCode, second.Error));
        Assert.Equal(Steps, _launcher.Log);
    }

    /// <summary>With CDPATH, <c>cd</c> goes to a folder of that path first, and prints where it went.</summary>
    [Theory]
    [InlineData("ln -s \"$HOME_OF_LAUNCHER/fashion\" linked; ./linked runs")]
    [InlineData("ln -s \"$HOME_OF_LAUNCHER/fashion\" first; ln -s first second; ./second runs")]
    [InlineData("mkdir -p tools; ln -s \"$HOME_OF_LAUNCHER/fashion\" tools/fashion; PATH=$PWD/tools:$PATH fashion runs")]
    [InlineData("ln -s \"$HOME_OF_LAUNCHER\" folder; ./folder/fashion runs")]
    [InlineData("mkdir -p 'other/home of fashion'; export CDPATH=$PWD/other; 'home of fashion/fashion' runs")]
    [InlineData("mkdir -p other/fashion; export CDPATH=$PWD/other; cd \"$HOME_OF_LAUNCHER\" >/dev/null; bash fashion runs")]
    public async Task Launch_LinkedOrBesideAnotherProject_WorksAtHomeAlone(string script)
    {
        var (exitCode, output, error) = await _launcher.RunAsync(script);

        Assert.True(exitCode == 0, error);
        Assert.StartsWith($"home={_launcher.Home} ", output, StringComparison.Ordinal);
        Assert.Equal(Steps, _launcher.Log);
    }

    /// <summary>The program prints commands that continue a run, and people paste them in the same folder.</summary>
    [Theory]
    [InlineData("\"$HOME_OF_LAUNCHER/fashion\" command", "{0}/fashion")]
    [InlineData("cd \"$HOME_OF_LAUNCHER\"; ./fashion command", "./fashion")]
    [InlineData("mkdir -p \"$HOME_OF_LAUNCHER/sub\"; cd \"$HOME_OF_LAUNCHER/sub\"; ../fashion command", "../fashion")]
    [InlineData("cd \"$HOME_OF_LAUNCHER\"; bash fashion command", "")]
    [InlineData("PATH=$HOME_OF_LAUNCHER:$PATH fashion command", "{0}/fashion")]
    public async Task Launch_FromAnywhere_TellsTheProgramHowItWasCalled(string script, string expected)
    {
        var (_, output, error) = await _launcher.RunAsync(script);

        Assert.True(output.EndsWith($"\ncommand={expected.Replace("{0}", _launcher.Home, StringComparison.Ordinal)}\n",
            StringComparison.Ordinal), output + error);
    }

    /// <summary>A command installs the emulator alone; the tests need more.</summary>
    [Fact]
    public async Task Test_AfterACommand_InstallsTheToolsOfTheTestsOnce()
    {
        await _launcher.RunAsync("\"$HOME_OF_LAUNCHER/fashion\" runs");

        var first = await _launcher.RunAsync("\"$HOME_OF_LAUNCHER/fashion\" test");
        var second = await _launcher.RunAsync("\"$HOME_OF_LAUNCHER/fashion\" test");

        Assert.StartsWith("Installing the storage emulator and the tools of the tests (once) ...\n", first.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Installing", second.Error, StringComparison.Ordinal);
        Assert.Equal(
            [Steps[0], $"npm ci --ignore-scripts --no-progress --loglevel=error in {_launcher.Home}"],
            _launcher.Log.Where(line => line.StartsWith("npm ci", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("test --help", "usage: ./fashion test [OPTION...]\n")]
    [InlineData("test -h", "usage: ./fashion test [OPTION...]\n")]
    [InlineData("bench --help", "usage: ./fashion bench [--models A,B]")]
    [InlineData("chaos --help", "usage: ./fashion chaos EXPERIMENT ")]
    public async Task Help_OfACommandThatIsBuilt_IsPrintedAtOnce(string arguments, string expected)
    {
        var help = await _launcher.RunAsync($"\"$HOME_OF_LAUNCHER/fashion\" {arguments}");

        Assert.Equal((0, ""), (help.ExitCode, help.Error));
        Assert.StartsWith(expected, help.Output, StringComparison.Ordinal);
        Assert.Empty(_launcher.Log);
    }

    [Fact]
    public async Task Test_ModulesAreALinkWithTheEmulator_AreNotTouched()
    {
        await _launcher.RunAsync(
            "mkdir -p modules/azurite; touch modules/.package-lock.json; ln -s \"$PWD/modules\" \"$HOME_OF_LAUNCHER/node_modules\"; "
            + "\"$HOME_OF_LAUNCHER/fashion\" test");

        Assert.DoesNotContain(_launcher.Log, line => line.StartsWith("npm", StringComparison.Ordinal));
    }

    /// <summary><c>npm ci</c> would empty the folder behind the link.</summary>
    [Fact]
    public async Task Launch_ModulesAreALinkWithoutTheEmulator_AreNotTouched()
    {
        var (exitCode, _, error) = await _launcher.RunAsync(
            "mkdir modules; ln -s \"$PWD/modules\" \"$HOME_OF_LAUNCHER/node_modules\"; \"$HOME_OF_LAUNCHER/fashion\" runs");

        Assert.Equal(2, exitCode);
        Assert.Equal($"fashion: {_launcher.Home}/node_modules is a link to a folder without Azurite; remove the link.\n", error);
        Assert.Empty(_launcher.Log);
    }

    [Fact]
    public async Task Launch_TwoFirstCommandsAtOnce_InstallAndBuildOnce()
    {
        var (exitCode, output, _) = await _launcher.RunAsync(
            """
            export WAIT=1
            "$HOME_OF_LAUNCHER/fashion" one & one=$!
            "$HOME_OF_LAUNCHER/fashion" two & two=$!
            until grep -q npm "$LOG" 2>/dev/null; do sleep .02; done
            touch "$HOME_OF_LAUNCHER/go"
            wait "$one" && wait "$two"
            """);

        Assert.Equal(0, exitCode);
        Assert.Contains("arguments=one", output, StringComparison.Ordinal);
        Assert.Contains("arguments=two", output, StringComparison.Ordinal);
        Assert.Equal(Steps, _launcher.Log);
    }

    /// <summary>The first command waits in npm, and is killed there; the lock must end with it although npm goes on.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(WithoutFlock)]
    public async Task Launch_HolderOfTheLockWasKilled_DoesNotWaitForIt(string before)
    {
        const string script = """
            WAIT=1 "$HOME_OF_LAUNCHER/fashion" one >/dev/null 2>&1 &
            until grep -q npm "$LOG" 2>/dev/null; do sleep .02; done
            kill -9 $!
            timeout 60 "$HOME_OF_LAUNCHER/fashion" two
            code=$?
            touch "$HOME_OF_LAUNCHER/go"
            # The first npm has no parent any more. It must not write into the folder while the test deletes it.
            until [ "$(grep -c "npm ended" "$LOG")" -ge 2 ]; do sleep .02; done
            exit "$code"
            """;

        var (exitCode, output, error) = await _launcher.RunAsync(before + script);

        Assert.True(exitCode == 0, error);
        Assert.Contains("arguments=two", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Launch_AnotherCommandInstalls_SaysWhatItWaitsFor()
    {
        const string script = """
            WAIT=1 "$HOME_OF_LAUNCHER/fashion" one >/dev/null 2>&1 &
            until grep -q npm "$LOG" 2>/dev/null; do sleep .02; done
            "$HOME_OF_LAUNCHER/fashion" two 2>said &
            until [ -s said ]; do sleep .02; done
            touch "$HOME_OF_LAUNCHER/go"
            wait
            cat said >&2
            """;

        var (_, _, error) = await _launcher.RunAsync(script);

        Assert.StartsWith(
            $"fashion: waiting for another command that installs or builds in {_launcher.Home}\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Launch_ShellAsksForSuggestionsBeforeTheBuild_AnswersNothingAtOnce()
    {
        var result = await _launcher.RunAsync("\"$HOME_OF_LAUNCHER/fashion\" '[suggest:4]' comp");

        Assert.Equal((0, "", ""), result);
        Assert.Empty(_launcher.Log);
    }

    /// <summary>The other scripts find their home in the same way.</summary>
    [Fact]
    public async Task Chaos_ThroughALinkAndWithCdpath_BuildsAtHome()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The experiments need Linux.");
        await _launcher.RunAsync(
            "mkdir -p other/chaos; export CDPATH=$PWD/other; ln -s \"$HOME_OF_LAUNCHER/chaos/chaos.sh\" experiment; ./experiment list");

        Assert.Contains($"dotnet build {_launcher.Home}/chaos", _launcher.Log);
    }

    /// <summary>A search path on which there is no flock.</summary>
    private const string WithoutFlock = """
        mkdir tools
        for tool in $(compgen -c | sort -u); do
          [ "$tool" = flock ] || ! path=$(type -P "$tool") || ln -sf "$path" "tools/$tool" 2>/dev/null
        done
        export PATH=$PWD/tools
        command -v perl >/dev/null || exit 77

        """;

    private string[] Steps =>
    [
        $"npm ci --omit=dev --ignore-scripts --no-progress --loglevel=error in {_launcher.Home}", "npm ended",
        $"dotnet build {_launcher.Home}/Cli", "dotnet ended",
    ];
}
