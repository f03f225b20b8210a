using System.Text.Json;
using ServerlessFashion.Infra.Tests.Snapshots;

namespace ServerlessFashion.Infra.Tests.Templates;

public sealed class PrivateNetworkTests
{
    private static readonly string[] Closable =
        [ResourceTypes.Storage, ResourceTypes.Scheduler, ResourceTypes.Registry];

    [Theory]
    [InlineData(ParameterSets.T4, "Enabled", "Enabled", "Enabled")]
    [InlineData(ParameterSets.PrivateNetwork, "Disabled", "Disabled", "Enabled")]
    [InlineData(ParameterSets.ClosedRegistry, "Disabled", "Disabled", "Disabled")]
    public async Task PublicAccess_OfStorageSchedulerAndRegistry_FollowsTheSettings(string set, params string[] expected)
    {
        var snapshot = await Snapshot.GetAsync(set);

        Assert.Equal(expected, Closable.Select(type => snapshot.Single(type).Properties<Access>().PublicNetworkAccess));
    }

    [Fact]
    public async Task Storage_InAPrivateNetwork_AdmitsTrustedServicesOnly()
    {
        var rules = (await Snapshot.GetAsync(ParameterSets.PrivateNetwork)).Properties<Access>(ResourceTypes.Storage).NetworkAcls;

        Assert.Equal(new("AzureServices", "Deny"), rules);
    }

    [Theory]
    [InlineData(ParameterSets.T4)]
    [InlineData(ParameterSets.PrivateNetwork, "blob", "queue", "registry", "scheduler", "table")]
    public async Task Endpoints_OfAPrivateNetwork_AreOneForEachServiceWithADnsZone(string set, params string[] groups)
    {
        var snapshot = await Snapshot.GetAsync(set);
        var endpoints = snapshot.Of(ResourceTypes.PrivateEndpoint).Select(endpoint => endpoint.Properties<Endpoint>()).ToList();

        var links = endpoints.SelectMany(endpoint => endpoint.PrivateLinkServiceConnections);
        Assert.Equal(groups, links.SelectMany(link => link.Properties.GroupIds).Order());
        Assert.Equal(groups.Length, snapshot.Of(ResourceTypes.PrivateEndpoint + "/privateDnsZoneGroups").Count());
        Assert.Equal(groups.Length, snapshot.Of(ResourceTypes.DnsZone).Select(zone => zone.Name).Distinct().Count());
        Assert.Equal(groups.Length, snapshot.Of(ResourceTypes.DnsZone + "/virtualNetworkLinks").Count());
    }

    [Fact]
    public async Task Apps_InAPrivateNetwork_UseTheSubnetThatIsDelegatedToThem()
    {
        var snapshot = await Snapshot.GetAsync(ParameterSets.PrivateNetwork);
        var apps = snapshot.Properties<Network>(ResourceTypes.Network).Subnets.Single(subnet => subnet.Name == "apps");

        Assert.Equal("Microsoft.App/environments", Assert.Single(apps.Properties.Delegations).Properties.ServiceName);
        // Azure computes the id of the subnet, so the prediction is an expression or, without a network, nothing.
        Assert.Contains(".outputs.appSubnetId.", NetworkOf(snapshot), StringComparison.Ordinal);
        Assert.Equal("", NetworkOf(await Snapshot.GetAsync(ParameterSets.T4)));

        static string NetworkOf(Snapshot snapshot) =>
            snapshot.Properties<Environment>(ResourceTypes.Environment).VnetConfiguration.ToString();
    }

    [Fact]
    public async Task Registry_InAPrivateNetwork_IsPremium()
    {
        Assert.Equal("Premium", SkuOf(await Snapshot.GetAsync(ParameterSets.PrivateNetwork)));
        Assert.Equal("Basic", SkuOf(await Snapshot.GetAsync(ParameterSets.T4)));

        static string? SkuOf(Snapshot snapshot) =>
            snapshot.Single(ResourceTypes.Registry).Json.GetProperty("sku").GetProperty("name").GetString();
    }

    internal sealed record Access(string PublicNetworkAccess, NetworkRules? NetworkAcls);

    internal sealed record NetworkRules(string Bypass, string DefaultAction);

    internal sealed record Endpoint(Connection[] PrivateLinkServiceConnections);

    internal sealed record Connection(ConnectionProperties Properties);

    internal sealed record ConnectionProperties(string[] GroupIds);

    internal sealed record Network(Subnet[] Subnets);

    internal sealed record Subnet(string Name, SubnetProperties Properties);

    internal sealed record SubnetProperties(Delegation[] Delegations);

    internal sealed record Delegation(DelegationProperties Properties);

    internal sealed record DelegationProperties(string ServiceName);

    internal sealed record Environment(JsonElement VnetConfiguration);
}
