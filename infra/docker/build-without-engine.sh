#!/usr/bin/env bash
# Builds and checks the container images without a container engine and without a registry. Debian's buildah runs every
# instruction of the Dockerfiles in a chroot, on stand-ins for the two base images: a minimal Debian with this machine's .NET.
# The stand-ins hold no Functions host, so the images show what we build, not what the true bases add.
#
#   sudo infra/docker/build-without-engine.sh [api] [trainer] [trainer-cuda]      (default: api trainer)
#
# Needs root, buildah, debootstrap and the .NET 10 SDK. Settings, all optional:
#   FOLDER           work folder; kept afterwards, so that the next build reuses the bases and layers (default: a temporary one)
#   MSBUILD_OPTIONS  further options for MSBuild, e.g. -p:DurableTaskScheduler=false
#   DEBIAN_MIRROR    package mirror for debootstrap
set -euo pipefail
cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/../.."

fail() { echo "build-without-engine: $1" >&2; exit "${2:-1}"; }

images=("$@")
[ "$#" -gt 0 ] || images=(api trainer)
for image in "${images[@]}"; do
  case $image in
    api | trainer | trainer-cuda) ;;
    *) fail "expected api, trainer or trainer-cuda, found $image." 2 ;;
  esac
done

[ "$(id -u)" -eq 0 ] || fail "root is needed for the chroot; start it with sudo." 2
PATH=$PATH:/usr/sbin:/sbin
for command in buildah debootstrap; do
  command -v "$command" >/dev/null || fail "$command is not installed; run: apt-get install buildah debootstrap" 2
done
command -v dotnet >/dev/null || fail "dotnet is not on PATH; install the .NET 10 SDK, or keep your PATH: sudo env \"PATH=\$PATH\" ..." 2
dotnet=$(dirname -- "$(readlink -f -- "$(command -v dotnet)")")
compgen -G "$dotnet/sdk/10.*" >/dev/null || fail "$dotnet holds no .NET 10 SDK; install it or put the right dotnet on PATH." 2

# Images and layers stay in this folder. Only buildah's small index of layers goes to /var/lib/containers/cache.
folder=${FOLDER:-$(mktemp -d)}
mkdir -p "$folder"
store=(--root "$folder/storage" --runroot "$folder/run")

