metadata description = 'The storage account: results of the pipeline, upload events, and data of the Functions hosts. Keys and public blobs are off.'

import { dataContainers, deadLetterContainer, hostContainers, incomingQueue, poisonQueue, tables } from 'names.bicep'

@minLength(3)
@maxLength(24)
param name string
param location string
param tags object
param sku string
param workspaceId string
param publicAccess bool
param keepUploadsDays int

var containers = concat(dataContainers, [
  hostContainers.locks
  hostContainers.keys
  deadLetterContainer
])
// Rules select blobs by prefix only. Checkpoints share their prefix with results, so the pipeline itself deletes them.
var coolOldRuns = {
  name: 'cool-old-runs'
  type: 'Lifecycle'
  enabled: true
  definition: {
    filters: {
      blobTypes: [
        'blockBlob'
      ]
      prefixMatch: [
        'runs/'
      ]
    }
    actions: {
      baseBlob: {
        tierToCool: {
          daysAfterModificationGreaterThan: 30
        }
      }
    }
  }
}
var deleteOldUploads = {
  name: 'delete-old-uploads'
  type: 'Lifecycle'
  enabled: true
  definition: {
    filters: {
      blobTypes: [
        'blockBlob'
      ]
      prefixMatch: [
        'incoming/'
        'predictions/'
        '${deadLetterContainer}/'
      ]
    }
    actions: {
      baseBlob: {
        delete: {
          daysAfterModificationGreaterThan: keepUploadsDays
        }
      }
    }
  }
}

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: sku
  }
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    accessTier: 'Hot'
    publicNetworkAccess: publicAccess ? 'Enabled' : 'Disabled'
    networkAcls: {
      // Event Grid delivers upload events as a trusted service.
      bypass: 'AzureServices'
      defaultAction: publicAccess ? 'Allow' : 'Deny'
    }
  }
}

resource blobService 'Microsoft.Storage/storageAccounts/blobServices@2025-06-01' = {
  parent: account
  name: 'default'
  properties: {
    isVersioningEnabled: false
    deleteRetentionPolicy: {
      enabled: true
      days: 7
    }
    containerDeleteRetentionPolicy: {
      enabled: true
      days: 7
    }
  }

  resource container 'containers' = [
    for container in containers: {
      name: container
      properties: {
        publicAccess: 'None'
      }
    }
  ]
}

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2025-06-01' = {
  parent: account
  name: 'default'

  resource queue 'queues' = [
    for queue in [incomingQueue, poisonQueue]: {
      name: queue
    }
  ]
}

resource tableService 'Microsoft.Storage/storageAccounts/tableServices@2025-06-01' = {
  parent: account
  name: 'default'

  resource table 'tables' = [
    for table in tables: {
      name: table
    }
  ]
}

resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2025-06-01' = {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: keepUploadsDays == 0 ? [coolOldRuns] : [coolOldRuns, deleteOldUploads]
    }
  }
  dependsOn: [
    blobService
  ]
}

resource blobLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: blobService
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        category: 'StorageDelete'
        enabled: true
      }
    ]
    metrics: [
      {
        category: 'Transaction'
        enabled: true
      }
    ]
  }
}

output id string = account.id
