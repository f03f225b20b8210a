metadata description = 'One Functions app as a container app of kind functionapp.'

@export()
@description('A user-assigned managed identity.')
type appIdentity = {
  id: string
  clientId: string
}

@export()
@description('Services that an app connects to with its identity.')
type appConnections = {
  registryServer: string
  storageName: string
  schedulerEndpoint: string
  taskHubName: string
  insightsConnectionString: string
}

@minLength(2)
@maxLength(32)
param name string

@description('Name of the azd service.')
@allowed([
  'api'
  'trainer'
])
param service string
param location string
param tags object
param environmentId string

@description('Domain of the environment, the end of the host name of each app.')
param environmentDomain string
param workloadProfile string

@description('CPU cores of one replica.')
param cpu int
param memory string

@description('Container image. Empty until the first image is published: the app then runs a public placeholder.')
param image string
param identity appIdentity
param connections appConnections

@description('Whether the app accepts requests from outside the environment.')
param external bool

@description('Path that answers 200 without a key when the app can work.')
param healthPath string
param minReplicas int
param maxReplicas int
param customScaleRules bool

@description('Kinds of durable work items that add replicas.')
param workItemTypes string[]

@description('Work items that one replica processes at a time.')
param workItemsPerReplica int

@description('Storage queues that add replicas.')
param queues { name: string, messagesPerReplica: int }[]

@description('Further settings. Not for secrets: everyone with read access to the app sees them.')
param settings object

var hasImage = !empty(image)
var port = 8080
// Azure rejected the override in one report when the app was created with it, so the first pass leaves it off.
var overrideRules = customScaleRules && hasImage
var commonSettings = {
  FUNCTIONS_WORKER_RUNTIME: 'dotnet-isolated'
  // The placeholder image listens on the same port as ours.
  ASPNETCORE_URLS: 'http://+:${port}'
  AzureWebJobsStorage__accountName: connections.storageName
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identity.clientId
  // The Durable extension starts no orchestration without it.
  WEBSITE_HOSTNAME: '${name}${external ? '' : '.internal'}.${environmentDomain}'
  // Otherwise each replica derives its own id from its machine name and has its own function keys and locks.
  AzureFunctionsWebHost__hostid: 'fashion-${service}'
  AzureFunctionsJobHost__Logging__Console__IsEnabled: 'true'
  DURABLE_TASK_SCHEDULER_CONNECTION_STRING: 'Endpoint=${connections.schedulerEndpoint};Authentication=ManagedIdentity;ClientID=${identity.clientId}'
  TASKHUB_NAME: connections.taskHubName
  APPLICATIONINSIGHTS_CONNECTION_STRING: connections.insightsConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD;ClientId=${identity.clientId}'
  OTEL_SERVICE_NAME: 'fashion-${service}'
}

var queueRules = [
  for queue in queues: {
    name: 'queue-${queue.name}'
    custom: {
      type: 'azure-queue'
      identity: identity.id
      metadata: {
        accountName: connections.storageName
        queueName: queue.name
        queueLength: string(queue.messagesPerReplica)
      }
    }
  }
]
var durableRules = [
  for type in workItemTypes: {
    name: 'durable-${toLower(type)}'
    custom: {
      type: 'azure-durabletask-scheduler'
      identity: identity.id
      metadata: {
        endpoint: connections.schedulerEndpoint
        taskhubName: connections.taskHubName
        workItemType: type
        maxConcurrentWorkItemsCount: string(workItemsPerReplica)
      }
    }
  }
]
var httpRules = external
  ? [
      {
        name: 'http'
        http: {
          metadata: {
            concurrentRequests: '50'
          }
        }
      }
    ]
  : []

// Azure allows at most ten failures, so the periods give the time: a host may need 200 s to start.
var probes = [
  {
    type: 'Startup'
    httpGet: {
      path: healthPath
      port: port
    }
    periodSeconds: 20
    timeoutSeconds: 5
    failureThreshold: 10
  }
  {
    type: 'Readiness'
    httpGet: {
      path: healthPath
      port: port
    }
    periodSeconds: 10
    timeoutSeconds: 5
    failureThreshold: 3
  }
  {
    // The host answers this path itself, even while a training keeps the worker busy.
    type: 'Liveness'
    httpGet: {
      path: '/admin/host/ping'
      port: port
    }
    periodSeconds: 30
    timeoutSeconds: 10
    failureThreshold: 10
  }
]

resource app 'Microsoft.App/containerApps@2026-07-01' = {
  name: name
  location: location
  kind: 'functionapp'
  tags: union(tags, {
    'azd-service-name': service
  })
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identity.id}': {}
    }
  }
  properties: {
    environmentId: environmentId
    workloadProfileName: workloadProfile
    configuration: {
      activeRevisionsMode: 'Single'
      maxInactiveRevisions: 5
      // Durable scaling requires ingress, also where nobody calls the app.
      ingress: {
        external: external
        targetPort: port
        transport: 'auto'
        allowInsecure: false
        traffic: [
          {
            latestRevision: true
            weight: 100
          }
        ]
      }
      registries: [
        {
          server: connections.registryServer
          identity: identity.id
        }
      ]
    }
    template: {
      // The maximum. A training stops after its current batch and continues elsewhere from its last epoch.
      terminationGracePeriodSeconds: 600
      containers: [
        {
          name: service
          image: hasImage ? image : 'mcr.microsoft.com/k8se/quickstart-functions:latest'
          resources: {
            cpu: cpu
            memory: memory
          }
          env: [
            for setting in items(union(commonSettings, settings)): {
              name: setting.key
              value: setting.value
            }
          ]
          probes: hasImage ? probes : []
        }
      ]
      scale: {
        minReplicas: minReplicas
        maxReplicas: maxReplicas
        cooldownPeriod: 300
        pollingInterval: 15
        allowScalingRuleOverride: overrideRules
        rules: overrideRules ? concat(httpRules, queueRules, durableRules) : []
      }
    }
  }
}

output name string = app.name
output uri string = 'https://${app.properties.configuration.ingress.fqdn}'
