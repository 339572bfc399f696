# What run-sample and test share. To be sourced, not run.

tool=$(basename "$0")
doing="starting"

# Says what comes next, and remembers it for a message about a failure.
step() {
    doing=$1
    printf '\n== %s\n' "$1"
}

# Ends with the one line that says what failed and what to do.
fail() {
    trap - ERR EXIT
    printf '\n%s: %s\n' "$tool" "$1" >&2
    exit 1
}

# Any command that fails and is not asked for its status ends the run here.
trap 'fail "failed while $doing; the lines above say why"' ERR
trap 'fail "stopped while $doing; run it again, nothing has to be cleaned up"' INT TERM

# Debian packages the build needs: the libraries Waggle links, and what Swift itself calls to build and link.
packages=(
    libdeflate-dev libjpeg-dev libpng-dev libsqlite3-dev zlib1g-dev pkg-config
    binutils ca-certificates git libc6-dev libstdc++-12-dev
)

# Installs the packages that are missing; where none is, neither the network nor any right is needed.
install_packages() {
    step "looking for system packages"
    if ! command -v dpkg-query > /dev/null; then
        printf 'This is no Debian: make sure yourself that what these packages hold is there: %s\n' "${packages[*]}"
        return
    fi
    local missing=() package state
    for package in "${packages[@]}"; do
        state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null) || state=none
        [ "$state" = installed ] || missing+=("$package")
    done
    if [ ${#missing[@]} -eq 0 ]; then
        echo "All ${#packages[@]} are installed."
        return
    fi
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get)
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo > /dev/null \
            || fail "these packages are missing: ${missing[*]}; install them as root, as there is no sudo here"
        apt=(sudo "${apt[@]}")
    fi
    step "installing ${missing[*]}"
    "${apt[@]}" update --quiet \
        || fail "apt-get update failed; check the network and /etc/apt/sources.list, or install ${missing[*]} yourself"
    "${apt[@]}" install --yes --quiet --no-install-recommends "${missing[@]}" \
        || fail "apt-get could not install ${missing[*]}; its lines above say why"
}

# Ends the run where Swift is missing or too old.
need_swift() {
    step "looking for Swift"
    command -v swift > /dev/null \
        || fail "no 'swift' on PATH: install Swift 6.1 or newer as https://www.swift.org/install/linux says"
    local version
    version=$(swift --version 2>&1) \
        || fail "'swift --version' failed (${version##*$'\n'}): install what https://www.swift.org/install/linux lists"
    [[ $version =~ Swift\ version\ ([0-9]+)\.([0-9]+) ]] \
        || fail "'swift --version' does not say its version: ${version%%$'\n'*}"
    echo "${version%%$'\n'*}"
    ((BASH_REMATCH[1] > 6 || (BASH_REMATCH[1] == 6 && BASH_REMATCH[2] >= 1))) \
        || fail "Swift ${BASH_REMATCH[1]}.${BASH_REMATCH[2]} is too old: install 6.1 or newer"
}
