#!/usr/bin/env bash
# Takes the README's pictures (docs/images) anew: a smoke run in the dashboard, and its report. Takes a few minutes.
set -euo pipefail
cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.."

dotnet test --project tests/Browser.Tests --configuration Release -- --explicit only --filter-class '*.Pictures'
ls -l docs/images
