using ServerlessFashion.Reporting;

namespace ServerlessFashion.Cli.Display;

/// <summary>How the command line writes epochs: as the report does.</summary>
internal static class EpochText
{
    /// <inheritdoc cref="Wording.StoppedEarly"/>
    public static string StoppedEarly(int epochs, int planned) => Wording.StoppedEarly(epochs, planned);
}
