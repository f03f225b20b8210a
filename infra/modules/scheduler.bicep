metadata description = 'Durable Task Scheduler with the task hub of both apps. It accepts managed identities only.'

import { roleIds } from 'names.bicep'

@minLength(3)
@maxLength(64)
param name string
param location string
param tags object
param taskHubName string

@description('Starts and queries orchestrations, and processes work items.')
param apiPrincipalId string

@description('Only processes work items.')
param trainerPrincipalId string

param publicAccess bool

@description('Days for which the history of a finished orchestration is kept. Results and metrics are in storage.')
param historyDays int = 30

resource scheduler 'Microsoft.DurableTask/schedulers@2026-02-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    sku: {
      name: 'Consumption'
    }
    publicNetworkAccess: publicAccess ? 'Enabled' : 'Disabled'
    // The apps have no fixed addresses. Every call needs an identity with a role.
    ipAllowlist: [
      '0.0.0.0/0'
    ]
  }
}

resource taskHub 'Microsoft.DurableTask/schedulers/taskHubs@2026-02-01' = {
  parent: scheduler
  name: taskHubName
  properties: {}
}

resource retention 'Microsoft.DurableTask/schedulers/retentionPolicies@2026-02-01' = {
  parent: scheduler
  name: 'default'
  properties: {
    retentionPolicies: [
      {
        retentionPeriodInDays: historyDays
      }
    ]
  }
}

resource workers 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for worker in [
    {
      principalId: apiPrincipalId
      roleId: roleIds.durableTaskDataContributor
    }
    {
      principalId: trainerPrincipalId
      roleId: roleIds.durableTaskWorker
    }
  ]: {
    scope: taskHub
    name: guid(taskHub.id, worker.principalId, worker.roleId)
    properties: {
      principalId: worker.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', worker.roleId)
    }
  }
]

output id string = scheduler.id
output endpoint string = scheduler.properties.endpoint
