targetScope = 'subscription'

metadata description = 'ServerlessFashion: an api app on CPU and a trainer app on GPU, both Azure Functions on Azure Container Apps, sharing one task hub of Durable Task Scheduler.'

@description('Name of the azd environment. The resource group is called rg-NAME.')
@minLength(1)
@maxLength(40)
param environmentName string

@description('Azure region of all resources. A GPU profile needs a region that offers it: see docs/azure.md.')
@minLength(1)
param location string

@description('Workload profile of the trainer. The value none trains on CPU.')
@allowed([
  'Consumption-GPU-NC8as-T4'
  'Consumption-GPU-NC24-A100'
  'none'
])
param gpuProfile string = 'Consumption-GPU-NC8as-T4'

@description('Largest number of trainer replicas. With a GPU profile it must not exceed the GPU quota.')
@minValue(1)
@maxValue(50)
param maxTrainers int = 1

@description('CPU cores of one api replica. Memory is 2 GiB for each core.')
@allowed([
  1
  2
  4
])
param apiCores int = 2

@description('Container image of the api app. Empty until the first image is published.')
param apiImage string = ''

@description('Container image of the trainer app. Empty until the first image is published.')
param trainerImage string = ''

@description('Whether the apps use the scale rules of this template. Otherwise the platform derives rules from the triggers.')
param customScaleRules bool = true

@description('Email addresses that receive alerts and budget warnings.')
param alertEmails string[] = []

@description('GPU hours in one day above which an alert fires.')
@minValue(1)
@maxValue(1200)
param gpuHoursPerDay int = 8

@description('Monthly budget in the currency of the subscription, or 0 for none. A budget warns; it does not stop anything.')
@minValue(0)
param monthlyBudget int = 0

@description('First month of the budget, for example 2027-01. Azure does not allow a later change. Empty means the current month.')
@maxLength(7)
param budgetStart string = ''

@description('Current month, used when budgetStart is empty. Do not set it.')
param currentMonth string = utcNow('yyyy-MM')

@description('Whether storage, registry and scheduler get private endpoints in a virtual network of this deployment.')
param privateNetwork bool = false

@description('Whether the registry also accepts connections from outside the virtual network. Remote builds need this.')
param registryPublicAccess bool = true

@description('Tier of the container registry. Private endpoints always use Premium.')
@allowed([
  'Basic'
  'Standard'
  'Premium'
])
param registrySku string = 'Basic'

@description('Redundancy of the storage account. Regions without availability zones need Standard_LRS.')
@allowed([
  'Standard_LRS'
  'Standard_ZRS'
])
param storageSku string = 'Standard_ZRS'

@description('Days after which uploads and their predictions are deleted, or 0 to keep them.')
@minValue(0)
@maxValue(3650)
param keepUploadsDays int = 0

var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = {
  'azd-env-name': environmentName
}
// Tests read these names in the predicted resources, so they are not passed through module outputs.
var storageName = 'st${token}'
var taskHubName = 'fashion'
var budgetMonth = empty(budgetStart) ? currentMonth : budgetStart

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module apiIdentity 'modules/identity.bicep' = {
  scope: group
  params: {
    name: 'id-api-${token}'
    location: location
    tags: tags
  }
}

module trainerIdentity 'modules/identity.bicep' = {
  scope: group
  params: {
    name: 'id-trainer-${token}'
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    publisherPrincipalIds: [
      apiIdentity.outputs.principalId
      trainerIdentity.outputs.principalId
    ]
  }
}

module network 'modules/network.bicep' = if (privateNetwork) {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
  }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    name: storageName
    location: location
    tags: tags
    sku: storageSku
    workspaceId: monitoring.outputs.workspaceId
    publicAccess: !privateNetwork
    keepUploadsDays: keepUploadsDays
  }
}

module storageRoles 'modules/storage-roles.bicep' = {
  scope: group
  params: {
    accountName: storageName
    apiPrincipalId: apiIdentity.outputs.principalId
    trainerPrincipalId: trainerIdentity.outputs.principalId
  }
  dependsOn: [
    storage
  ]
}

