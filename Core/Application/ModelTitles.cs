using ServerlessFashion.Reporting;

namespace ServerlessFashion.Application;

/// <summary>Names of models for people.</summary>
public static class ModelTitles
{
    /// <inheritdoc cref="Wording.Title"/>
    public static string Of(string model) => Wording.Title(model);
}
