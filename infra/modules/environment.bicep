metadata description = 'The Container Apps environment with its workload profiles.'

import { gpuProfileName } from 'names.bicep'

param name string
param location string
param tags object
param workspaceId string

@description('Type of the GPU workload profile, or none.')
param gpuProfile string

@description('Subnet of the environment. Empty means no virtual network.')
param subnetId string

var consumption = {
  name: 'Consumption'
  workloadProfileType: 'Consumption'
}
// A serverless GPU profile has no minimum or maximum count: it follows its apps down to zero.
var gpu = {
  name: gpuProfileName
  workloadProfileType: gpuProfile
}

resource environment 'Microsoft.App/managedEnvironments@2026-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    workloadProfiles: gpuProfile == 'none' ? [consumption] : [consumption, gpu]
    vnetConfiguration: empty(subnetId)
      ? null
      : {
          infrastructureSubnetId: subnetId
          internal: false
        }
    // This destination uses the diagnostic setting below and needs no workspace key.
    appLogsConfiguration: {
      destination: 'azure-monitor'
    }
    publicNetworkAccess: 'Enabled'
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: environment
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        category: 'ContainerAppConsoleLogs'
        enabled: true
      }
      {
        category: 'ContainerAppSystemLogs'
        enabled: true
      }
    ]
  }
}

output id string = environment.id
output name string = environment.name
output defaultDomain string = environment.properties.defaultDomain
