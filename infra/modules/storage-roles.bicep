metadata description = 'Storage roles of the two apps. The trainer has roles on single containers and tables only.'

import { hostContainers, roleIds } from 'names.bicep'

param accountName string

@description('Runs the pipeline. Its Functions host keeps locks and function keys in this account.')
param apiPrincipalId string

@description('Reads the data set, writes runs and their metrics.')
param trainerPrincipalId string

// The Functions host documents Storage Blob Data Owner on the account as its requirement.
var apiRoles = [
  roleIds.storageBlobDataOwner
  roleIds.storageQueueDataContributor
  roleIds.storageTableDataContributor
]
var trainerContainers = [
  {
    name: 'datasets'
    roleId: roleIds.storageBlobDataReader
  }
  {
    name: 'runs'
    roleId: roleIds.storageBlobDataContributor
  }
  {
    name: hostContainers.locks
    roleId: roleIds.storageBlobDataContributor
  }
]
var trainerTables = [
  // A run with a time budget stores its shortened configuration here.
  'Runs'
  'EpochMetrics'
]

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: accountName

  resource blobService 'blobServices' existing = {
    name: 'default'

    resource container 'containers' existing = [
      for container in trainerContainers: {
        name: container.name
      }
    ]
  }

  resource tableService 'tableServices' existing = {
    name: 'default'

    resource table 'tables' existing = [
      for table in trainerTables: {
        name: table
      }
    ]
  }
}

resource apiAccount 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for roleId in apiRoles: {
    scope: account
    name: guid(account.id, apiPrincipalId, roleId)
    properties: {
      principalId: apiPrincipalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleId)
    }
  }
]

resource trainerContainer 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (container, i) in trainerContainers: {
    scope: account::blobService::container[i]
    name: guid(account::blobService::container[i].id, trainerPrincipalId, container.roleId)
    properties: {
      principalId: trainerPrincipalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', container.roleId)
    }
  }
]

resource trainerTable 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (table, i) in trainerTables: {
    scope: account::tableService::table[i]
    name: guid(account::tableService::table[i].id, trainerPrincipalId, roleIds.storageTableDataContributor)
    properties: {
      principalId: trainerPrincipalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId(
        'Microsoft.Authorization/roleDefinitions',
        roleIds.storageTableDataContributor
      )
    }
  }
]
