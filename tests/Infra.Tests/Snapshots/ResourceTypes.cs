namespace ServerlessFashion.Infra.Tests.Snapshots;

internal static class ResourceTypes
{
    public const string ActionGroup = "Microsoft.Insights/actionGroups";
    public const string Budget = "Microsoft.Consumption/budgets";
    public const string ContainerApp = "Microsoft.App/containerApps";
    public const string DiagnosticSetting = "Microsoft.Insights/diagnosticSettings";
    public const string DnsZone = "Microsoft.Network/privateDnsZones";
    public const string Environment = "Microsoft.App/managedEnvironments";
    public const string EventSubscription = "Microsoft.EventGrid/systemTopics/eventSubscriptions";
    public const string Insights = "Microsoft.Insights/components";
    public const string LogAlert = "Microsoft.Insights/scheduledQueryRules";
    public const string MetricAlert = "Microsoft.Insights/metricAlerts";
    public const string Network = "Microsoft.Network/virtualNetworks";
    public const string PrivateEndpoint = "Microsoft.Network/privateEndpoints";
    public const string Registry = "Microsoft.ContainerRegistry/registries";
    public const string RoleAssignment = "Microsoft.Authorization/roleAssignments";
    public const string Scheduler = "Microsoft.DurableTask/schedulers";
    public const string Storage = "Microsoft.Storage/storageAccounts";
    public const string TaskHub = Scheduler + "/taskHubs";
    public const string Workspace = "Microsoft.OperationalInsights/workspaces";
}
