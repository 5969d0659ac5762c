#!/usr/bin/env bash
# sizes.sh FILE...: a line a file for the size ledger of docs/mobile-builds.md: commit, path, bytes, bytes compressed.
set -euo pipefail
commit=$(git rev-parse --short=12 HEAD)
for file in "$@"; do
  printf '%s\t%s\t%s\t%s\n' "$commit" "${file#"$PWD"/}" "$(wc -c < "$file" | tr -d ' ')" "$(gzip -9 -c "$file" | wc -c | tr -d ' ')"
done
