#!/usr/bin/env bash
# Coverage-guided fuzzing of the readers: AFL++ with SharpFuzz instrumentation of the Core assemblies that read input.
# usage: fuzz.sh [FORMAT...]        (default: every format)
#   EXECS=100000   inputs of each format
#   OUT=DIR        findings and corpus (default: bench/Fuzzing/out); a format with findings there goes on from them
# Needs afl++ (Debian: apt install afl++); the instrumenter is a dotnet tool and is fetched by itself.
# A hang is an input that takes more than a second; both kinds of finding are kept in OUT/FORMAT/default/{crashes,hangs}.
set -euo pipefail
cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")"

execs=${EXECS:-100000}
out=$(realpath -m "${OUT:-out}")
command -v afl-fuzz >/dev/null || { echo "fuzz.sh: afl-fuzz is not on PATH; install afl++." >&2; exit 2; }

dotnet publish Fuzzing.csproj --configuration Release --verbosity quiet -clp:ErrorsOnly --output "$out/program"
[ -x "$out/tool/sharpfuzz" ] || dotnet tool install SharpFuzz.CommandLine --version 2.3.0 --tool-path "$out/tool"
# Instrumented code runs under afl-fuzz only, so the plain program stays beside it.
rm -rf "$out/instrumented" && cp -r "$out/program" "$out/instrumented"
for room in Domain Export Prediction Api; do
  "$out/tool/sharpfuzz" "$out/instrumented/ServerlessFashion.$room.dll"
done

export AFL_SKIP_BIN_CHECK=1 AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_AFFINITY=1 AFL_NO_UI=1 AFL_AUTORESUME=1
program=$out/program/ServerlessFashion.Fuzzing
failed=0
formats=("$@")
[ "$#" -gt 0 ] || mapfile -t formats < <("$program" formats)
for format in "${formats[@]}"; do
  "$program" seeds "$format" "$out/$format/seeds"
  afl-fuzz -i "$out/$format/seeds" -o "$out/$format" -t 1000 -m none -E "$execs" "$out/instrumented/ServerlessFashion.Fuzzing" "$format" > "$out/$format/log" 2>&1 \
    || { tail -n 20 "$out/$format/log"; echo "fuzz.sh: $format did not run to its end" >&2; failed=1; continue; }
  sed -nE "s/^(execs_done|execs_per_sec|saved_crashes|saved_hangs|corpus_count|edges_found) *: */$format \1 /p" "$out/$format/default/fuzzer_stats"
done
exit "$failed"
