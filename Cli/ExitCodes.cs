namespace ServerlessFashion.Cli;

/// <summary>Exit codes of the program: a contract with scripts.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int BadInput = 2;
    public const int Cancelled = 130;
}
