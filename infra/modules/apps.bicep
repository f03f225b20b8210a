metadata description = 'The api app and the trainer app.'

import { gpuProfileName, incomingQueue } from 'names.bicep'
import { appIdentity } from 'function-app.bicep'

param token string
param location string
param tags object
param environmentId string
param environmentDomain string
param gpuProfile string
param maxTrainers int
param apiCores int
param apiImage string
param trainerImage string
param apiIdentity appIdentity
param trainerIdentity appIdentity
param registryServer string
param storageName string
param schedulerEndpoint string
param taskHubName string
param insightsConnectionString string
param customScaleRules bool

// A GPU replica occupies a whole profile. On CPU, these are the largest sizes of the Consumption profile.
var trainerSizes = {
  'Consumption-GPU-NC8as-T4': {
    cores: 8
    memory: '56Gi'
  }
  'Consumption-GPU-NC24-A100': {
    cores: 24
    memory: '220Gi'
  }
  none: {
    cores: 4
    memory: '8Gi'
  }
}
var trainerSize = trainerSizes[gpuProfile]
var hasGpu = gpuProfile != 'none'
var gpuSettings = {
  NVIDIA_VISIBLE_DEVICES: 'all'
  NVIDIA_DRIVER_CAPABILITIES: 'compute,utility'
  // Without it cuBLAS results can differ in the last digits from run to run.
  CUBLAS_WORKSPACE_CONFIG: ':4096:8'
}
// Training allocates and frees large tensors all the time: keep the memory, use huge pages. Waiting threads must not spin.
var memorySettings = {
  MALLOC_MMAP_MAX_: '0'
  MALLOC_TRIM_THRESHOLD_: '17179869184'
  MALLOC_TOP_PAD_: '67108864'
  GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1'
  OMP_WAIT_POLICY: 'PASSIVE'
}
var common = {
  registryServer: registryServer
  storageName: storageName
  schedulerEndpoint: schedulerEndpoint
  taskHubName: taskHubName
  insightsConnectionString: insightsConnectionString
}

// A new api may call activities that only the new trainer knows, so the trainer is updated first.
module trainer 'function-app.bicep' = {
  params: {
    name: 'ca-trainer-${token}'
    service: 'trainer'
    location: location
    tags: tags
    environmentId: environmentId
    environmentDomain: environmentDomain
    workloadProfile: hasGpu ? gpuProfileName : 'Consumption'
    cpu: trainerSize.cores
    memory: trainerSize.memory
    image: trainerImage
    identity: trainerIdentity
    connections: common
    external: false
    healthPath: '/admin/host/ping'
    minReplicas: 0
    maxReplicas: maxTrainers
    customScaleRules: customScaleRules
    workItemTypes: [
      'Activity'
    ]
    // host.trainer.json runs one training at a time.
    workItemsPerReplica: 1
    queues: []
    settings: union(
      {
        // The trainer has no HTTP functions, so its keys need not outlive a replica.
        AzureWebJobsSecretStorageType: 'files'
        FASHION_DEVICE: hasGpu ? 'cuda' : 'cpu'
        FASHION_TRAINING_REPLICAS: string(maxTrainers)
        // This template creates the containers and tables. The trainer has no right to.
        FASHION_CREATE_STORAGE: 'false'
      },
      memorySettings,
      hasGpu ? gpuSettings : {}
    )
  }
}

module api 'function-app.bicep' = {
  params: {
    name: 'ca-api-${token}'
    service: 'api'
    location: location
    tags: tags
    environmentId: environmentId
    environmentDomain: environmentDomain
    workloadProfile: 'Consumption'
    cpu: apiCores
    memory: '${2 * apiCores}Gi'
    image: apiImage
    identity: apiIdentity
    connections: common
    external: true
    healthPath: '/api/health'
    minReplicas: 1
    maxReplicas: 10
    customScaleRules: customScaleRules
    workItemTypes: [
      'Orchestration'
      'Activity'
    ]
    // The same number as maxConcurrentActivityFunctions in host.api.json.
    workItemsPerReplica: 8
    queues: [
      {
        name: incomingQueue
        messagesPerReplica: 16
      }
    ]
    settings: {
      FASHION_TRAINING_THREADS: string(trainerSize.cores)
    }
  }
  dependsOn: [
    trainer
  ]
}

output apiName string = api.outputs.name
output apiUri string = api.outputs.uri
output trainerName string = trainer.outputs.name
