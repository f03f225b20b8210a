#!/usr/bin/env bash
# Runs every test project and closes with one line: N passed, N failed, N skipped.
# Arguments go to each test program, e.g. --filter-class '*Presets*'.
# Not every package source serves every package. A project without its Functions packages counts as skipped, and so does a
# test without the Bicep compiler. With REQUIRE_PACKAGES=1 both count as failed.
set -uo pipefail
cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." || exit

# Some tests call ONNX Runtime themselves, which would send telemetry.
export ORT_DISABLE_TELEMETRY=1

passed=0 failed=0 skipped=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

count() { sed -n "s/^ *$1: \([0-9]*\).*/\1/p" "$log" | tail -n 1; }

# The Functions package that the last restore did not find.
missing() { sed -nE 's/.*error NU110[12]: Unable to find package (Microsoft\.(Azure\.(Functions|WebJobs|DurableTask)|DurableTask)[A-Za-z.]*).*/\1/p' "$log" | head -n 1; }

run() {
  echo "== $1"
  if ! dotnet build "$1" --configuration Release --verbosity quiet -clp:ErrorsOnly >"$log" 2>&1; then
    local package
    package=$(missing)
    if [ -n "$package" ] && [ "${REQUIRE_PACKAGES:-}" != 1 ]; then
      echo "$1 is skipped: no package source of this machine serves ${package%.} (REQUIRE_PACKAGES=1 makes that a failure)"
      skipped=$((skipped + 1))
      return
    fi
    cat "$log"
    echo "$1 does not build"
    failed=$((failed + 1))
    return
  fi
  dotnet test --project "$1" --configuration Release --no-build -- "${@:2}" 2>&1 | tee "$log"
  local status=${PIPESTATUS[0]}
  local here_failed
  here_failed=$(count failed)
  passed=$((passed + $(count succeeded || echo 0) + 0))
  skipped=$((skipped + $(count skipped || echo 0) + 0))
  failed=$((failed + ${here_failed:-0}))
  # 8: a filter left no test in this project.
  if [ "$status" -ne 0 ] && [ "$status" -ne 8 ] && [ "${here_failed:-0}" -eq 0 ]; then
    echo "$1 ended with code $status"
    failed=$((failed + 1))
  fi
}

for project in tests/*/*.csproj; do
  run "$project" "$@"
done

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
