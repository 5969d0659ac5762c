#!/usr/bin/env bash
# Builds and tests ios/ where no Mac is: a Swift toolchain from Debian's own packages, in a folder of its own
# that is entered by chroot. Nothing is downloaded but through apt's mirrors, nothing stays mounted.
#
#   swift-linux.sh install          make the folder; does nothing when it is there
#   swift-linux.sh run COMMAND...   run something in it, in the present folder, with the repository at its own
#                                   path (makes the folder first where it is missing). The environment is
#                                   clean: hand variables over with `run env NAME=VALUE COMMAND...`
#   swift-linux.sh path             say where the folder is
#   swift-linux.sh clean            remove it
#
#   BELAY_SWIFT_DIR    where the folder lies (default: ~/.cache/belay-swift)
#   BELAY_SWIFT_REPO   what is mounted for `run` (default: the work tree around the present folder)
#   BELAY_SWIFT_BIND   further folders to mount at their own paths, parted by colons
#   BELAY_SWIFT_SUITE  the Debian release the toolchain is taken from (default: trixie)
#
# Needs root on Debian, for mount and chroot.
set -euo pipefail

suite=${BELAY_SWIFT_SUITE:-trixie}
base=${BELAY_SWIFT_DIR:-${HOME:?}/.cache/belay-swift}
root=$base/$suite
version=1 # one more whenever the packages change: an older folder is then made anew
packages=swiftlang,libc6-dev,libstdc++-14-dev,git,ca-certificates
stamp=$root/.belay-swift-ready

say() { printf 'swift-linux: %s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }

# apt's own mirror for this release, if it also carries the release of the toolchain.
mirror() {
  local codename site
  codename=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
  while read -r site; do
    /usr/lib/apt/apt-helper download-file "$site/dists/$suite/InRelease" "$base/.probe" >/dev/null 2>&1 || continue
    rm -f "$base/.probe"
    printf '%s\n' "$site"
    return
  done < <(apt-get indextargets --format '$(CODENAME)|$(RELEASE)|$(COMPONENT)|$(SITE)' 'Identifier: Packages' |
    awk -F'|' -v own="$codename" '($1 == own || $2 == own) && $3 == "main" && !seen[$4]++ { print $4 }')
  stop "no mirror that apt uses for '$codename' has $suite"
}

is_ready() { [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$version $packages" ]; }

install_root() {
  [ "$(id -u)" = 0 ] || stop "needs root"
  is_ready && return
  mkdir -p "$base"
  exec 9>"$base/.lock"
  flock 9 # of two at once, the second waits and then finds it there
  if is_ready; then
    exec 9>&-
    return
  fi
  if ! command -v debootstrap >/dev/null || [ ! -e /usr/share/keyrings/debian-archive-keyring.gpg ]; then
    say "installing debootstrap"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
      debootstrap debian-archive-keyring >/dev/null
  fi
  remove_root
  local site log=$base/debootstrap.log
  site=$(mirror)
  say "making $root ($suite); what happens stands in $log"
  # In mounts of its own, so that what debootstrap mounts cannot outlive it.
  if ! unshare --mount --propagation private -- debootstrap --variant=minbase --include="$packages" \
    --keyring=/usr/share/keyrings/debian-archive-keyring.gpg "$suite" "$root" "$site" 9>&- >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    stop "debootstrap did not get through"
  fi
  rm -rf "$root"/var/cache/apt/archives/*.deb
  printf '%s %s\n' "$version" "$packages" >"$stamp"
  exec 9>&-
  say "ready: $(du -sh "$root" | cut -f1)"
}

remove_root() {
  [ -e "$root" ] || return 0
  ! grep -qF " $root/" /proc/self/mounts || stop "something is still mounted below $root"
  rm -rf --one-file-system "$root"
}

run_inside() {
  [ $# -gt 0 ] || stop "run: what?"
  install_root
  local repository
  repository=${BELAY_SWIFT_REPO:-$(git rev-parse --show-toplevel 2>/dev/null || pwd -P)}
  repository=$(cd "$repository" && pwd -P)
  export SWIFT_ROOT=$root SWIFT_MOUNTS=$repository:${BELAY_SWIFT_BIND:-} SWIFT_FOLDER
  SWIFT_FOLDER=$(pwd -P)
  # From here on everything is exec: signals and the exit code are those of the command.
  exec unshare --mount --propagation private -- bash -euc '
    mount -t proc proc "$SWIFT_ROOT/proc"
    mount --rbind /dev "$SWIFT_ROOT/dev"
    mount -t tmpfs tmpfs "$SWIFT_ROOT/tmp"
    IFS=:
    for folder in $SWIFT_MOUNTS; do
      [ -n "$folder" ] || continue
      mkdir -p "$SWIFT_ROOT$folder"
      mount --rbind "$folder" "$SWIFT_ROOT$folder"
    done
    exec chroot "$SWIFT_ROOT" /usr/bin/env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
      LANG=C.UTF-8 TMPDIR=/tmp TERM="${TERM:-dumb}" CI="${CI:-}" \
      bash -c "cd \"\$1\" && shift && exec \"\$@\"" _ "$SWIFT_FOLDER" "$@"
  ' _ "$@"
}

case ${1:-} in
  install) install_root ;;
  run) shift; [ "$(id -u)" = 0 ] || stop "needs root"; run_inside "$@" ;;
  path) printf '%s\n' "$root" ;;
  clean) remove_root ;;
  *) sed -n '2,/^set -euo/{/^#/s/^# \{0,1\}//p}' "$0" >&2; exit 2 ;;
esac
