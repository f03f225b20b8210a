metadata description = 'Private endpoints of storage, registry and scheduler, with their DNS zones.'

param token string
param location string
param tags object
param networkId string
param subnetId string
param storageId string
param registryId string
param schedulerId string

var targets = [
  {
    name: 'blob'
    service: storageId
    group: 'blob'
    zone: 'privatelink.blob.${environment().suffixes.storage}'
  }
  {
    name: 'queue'
    service: storageId
    group: 'queue'
    zone: 'privatelink.queue.${environment().suffixes.storage}'
  }
  {
    name: 'table'
    service: storageId
    group: 'table'
    zone: 'privatelink.table.${environment().suffixes.storage}'
  }
  {
    name: 'registry'
    service: registryId
    group: 'registry'
    zone: 'privatelink${environment().suffixes.acrLoginServer}'
  }
  {
    name: 'scheduler'
    service: schedulerId
    group: 'scheduler'
    zone: 'privatelink.durabletask.io'
  }
]

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for target in targets: {
    name: target.zone
    location: 'global'
    tags: tags
  }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (target, i) in targets: {
    parent: zones[i]
    name: 'link-${token}'
    location: 'global'
    tags: tags
    properties: {
      registrationEnabled: false
      virtualNetwork: {
        id: networkId
      }
    }
  }
]

module endpoints 'private-endpoint.bicep' = [
  for (target, i) in targets: {
    params: {
      name: 'pe-${target.name}-${token}'
      location: location
      tags: tags
      subnetId: subnetId
      serviceId: target.service
      groupId: target.group
      zoneId: zones[i].id
    }
  }
]
