# The trainer app: training and evaluation. Build it in the root of the repository, for a GPU (cuda) or without one (cpu):
#   docker build --file infra/docker/trainer.Dockerfile --build-arg TORCH=cuda --tag fashion-trainer .
# The packages of libtorch bring the CUDA libraries and the platform brings the driver, so no base of NVIDIA is needed.
# The file uses plain instructions only (no mounts, no heredocs), so that any builder understands it.
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0
ARG HOST_IMAGE=mcr.microsoft.com/azure-functions/dotnet-isolated:4-dotnet-isolated10.0

# This stage keeps the files that a restore reads, in their folders and with one fixed time. The layer made from them changes
# only when a project or a package version changes, so an edit of the code does not restore again.
FROM ${SDK_IMAGE} AS projects
WORKDIR /src
COPY Directory.Build.props Directory.Build.targets Directory.Packages.props global.json ./
COPY build/ build/
COPY Core/ Core/
COPY Training/ Training/
COPY Hosting/ Hosting/
COPY Functions/ Functions/
RUN mkdir /projects \
 && find . -type f \( -name '*.csproj' -o -name '*.props' -o -name '*.targets' -o -name global.json \) -exec cp --parents -t /projects {} + \
 && find /projects -exec touch --date=@0 {} +

FROM ${SDK_IMAGE} AS build
# cpu or cuda; restoring cuda downloads about 5 GB.
ARG TORCH=cpu
# Further options for MSBuild, e.g. -p:DurableTaskScheduler=false.
ARG MSBUILD_OPTIONS=
# No build server outlives its instruction, and the SDK sends no telemetry.
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 \
    MSBUILDDISABLENODEREUSE=1 \
    UseSharedCompilation=false
WORKDIR /src
COPY --from=projects /projects ./
RUN dotnet restore Functions/Functions.csproj -p:FashionFlavor=trainer -p:TorchBuild=${TORCH} ${MSBUILD_OPTIONS}
COPY .editorconfig host.json ./
COPY Core/ Core/
COPY Training/ Training/
COPY Hosting/ Hosting/
COPY Functions/ Functions/
RUN dotnet publish Functions/Functions.csproj --configuration Release --no-restore -p:FashionFlavor=trainer -p:TorchBuild=${TORCH} ${MSBUILD_OPTIONS} --output /app
# Native libraries (libtorch above all) get a layer of their own, which an edit of the code does not change.
# Every user can read the program, whatever the file modes of the checkout are.
RUN mkdir /native \
 && find /app -maxdepth 1 \( -name '*.so' -o -name '*.so.*' \) -exec mv -t /native {} + \
 && find /native -exec touch --date=@0 {} + \
 && chmod -R a+rX,go-w /native /app

FROM ${HOST_IMAGE}
# Ports below 1024 may be closed to a user who is not root. The NVIDIA settings ask the container runtime for the driver.
ENV ASPNETCORE_URLS=http://+:8080 \
    AzureWebJobsScriptRoot=/home/site/wwwroot \
    AzureFunctionsJobHost__Logging__Console__IsEnabled=true \
    HOME=/home \
    CUBLAS_WORKSPACE_CONFIG=:4096:8 \
    NVIDIA_VISIBLE_DEVICES=all \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility
EXPOSE 8080
# According to its sources, the Functions host writes key sentinels, data and log files to these folders.
RUN mkdir -p /azure-functions-host/Secrets /home/data /home/LogFiles \
 && chown -R 1654:1654 /azure-functions-host/Secrets /home/data /home/LogFiles
COPY --from=build /native/ /home/site/wwwroot/
COPY --from=build /app/ /home/site/wwwroot/
USER 1654
# The build fails here, with one sentence, if libtorch does not load on this base as this user.
RUN dotnet /home/site/wwwroot/ServerlessFashion.Functions.dll check-libtorch \
 || { code=$?; [ $code -lt 128 ] || echo "check-libtorch: the process crashed (code $code); a library of libtorch is damaged." >&2; exit 1; }
# Docker uses this check; Azure Container Apps ignores it and uses the probes of the template.
# Bash opens the connection itself, because the base promises no curl. The Functions host answers 500 without a Host header.
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /admin/host/ping HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="ServerlessFashion trainer" \
      org.opencontainers.image.description="Training and evaluation on Azure Functions" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
