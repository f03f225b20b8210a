using ServerlessFashion.Infra.Tests.Snapshots;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Infra.Tests.Templates;

public sealed class StorageTests
{
    private const string Account = ResourceTypes.Storage;

    public static TheoryData<string> Sets => [.. ParameterSets.Names];

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task Account_EverySet_RefusesKeysPublicBlobsAndOldTls(string set)
    {
        var account = (await Snapshot.GetAsync(set)).Single(Account).Properties<AccountProperties>();

        Assert.False(account.AllowSharedKeyAccess);
        Assert.False(account.AllowBlobPublicAccess);
        Assert.True(account.SupportsHttpsTrafficOnly);
        Assert.Equal("TLS1_2", account.MinimumTlsVersion);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task Containers_EverySet_ArePrivate(string set)
    {
        var containers = (await Snapshot.GetAsync(set)).Of(Account + "/blobServices/containers").ToList();

        Assert.NotEmpty(containers);
        Assert.All(containers, container => Assert.Equal("None", container.Properties<ContainerProperties>().PublicAccess));
    }

    [Fact]
    public async Task Containers_BesideThoseOfTheHosts_AreThoseOfStorageNames()
    {
        var containers = (await Snapshot.GetAsync(ParameterSets.T4)).Of(Account + "/blobServices/containers");

        Assert.Equal(
            StorageNames.Containers.Concat(["azure-webjobs-hosts", "azure-webjobs-secrets", "dead-letters"]).Order(),
            containers.Select(container => container.ShortName).Order());
    }

    [Fact]
    public async Task Tables_AreThoseOfStorageNames()
    {
        var tables = (await Snapshot.GetAsync(ParameterSets.T4)).Of(Account + "/tableServices/tables").Select(table => table.ShortName);

        Assert.Equal(StorageNames.Tables.Order(), tables.Order());
    }

    [Fact]
    public async Task Queues_AreTheUploadEventsAndTheirPoisonQueue()
    {
        var queues = (await Snapshot.GetAsync(ParameterSets.T4)).Of(Account + "/queueServices/queues").Select(queue => queue.ShortName);

        // The Functions host appends "-poison" to the name of a queue.
        Assert.Equal([StorageNames.IncomingEvents, StorageNames.IncomingEvents + "-poison"], queues.Order());
    }

    [Theory]
    [InlineData("incoming", StorageNames.Incoming, "")]
    [InlineData("sources", StorageNames.Datasets, "/" + StorageNames.DatasetSource)]
    public async Task UploadEvents_OfUploadsAndSources_GoToTheQueueByIdentity(string name, string container, string end)
    {
        var events = (await Snapshot.GetAsync(ParameterSets.T4)).Of(ResourceTypes.EventSubscription)
            .Single(subscription => subscription.ShortName == name).Properties<Subscription>();

        Assert.Equal($"/blobServices/default/containers/{container}/", events.Filter.SubjectBeginsWith);
        Assert.Equal(end, events.Filter.SubjectEndsWith);
        Assert.Equal(["Microsoft.Storage.BlobCreated"], events.Filter.IncludedEventTypes);
        Assert.Equal("SystemAssigned", events.DeliveryWithResourceIdentity.Identity.Type);
        Assert.Equal("StorageQueue", events.DeliveryWithResourceIdentity.Destination.EndpointType);
        Assert.Equal(StorageNames.IncomingEvents, events.DeliveryWithResourceIdentity.Destination.Properties.QueueName);
        Assert.Equal("SystemAssigned", events.DeadLetterWithResourceIdentity.Identity.Type);
        Assert.Equal("dead-letters", events.DeadLetterWithResourceIdentity.DeadLetterDestination.Properties.BlobContainerName);
    }

    [Theory]
    [InlineData(ParameterSets.T4, null)]
    [InlineData(ParameterSets.Watched, 14)]
    public async Task Uploads_AreDeletedOnlyOnRequest(string set, int? days)
    {
        var policy = (await Snapshot.GetAsync(set)).Properties<Policies>(Account + "/managementPolicies").Policy;

        var deletions = policy.Rules.Where(rule => rule.Definition.Actions.BaseBlob.Delete is not null).ToList();
        Assert.Equal(days is null ? 0 : 1, deletions.Count);
        Assert.All(deletions, rule => Assert.Equal(["incoming/", "predictions/", "dead-letters/"], rule.Definition.Filters.PrefixMatch));
        Assert.All(deletions, rule => Assert.Equal(days, rule.Definition.Actions.BaseBlob.Delete!.DaysAfterModificationGreaterThan));
    }

    internal sealed record AccountProperties(
        bool AllowSharedKeyAccess, bool AllowBlobPublicAccess, bool SupportsHttpsTrafficOnly, string MinimumTlsVersion);

    internal sealed record ContainerProperties(string PublicAccess);

    internal sealed record Subscription(
        EventFilter Filter, Delivery DeliveryWithResourceIdentity, DeadLetter DeadLetterWithResourceIdentity);

    internal sealed record EventFilter(string[] IncludedEventTypes, string SubjectBeginsWith, string SubjectEndsWith);

    internal sealed record TopicIdentity(string Type);

    internal sealed record Delivery(TopicIdentity Identity, Destination Destination);

    internal sealed record DeadLetter(TopicIdentity Identity, Destination DeadLetterDestination);

    internal sealed record Destination(string EndpointType, DestinationProperties Properties);

    internal sealed record DestinationProperties(string? QueueName, string? BlobContainerName);

    internal sealed record Policies(Policy Policy);

    internal sealed record Policy(Rule[] Rules);

    internal sealed record Rule(Definition Definition);

    internal sealed record Definition(BlobFilter Filters, RuleActions Actions);

    internal sealed record BlobFilter(string[] PrefixMatch);

    internal sealed record RuleActions(BlobActions BaseBlob);

    internal sealed record BlobActions(Age? Delete);

    internal sealed record Age(int DaysAfterModificationGreaterThan);
}
