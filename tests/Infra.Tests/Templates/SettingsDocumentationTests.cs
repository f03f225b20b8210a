using System.Text.RegularExpressions;

namespace ServerlessFashion.Infra.Tests.Templates;

/// <summary><c>docs/azure.md</c> describes every setting of <c>main.bicepparam</c>, with its default.</summary>
public sealed partial class SettingsDocumentationTests
{
    /// <summary>Name and default of each setting. azd itself sets the image names and the name of the environment.</summary>
    public static TheoryData<string, string> Settings =>
    [
        .. Setting().Matches(Repository.Read("infra/main.bicepparam"))
            .Select(match => (match.Groups[1].Value, match.Groups[2].Value))
            .Where(setting => !setting.Item1.StartsWith("SERVICE_", StringComparison.Ordinal) && setting.Item1 != "AZURE_ENV_NAME"),
    ];

    [Theory]
    [MemberData(nameof(Settings))]
    public void Table_OfEachSetting_StatesItsDefault(string name, string defaultValue)
    {
        var lines = Repository.Read("docs/azure.md").Split('\n');
        var row = Assert.Single(lines, line => line.StartsWith($"| {name} |", StringComparison.Ordinal));

        // The template replaces an empty start by the current month.
        var expected = name == "FASHION_BUDGET_START" ? "this month" : defaultValue;
        Assert.Equal(expected, row.Split('|')[2].Trim());
    }

    [GeneratedRegex(@"readEnvironmentVariable\('([^']+)', '([^']*)'\)")]
    private static partial Regex Setting();
}