clean_up() {
  buildah "${store[@]}" rm --all >/dev/null 2>&1 || true
  [ -n "${FOLDER:-}" ] && return
  buildah "${store[@]}" rmi --all --force >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap clean_up EXIT

has_image() { [ -n "$(buildah "${store[@]}" images --quiet "localhost/$1" 2>/dev/null)" ]; }

# commit_base NAME PATH...: commits an image of the minimal Debian and these parts of .NET.
commit_base() {
  local name=$1 container part
  container=$(buildah "${store[@]}" from scratch)
  buildah "${store[@]}" copy --quiet "$container" "$folder/debian" / >/dev/null
  for part in "${@:2}"; do
    if [ -d "$dotnet/$part" ]; then
      buildah "${store[@]}" copy --quiet "$container" "$dotnet/$part" "/usr/share/dotnet/$part" >/dev/null
    else
      buildah "${store[@]}" copy --quiet "$container" "$dotnet/$part" /usr/share/dotnet/ >/dev/null
    fi
  done
  buildah "${store[@]}" config --env PATH=/usr/share/dotnet:/usr/sbin:/usr/bin:/sbin:/bin --env DOTNET_CLI_TELEMETRY_OPTOUT=1 "$container"
  if [ "$name" = sdk-stand-in ]; then
    # The SDK asks for ICU, which the minimal Debian lacks.
    buildah "${store[@]}" config --env DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 --env HOME=/root \
      --env DOTNET_NOLOGO=true --env DOTNET_GENERATE_ASPNET_CERTIFICATE=false "$container"
    # These settings say how this machine reaches its package sources.
    while IFS= read -r setting; do
      buildah "${store[@]}" config --env "$setting" "$container"
    done < <(env | grep -E '^(SSL_CERT_(FILE|DIR)|NUGET_CERT_[A-Z_]*)=' || true)
  fi
  buildah "${store[@]}" commit --quiet --rm "$container" "localhost/$name" >/dev/null
}

if ! has_image sdk-stand-in || ! has_image host-stand-in; then
  rm -rf "$folder/debian"
  # Debian 12 has an older C++ library than the true bases are expected to have, so a library that loads here loads there.
  debootstrap --variant=minbase --include=ca-certificates,libgomp1,libssl3,libstdc++6,zlib1g bookworm "$folder/debian" \
    ${DEBIAN_MIRROR:+"$DEBIAN_MIRROR"} >"$folder/debootstrap.log" 2>&1 ||
    { tail -n 3 "$folder/debootstrap.log" >&2; fail "debootstrap could not make a minimal Debian; set DEBIAN_MIRROR if the default mirror is out of reach."; }
  commit_base sdk-stand-in dotnet host shared sdk packs templates
  commit_base host-stand-in dotnet host shared
  rm -rf "$folder/debian"
fi

# The machine's NuGet settings and package cache, and its certificates.
nuget=${HOME:-/root}/.nuget
mkdir -p "$nuget/packages"
volumes=(--volume "$nuget:/root/.nuget" --volume "${NUGET_PACKAGES:-$nuget/packages}:/root/.nuget/packages")
for certificates in /etc/ssl/certs /usr/share/ca-certificates /usr/local/share/ca-certificates; do
  [ ! -d "$certificates" ] || volumes+=(--volume "$certificates:$certificates:ro")
done

# run_in CONTAINER COMMAND...: runs a command in the finished image, as the image's user.
run_in() { buildah "${store[@]}" run --isolation chroot --network host "$@"; }

# check NAME: what must hold in a finished image.
check() {
  local name=$1 container user unreadable writable torch
  container=$(buildah "${store[@]}" from --pull-never "localhost/fashion-$name")
  user=$(run_in "$container" -- id -u)
  [ "$user" = 1654 ] || fail "fashion-$name runs as user $user, expected 1654."
  unreadable=$(run_in "$container" -- find /home/site/wwwroot -not -readable -print -quit)
  [ -z "$unreadable" ] || fail "fashion-$name: user $user cannot read $unreadable."
  writable=$(run_in "$container" -- find /home/site/wwwroot -writable -print -quit)
  [ -z "$writable" ] || fail "fashion-$name: user $user can write to $writable."
  if [ "$name" = api ]; then
    torch=$(run_in --user 0 "$container" -- find / -xdev \( -iname '*torch*' -o -name 'libc10*' \) -print -quit)
    [ -z "$torch" ] || fail "fashion-api holds libtorch: $torch."
    echo "fashion-api: user $user, no writable program file, no libtorch"
  else
    echo "fashion-$name: user $user, no writable program file, $(run_in "$container" -- dotnet /home/site/wwwroot/ServerlessFashion.Functions.dll check-libtorch)"
  fi
  buildah "${store[@]}" rm "$container" >/dev/null
}

# list_layers NAME: the size of each layer, lowest first, and the instruction that made it.
list_layers() {
  local inspect=(buildah "${store[@]}" inspect --type image)
  paste \
    <("${inspect[@]}" --format '{{.Manifest}}' "localhost/fashion-$1" | tr '{' '\n' | sed -n 's/.*diff.tar[^}]*"size": *\([0-9]*\).*/\1/p') \
    <("${inspect[@]}" --format '{{range .Docker.History}}{{if not .EmptyLayer}}{{println .CreatedBy}}{{end}}{{end}}' "localhost/fashion-$1" |
      sed -e '/^$/d' -e '1s/.*/(stand-in base)/' -e 's/^.bin.sh -c //' -e 's/^#(nop) //' -e 's/dir:[0-9a-f]* in /... /') |
    awk -F '\t' '{ printf "  %7.1f MB  %s\n", $1 / 1e6, substr($2, 1, 90) }'
}

for image in "${images[@]}"; do
  file=${image%-cuda}
  torch=()
  [ "$file" = api ] || torch=(--build-arg "TORCH=$([ "$image" = trainer ] && echo cpu || echo cuda)")
  start=$SECONDS
  buildah "${store[@]}" build --isolation chroot --network host --pull-never --layers --format docker "${volumes[@]}" \
    --build-arg SDK_IMAGE=localhost/sdk-stand-in --build-arg HOST_IMAGE=localhost/host-stand-in \
    --build-arg MSBUILD_OPTIONS="${MSBUILD_OPTIONS:-}" --build-arg REVISION="$(git rev-parse HEAD 2>/dev/null || echo unknown)" \
    "${torch[@]}" --file "infra/docker/$file.Dockerfile" --tag "localhost/fashion-$image" . ||
    fail "fashion-$image was not built; the failing instruction and its error stand above."
  echo "fashion-$image: built in $((SECONDS - start)) s"
  list_layers "$image"
  check "$image"
done
