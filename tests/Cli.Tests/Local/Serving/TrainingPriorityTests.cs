using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using ServerlessFashion.Cli.Local.Processes;
using ServerlessFashion.Cli.Local.Serving;
using ServerlessFashion.Cli.Tests.Local.Processes;

namespace ServerlessFashion.Cli.Tests.Local.Serving;

public sealed class TrainingPriorityTests(StorageFixture storage)
{
    [Fact]
    public void Start_Program_ComesFromTheInnerStarter()
    {
        using var child = new FakeChild();
        using var priority = new TrainingPriority(child);

        Assert.Same(child, priority.Start(new ProcessStartInfo("program"), "missing"));
        Assert.Equal("program", child.Started!.FileName);
    }

    [Fact]
    public void Start_MissingProgram_FailsAsTheInnerStarterDoes()
    {
        using var priority = new TrainingPriority(new ProcessStarter());

        var failure = Assert.Throws<InvalidInputException>(
            () => priority.Start(new ProcessStartInfo("/no/such/program"), "program: it does not exist."));

        Assert.Equal("program: it does not exist.", failure.Message);
        Assert.IsType<Win32Exception>(failure.InnerException);
    }

    /// <summary>Field 19 of proc(5) /proc/pid/task/tid/stat is the niceness; a process starts with that of its parent.</summary>
    [Fact]
    public async Task Serve_Threads_AreNicerThanTheOneThatStartsTrainings()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has a niceness for each thread.");
        using var server = FashionProgram.Start(await storage.NewAccountAsync(), "listening on ", "serve", "--port", "0");
        await server.MarkerAsync();

        var ours = NicenessOf("/proc/self/stat");
        var nicer = Math.Min(19, ours + 5);
        var threads = Directory.GetDirectories($"/proc/{server.Id}/task").Select(task => NicenessOf($"{task}/stat")).ToList();

        Assert.Equal([ours], threads.Where(niceness => niceness != nicer));
        server.Interrupt();
        await server.EndAsync();
    }

    private static int NicenessOf(string stat)
    {
        var text = File.ReadAllText(stat);
        return int.Parse(text[(text.LastIndexOf(')') + 2)..].Split(' ')[16], CultureInfo.InvariantCulture);
    }
}
