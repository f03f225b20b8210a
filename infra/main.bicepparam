using 'main.bicep'

// azd passes its environment to these calls: azd env set NAME VALUE.
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'fashion')
param location = readEnvironmentVariable('AZURE_LOCATION', 'swedencentral')
param gpuProfile = readEnvironmentVariable('FASHION_GPU_PROFILE', 'Consumption-GPU-NC8as-T4')
param maxTrainers = int(readEnvironmentVariable('FASHION_MAX_TRAINERS', '1'))
param apiCores = int(readEnvironmentVariable('FASHION_API_CORES', '2'))
param apiImage = readEnvironmentVariable('SERVICE_API_IMAGE_NAME', '')
param trainerImage = readEnvironmentVariable('SERVICE_TRAINER_IMAGE_NAME', '')
param customScaleRules = bool(readEnvironmentVariable('FASHION_CUSTOM_SCALE_RULES', 'true'))
param alertEmails = filter(
  map(split(readEnvironmentVariable('FASHION_ALERT_EMAILS', ''), ','), email => trim(email)),
  email => !empty(email)
)
param gpuHoursPerDay = int(readEnvironmentVariable('FASHION_GPU_HOURS_PER_DAY', '8'))
param monthlyBudget = int(readEnvironmentVariable('FASHION_MONTHLY_BUDGET', '0'))
param budgetStart = readEnvironmentVariable('FASHION_BUDGET_START', '')
param privateNetwork = bool(readEnvironmentVariable('FASHION_PRIVATE_NETWORK', 'false'))
param registryPublicAccess = bool(readEnvironmentVariable('FASHION_REGISTRY_PUBLIC_ACCESS', 'true'))
param registrySku = readEnvironmentVariable('FASHION_REGISTRY_SKU', 'Basic')
param storageSku = readEnvironmentVariable('FASHION_STORAGE_SKU', 'Standard_ZRS')
param keepUploadsDays = int(readEnvironmentVariable('FASHION_KEEP_UPLOADS_DAYS', '0'))
