metadata description = 'Alerts on the telemetry of the pipeline. A test compares the metric names with Core/Telemetry/TelemetryNames.cs.'

param token string
param location string
param tags object
param workspaceId string

@description('Event Grid topic that delivers upload events.')
param uploadTopicId string
param emails string[]
param gpuHoursPerDay int

// An alert fires when its query returns a row.
var rules = [
  {
    name: 'run-failed'
    description: 'A comparison run failed.'
    severity: 2
    query: 'AppMetrics | where Name == "fashion.run.ended" and tostring(Properties["fashion.run.status"]) == "failed" | summarize runs = sum(Sum) | where runs > 0'
    window: 'PT15M'
    frequency: 'PT5M'
  }
  {
    // Counting busy intervals keeps a run that has just started from raising the alert.
    name: 'training-stuck'
    description: 'Runs were active for two hours and no epoch ended.'
    severity: 2
    query: 'let epochs = toscalar(AppMetrics | where Name == "fashion.training.epoch.duration" | count); AppMetrics | where Name == "fashion.run.active" and Max > 0 | summarize by bin(TimeGenerated, 10m) | summarize busyIntervals = count() | where busyIntervals >= 12 and epochs == 0'
    window: 'PT2H'
    frequency: 'PT15M'
  }
  {
    name: 'upload-poisoned'
    description: 'The prediction of an upload failed for good.'
    severity: 3
    query: 'AppMetrics | where Name == "fashion.incoming.poisoned" | summarize uploads = sum(Sum) | where uploads > 0'
    window: 'PT15M'
    frequency: 'PT15M'
  }
  {
    name: 'gpu-hours'
    description: 'Training used more GPU hours in 24 hours than allowed.'
    severity: 2
    query: 'AppMetrics | where Name == "fashion.training.gpu.time" | summarize hours = sum(Sum) / 3600 | where hours > ${gpuHoursPerDay}'
    window: 'P1D'
    frequency: 'PT1H'
  }
  {
    name: 'replica-failing'
    description: 'A container does not start, or its health probe stops it.'
    severity: 2
    // A startup probe fails while a replica starts, and a container terminates when a replica is scaled in: neither is a fault.
    query: 'ContainerAppSystemLogs | where Reason in ("ProbeFailed", "BackOff", "ReplicaUnhealthy") and not(Log contains "startup") | summarize events = count() by ContainerAppName, Reason | where events > 5'
    window: 'PT30M'
    frequency: 'PT15M'
  }
]

resource actionGroup 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${token}'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'fashion'
    emailReceivers: [
      for (email, i) in emails: {
        name: 'email-${i}'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

resource logAlerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: 'alert-${rule.name}-${token}'
    location: location
    tags: tags
    properties: {
      displayName: rule.name
      description: rule.description
      severity: rule.severity
      enabled: true
      scopes: [
        workspaceId
      ]
      windowSize: rule.window
      evaluationFrequency: rule.frequency
      // The tables do not exist before the first telemetry arrives.
      skipQueryValidation: true
      autoMitigate: true
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      actions: {
        actionGroups: [
          actionGroup.id
        ]
      }
    }
  }
]

resource deadLetters 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'alert-upload-events-lost-${token}'
  location: 'global'
  tags: tags
  properties: {
    description: 'Event Grid could not deliver an upload event and wrote it to the container dead-letters.'
    severity: 2
    enabled: true
    scopes: [
      uploadTopicId
    ]
    windowSize: 'PT15M'
    evaluationFrequency: 'PT5M'
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'dead-lettered'
          metricNamespace: 'Microsoft.EventGrid/systemTopics'
          metricName: 'DeadLetteredCount'
          timeAggregation: 'Total'
          operator: 'GreaterThan'
          threshold: 0
        }
      ]
    }
    actions: [
      {
        actionGroupId: actionGroup.id
      }
    ]
  }
}

output actionGroupId string = actionGroup.id
