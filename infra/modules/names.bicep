metadata description = 'Names that several modules share. A test compares the storage names with Core/Storage/StorageNames.cs.'

@export()
@description('Blob containers of the pipeline.')
var dataContainers = [
  'datasets'
  'runs'
  'models'
  'incoming'
  'predictions'
]

@export()
@description('Blob containers of the Functions hosts. The template creates them so that roles can refer to single containers.')
var hostContainers = {
  locks: 'azure-webjobs-hosts'
  keys: 'azure-webjobs-secrets'
}

@export()
@description('Container for upload events that Event Grid could not deliver.')
var deadLetterContainer = 'dead-letters'

@export()
var tables = [
  'Runs'
  'EpochMetrics'
  'Models'
  'Predictions'
]

@export()
@description('Queue of upload events.')
var incomingQueue = 'incoming-events'

@export()
@description('Queue of upload events that failed five times. The Functions host derives its name from the first queue.')
var poisonQueue = 'incoming-events-poison'

@export()
@description('Name of the GPU workload profile in the Container Apps environment.')
var gpuProfileName = 'gpu'

@export()
@description('Azure built-in roles.')
var roleIds = {
  acrPull: '7f951dda-4ed3-4680-a7ca-43fe172d538d'
  durableTaskDataContributor: '0ad04412-c4d5-4796-b79c-f76d14c8d402'
  durableTaskWorker: '80d0d6b0-f522-40a4-8886-a5a11720c375'
  monitoringMetricsPublisher: '3913510d-42f4-4e42-8a64-420c390055eb'
  storageBlobDataContributor: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
  storageBlobDataOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  storageBlobDataReader: '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'
  storageQueueDataContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  storageQueueDataMessageSender: 'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a'
  storageTableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
}
