metadata description = 'The container registry of the two images. It has no admin user and no anonymous access.'

import { roleIds } from 'names.bicep'

@minLength(5)
@maxLength(50)
param name string
param location string
param tags object
param sku string
param publicAccess bool

@description('Principals that may pull images.')
param pullPrincipalIds string[]

resource registry 'Microsoft.ContainerRegistry/registries@2025-11-01' = {
  name: name
  location: location
  tags: tags
  sku: {
    name: sku
  }
  properties: {
    adminUserEnabled: false
    anonymousPullEnabled: false
    publicNetworkAccess: publicAccess ? 'Enabled' : 'Disabled'
    // The role AcrPull has no effect in the other mode, which scopes roles to repositories.
    roleAssignmentMode: 'LegacyRegistryPermissions'
  }
}

resource pulls 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for principal in pullPrincipalIds: {
    scope: registry
    name: guid(registry.id, principal, roleIds.acrPull)
    properties: {
      principalId: principal
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds.acrPull)
    }
  }
]

output id string = registry.id
output loginServer string = registry.properties.loginServer
