using System.Text.RegularExpressions;

namespace ServerlessFashion.Infra.Tests.Snapshots;

/// <summary>Which identity gets which role on which resource.</summary>
/// <param name="Principal"><c>api</c>, <c>trainer</c> or <c>uploadTopic</c>.</param>
/// <param name="Scope">Id of the resource.</param>
internal sealed partial record RoleAssignment(string Principal, string RoleId, string Scope)
{
    private const string Suffix = "/providers/Microsoft.Authorization/roleAssignments/";

    /// <summary>The scope without subscription and group, for example <c>Microsoft.Storage/storageAccounts/NAME</c>.</summary>
    public string ScopePath => Scope.Split("/providers/")[^1];

    public static RoleAssignment From(Resource resource)
    {
        var properties = resource.Properties<RoleProperties>();
        return new(PrincipalOf(properties.PrincipalId), properties.RoleDefinitionId[^36..], ScopeOf(resource.Id));
    }

    private static string PrincipalOf(string expression) => expression switch
    {
        _ when expression.Contains("'apiIdentity-", StringComparison.Ordinal) => "api",
        _ when expression.Contains("'trainerIdentity-", StringComparison.Ordinal) => "trainer",
        _ when expression.Contains("/Microsoft.EventGrid/systemTopics/", StringComparison.Ordinal) => "uploadTopic",
        _ => throw new InvalidOperationException($"The tests do not know the principal {expression}."),
    };

    private static string ScopeOf(string id) => ExtensionResourceId().Match(id) is { Success: true } match
        ? match.Groups[1].Value
        : id[..id.IndexOf(Suffix, StringComparison.Ordinal)];

    [GeneratedRegex(@"^\[extensionResourceId\('([^']+)',")]
    private static partial Regex ExtensionResourceId();

    private sealed record RoleProperties(string PrincipalId, string RoleDefinitionId);
}
