using System.CommandLine;
using System.CommandLine.Invocation;

namespace ServerlessFashion.Cli.Usage;

/// <summary>The action of an option that prints and ends the program, whatever else stands in the command.</summary>
/// <param name="print">Gives the exit code.</param>
internal sealed class PrintAction(Func<ParseResult, int> print) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult) => print(parseResult);
}
