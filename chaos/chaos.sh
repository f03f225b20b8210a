#!/usr/bin/env bash
# Runs an experiment in namespaces of its own, so that its kills, its network and its files meet nothing else on the machine.
# `./fashion chaos` calls this script after it has built the command line.
set -euo pipefail

home=$(dirname -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")")
[ "$(uname -s)" = Linux ] || { echo "fashion: chaos needs the namespaces of Linux." >&2; exit 2; }
for program in unshare ip dotnet; do
  command -v "$program" >/dev/null || { echo "fashion: chaos needs $program; install util-linux, iproute2 and the .NET 10 SDK." >&2; exit 2; }
done

dotnet build "$home/chaos" --configuration Release --verbosity quiet "-clp:ErrorsOnly;NoSummary" >&2

user=()
[ "$(id -u)" -eq 0 ] || user=(-U -r)
scratch=$(mktemp -d "${TMPDIR:-/tmp}/fashion-chaos.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
export TMPDIR=$scratch FASHION_CHAOS_PID_NAMESPACE FASHION_CHAOS_PROJECT=$home
FASHION_CHAOS_PID_NAMESPACE=$(readlink /proc/self/ns/pid)

# Bash stays process 1 of the namespace: it collects the processes that a kill leaves without a parent.
unshare "${user[@]}" -n -p -f --mount-proc --kill-child bash -c '
  ip link set lo up
  "$@" || exit $?
' chaos "$home/chaos/bin/Release/net10.0/ServerlessFashion.Chaos" "$@"
