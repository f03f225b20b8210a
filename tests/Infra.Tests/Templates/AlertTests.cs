using ServerlessFashion.Infra.Tests.Snapshots;

namespace ServerlessFashion.Infra.Tests.Templates;

public sealed class AlertTests
{
    [Fact]
    public async Task LogAlerts_CoverRunsTrainingUploadsGpuAndReplicas()
    {
        var alerts = await LogAlertsAsync(ParameterSets.T4);

        Assert.Equal(
            ["gpu-hours", "replica-failing", "run-failed", "training-stuck", "upload-poisoned"],
            alerts.Select(alert => alert.DisplayName).Order());
        Assert.All(alerts, alert => Assert.True(alert.Enabled));
        Assert.All(alerts, alert => Assert.Single(alert.Actions.ActionGroups));
    }

    [Fact]
    public async Task UploadEventsLost_WatchesDeadLettersOfTheTopic()
    {
        var alert = (await Snapshot.GetAsync(ParameterSets.T4)).Properties<MetricAlert>(ResourceTypes.MetricAlert);

        Assert.Equal("DeadLetteredCount", Assert.Single(alert.Criteria.AllOf).MetricName);
        Assert.Contains("topicId", Assert.Single(alert.Scopes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GpuHours_FromTheSetting_AreInTheQuery()
    {
        var alert = (await LogAlertsAsync(ParameterSets.Watched)).Single(alert => alert.DisplayName == "gpu-hours");

        Assert.EndsWith("hours > 5", Assert.Single(alert.Criteria.AllOf).Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Emails_FromTheSetting_ReceiveAlertsAndBudgetWarnings()
    {
        string[] emails = ["a@example.com", "b@example.com"];
        var snapshot = await Snapshot.GetAsync(ParameterSets.Watched);

        var receivers = snapshot.Properties<ActionGroup>(ResourceTypes.ActionGroup).EmailReceivers;
        Assert.Equal(emails, receivers.Select(receiver => receiver.EmailAddress));
        var budget = snapshot.Properties<Budget>(ResourceTypes.Budget);
        Assert.Equal(100, budget.Amount);
        Assert.Equal("2027-01-01", budget.TimePeriod.StartDate);
        Assert.All(budget.Notifications.Values, notification => Assert.Equal(emails, notification.ContactEmails));
    }

    [Fact]
    public async Task Workbook_OfTheDeployment_QueriesItsWorkspace()
    {
        var snapshot = await Snapshot.GetAsync(ParameterSets.T4);
        var workbook = snapshot.Properties<Workbook>("Microsoft.Insights/workbooks");
        var workspace = snapshot.Single(ResourceTypes.Workspace).Id;

        Assert.Equal(workspace, workbook.SourceId);
        Assert.Contains($"\"{workspace}\"", workbook.SerializedData, StringComparison.Ordinal);
        Assert.DoesNotContain("{workspace}", workbook.SerializedData, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Budget_WithoutAnAmount_DoesNotExist()
    {
        var snapshot = await Snapshot.GetAsync(ParameterSets.T4);

        Assert.Empty(snapshot.Of(ResourceTypes.Budget));
        Assert.Equal("", snapshot.Outputs["FASHION_BUDGET_START"]);
    }

    private static async Task<IReadOnlyList<Alert>> LogAlertsAsync(string set) =>
        [.. (await Snapshot.GetAsync(set)).Of(ResourceTypes.LogAlert).Select(alert => alert.Properties<Alert>())];

    internal sealed record Alert(string DisplayName, bool Enabled, QueryCriteria Criteria, AlertActions Actions);

    internal sealed record QueryCriteria(QueryCondition[] AllOf);

    internal sealed record QueryCondition(string Query);

    internal sealed record AlertActions(string[] ActionGroups);

    internal sealed record MetricAlert(string[] Scopes, MetricCriteria Criteria);

    internal sealed record MetricCriteria(MetricCondition[] AllOf);

    internal sealed record MetricCondition(string MetricName);

    internal sealed record ActionGroup(Receiver[] EmailReceivers);

    internal sealed record Receiver(string EmailAddress);

    internal sealed record Budget(decimal Amount, Period TimePeriod, Dictionary<string, Notification> Notifications);

    internal sealed record Workbook(string SourceId, string SerializedData);

    internal sealed record Period(string StartDate);

    internal sealed record Notification(string[] ContactEmails);
}
