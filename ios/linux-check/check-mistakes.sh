#!/usr/bin/env bash
# Plants mistakes into a right view, one at a time: each must be refused, and the right one taken. Run after `swift build`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
modules=.build/debug/Modules
kit=$(find .build/checkouts ../BelayKit/Sources -type d -path '*BelayFFI/include' | head -n 1)

typecheck() {
  swiftc -typecheck -swift-version 6 -I "$modules" -Xcc -fmodule-map-file="$kit/module.modulemap" "$1"
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if ! typecheck mistakes/right.swift; then
  echo "the right view was refused" >&2
  exit 1
fi

refused=0
plant() {  # what, sed expression
  sed "$2" mistakes/right.swift >"$work/mistake.swift"
  if cmp -s mistakes/right.swift "$work/mistake.swift"; then
    echo "not planted: $1" >&2
    exit 1
  fi
  if typecheck "$work/mistake.swift" >"$work/said" 2>&1; then
    echo "taken for right: $1" >&2
    exit 1
  fi
  if ! grep -q 'error:' "$work/said"; then
    echo "refused without a reason: $1" >&2
    exit 1
  fi
  refused=$((refused + 1))
}

plant 'a member the model does not have' 's/model\.saving/model.saves/'
plant 'a text that is in no catalogue' 's/goalsEditSave/goalsEditBegin/'
plant 'a binding without its sign' 's/\$model\.title/model.title/'
plant 'a binding of another type' 's/\$model\.title/$model.days/'
plant 'no wait for what takes time' 's/await model\.save()/model.save()/'
plant 'a modifier that does not exist' 's/\.disabled(/.disable(/'
plant 'a wrong label' 's/, text:/, txt:/'
plant 'something that is no view' 's/TextField(.*/42/'
plant 'a property that is read only' 's/await model\.save()/model.saving = true/'

echo "mistakes: $refused planted, all refused"