module uploadEvents 'modules/upload-events.bicep' = {
  scope: group
  params: {
    name: 'evgt-${token}'
    location: location
    tags: tags
    accountName: storageName
  }
  dependsOn: [
    storage
  ]
}

module scheduler 'modules/scheduler.bicep' = {
  scope: group
  params: {
    name: 'dts-${token}'
    location: location
    tags: tags
    taskHubName: taskHubName
    apiPrincipalId: apiIdentity.outputs.principalId
    trainerPrincipalId: trainerIdentity.outputs.principalId
    publicAccess: !privateNetwork
  }
}

module registry 'modules/registry.bicep' = {
  scope: group
  params: {
    name: 'cr${token}'
    location: location
    tags: tags
    sku: privateNetwork ? 'Premium' : registrySku
    publicAccess: !privateNetwork || registryPublicAccess
    pullPrincipalIds: [
      apiIdentity.outputs.principalId
      trainerIdentity.outputs.principalId
    ]
  }
}

module privateEndpoints 'modules/private-endpoints.bicep' = if (privateNetwork) {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    networkId: network!.outputs.networkId
    subnetId: network!.outputs.endpointSubnetId
    storageId: storage.outputs.id
    registryId: registry.outputs.id
    schedulerId: scheduler.outputs.id
  }
}

module environment 'modules/environment.bicep' = {
  scope: group
  params: {
    name: 'cae-${token}'
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    gpuProfile: gpuProfile
    subnetId: privateNetwork ? network!.outputs.appSubnetId : ''
  }
}

module apps 'modules/apps.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    environmentId: environment.outputs.id
    environmentDomain: environment.outputs.defaultDomain
    gpuProfile: gpuProfile
    maxTrainers: maxTrainers
    apiCores: apiCores
    apiImage: apiImage
    trainerImage: trainerImage
    apiIdentity: {
      id: apiIdentity.outputs.id
      clientId: apiIdentity.outputs.clientId
    }
    trainerIdentity: {
      id: trainerIdentity.outputs.id
      clientId: trainerIdentity.outputs.clientId
    }
    registryServer: registry.outputs.loginServer
    storageName: storageName
    schedulerEndpoint: scheduler.outputs.endpoint
    taskHubName: taskHubName
    insightsConnectionString: monitoring.outputs.insightsConnectionString
    customScaleRules: customScaleRules
  }
  dependsOn: [
    storageRoles
    privateEndpoints
  ]
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    uploadTopicId: uploadEvents.outputs.topicId
    emails: alertEmails
    gpuHoursPerDay: gpuHoursPerDay
  }
}

module budget 'modules/budget.bicep' = if (monthlyBudget > 0) {
  scope: group
  params: {
    name: 'budget-${token}'
    amount: monthlyBudget
    firstDay: '${budgetMonth}-01'
    emails: alertEmails
    actionGroupId: alerts.outputs.actionGroupId
  }
}

output AZURE_LOCATION string = location
output AZURE_RESOURCE_GROUP string = group.name
output AZURE_CONTAINER_REGISTRY_ENDPOINT string = registry.outputs.loginServer
output AZURE_CONTAINER_ENVIRONMENT_NAME string = environment.outputs.name
output SERVICE_API_NAME string = apps.outputs.apiName
output SERVICE_API_URI string = apps.outputs.apiUri
output SERVICE_TRAINER_NAME string = apps.outputs.trainerName
output STORAGE_ACCOUNT_NAME string = storageName
output TASKHUB_NAME string = taskHubName
// azd stores outputs in its environment: the first selects the trainer image, the second keeps the start of the budget.
output FASHION_TORCH string = gpuProfile == 'none' ? 'cpu' : 'cuda'
output FASHION_BUDGET_START string = monthlyBudget > 0 || !empty(budgetStart) ? budgetMonth : ''
