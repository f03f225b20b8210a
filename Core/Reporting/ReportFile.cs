namespace ServerlessFashion.Reporting;

/// <summary>One file of the report folder.</summary>
/// <param name="Path">Relative to the report folder, with forward slashes.</param>
public sealed record ReportFile(string Path, string ContentType, byte[] Content);
