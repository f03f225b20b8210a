using System.Text.RegularExpressions;
using ServerlessFashion.Infra.Tests.Snapshots;

namespace ServerlessFashion.Infra.Tests.Templates;

public sealed partial class RoleTests
{
    // Ids of Azure built-in roles.
    private const string BlobDataOwner = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b";
    private const string QueueDataContributor = "974c5e8b-45b9-4653-ba55-5f855dd0fb88";
    private const string TableDataContributor = "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3";
    private const string DurableTaskDataContributor = "0ad04412-c4d5-4796-b79c-f76d14c8d402";
    private const string MonitoringMetricsPublisher = "3913510d-42f4-4e42-8a64-420c390055eb";
    private const string AcrPull = "7f951dda-4ed3-4680-a7ca-43fe172d538d";
    private const string BlobDataReader = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1";
    private const string BlobDataContributor = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";
    private const string DurableTaskWorker = "80d0d6b0-f522-40a4-8886-a5a11720c375";
    private const string QueueDataMessageSender = "c6a89b2d-59bc-44d0-9896-0f6e12d7b80a";

    private const string Account = "Microsoft.Storage/storageAccounts/*";
    private const string Containers = Account + "/blobServices/default/containers/";
    private const string Queues = Account + "/queueServices/default/queues/";
    private const string Tables = Account + "/tableServices/default/tables/";
    private const string TaskHub = "Microsoft.DurableTask/schedulers/*/taskHubs/fashion";
    private const string Insights = "Microsoft.Insights/components/*";
    private const string Registry = "Microsoft.ContainerRegistry/registries/*";

    /// <summary>Role and scope of every assignment, for each principal.</summary>
    private static readonly Dictionary<string, (string Role, string Scope)[]> Expected = new()
    {
        ["api"] =
        [
            (BlobDataOwner, Account),
            (QueueDataContributor, Account),
            (TableDataContributor, Account),
            (DurableTaskDataContributor, TaskHub),
            (MonitoringMetricsPublisher, Insights),
            (AcrPull, Registry),
        ],
        ["trainer"] =
        [
            (BlobDataReader, Containers + "datasets"),
            (BlobDataContributor, Containers + "runs"),
            (BlobDataContributor, Containers + "azure-webjobs-hosts"),
            (TableDataContributor, Tables + "Runs"),
            (TableDataContributor, Tables + "EpochMetrics"),
            (DurableTaskWorker, TaskHub),
            (MonitoringMetricsPublisher, Insights),
            (AcrPull, Registry),
        ],
        ["uploadTopic"] =
        [
            (QueueDataMessageSender, Queues + "incoming-events"),
            (BlobDataContributor, Containers + "dead-letters"),
        ],
    };

    public static TheoryData<string, string> SetsAndIdentities =>
        [.. ParameterSets.Names.SelectMany(_ => Expected.Keys, (set, identity) => (set, identity))];

    [Theory]
    [MemberData(nameof(SetsAndIdentities))]
    public async Task Roles_OfOneIdentity_AreExactlyTheListedOnes(string set, string identity)
    {
        var roles = (await Snapshot.GetAsync(set)).Roles
            .Where(role => role.Principal == identity)
            .Select(role => (role.RoleId, ResourceName().Replace(role.ScopePath, "$1*")));

        Assert.Equal(Expected[identity].Order(), roles.Order());
    }

    [Theory]
    [MemberData(nameof(StorageTests.Sets), MemberType = typeof(StorageTests))]
    public async Task Roles_EverySet_AreScopedToResourcesOfTheGroup(string set)
    {
        var roles = (await Snapshot.GetAsync(set)).Roles;

        Assert.Equal(16, roles.Count);
        Assert.All(roles, role => Assert.Matches("^/subscriptions/[^/]+/resourceGroups/rg-[^/]+/providers/.+", role.Scope));
    }

    /// <summary>Names that contain the token of the deployment.</summary>
    [GeneratedRegex("((?:storageAccounts|schedulers|components|registries)/)[^/]+")]
    private static partial Regex ResourceName();
}
