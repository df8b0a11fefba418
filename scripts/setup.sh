# shellcheck shell=bash
# Sourced by scripts/demo and scripts/test. Brings a bare Debian or Ubuntu to a working
# checkout, in a second when there is nothing to do:
#   1. uv: the one on PATH, else a private copy in .cache/uv-env
#   2. the system libraries that WeasyPrint opens (apt-get, only as root or with sudo)
#   3. .venv, exactly as uv.lock says
# Everything it says goes to stderr: stdout belongs to the script that sources it.

ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
cd -- "$ROOT" || exit 1

MIN_MINOR=11 # Python 3.11, as in pyproject.toml
MIN_UV=0.8.0 # the oldest uv that reads this lock file's revision
UV_ENV=$ROOT/.cache/uv-env

say() { printf '%s\n' "$*" >&2; }
die() {
    say "error: $1"
    shift
    for line in "$@"; do say "  $line"; done
    exit 1
}

# --- Python --------------------------------------------------------------------

# The first complete interpreter of at least 3.$1, or nothing.
find_python() {
    local name
    for name in python3 python3.13 python3.12 python3.11 python3.14 python; do
        if command -v "$name" >/dev/null &&
            "$name" -c "import ctypes, sys; sys.exit(sys.version_info < (3, $1))" 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
}

choose_python() {
    MODERN_PYTHON=$(find_python "$MIN_MINOR")
    # An older one can still install uv, and uv may know where to get a newer one.
    PYTHON=${MODERN_PYTHON:-$(find_python 8)}
    if [ -n "$MODERN_PYTHON" ]; then
        export UV_PYTHON_DOWNLOADS=never
    fi
}

# --- uv ------------------------------------------------------------------------

recent_uv() { # true when $1 runs and is new enough
    local version
    version=$("$1" --version 2>/dev/null | cut -d' ' -f2) && [ -n "$version" ] &&
        [ "$(printf '%s\n' "$MIN_UV" "$version" | sort -V | head -n1)" = "$MIN_UV" ]
}

# Never into the user's Python: --target and venv both write below .cache only.
install_uv() {
    [ -n "$PYTHON" ] || return 1
    local pip=(-m pip install --quiet --no-input --disable-pip-version-check "uv>=$MIN_UV,<1")
    rm -rf "$UV_ENV"
    if "$PYTHON" -m pip --version >/dev/null 2>&1; then
        say "installing uv into .cache/uv-env"
        "$PYTHON" "${pip[@]}" --target "$UV_ENV" >&2 && return
        rm -rf "$UV_ENV"
    fi
    if "$PYTHON" -m venv "$UV_ENV" >/dev/null 2>&1; then
        say "installing uv into .cache/uv-env"
        "$UV_ENV/bin/python" "${pip[@]}" >&2 && return
    fi
    rm -rf "$UV_ENV"
    return 1
}

find_uv() {
    UV=$(command -v uv || true)
    [ -n "$UV" ] && recent_uv "$UV" && return
    UV=$UV_ENV/bin/uv
    recent_uv "$UV" || install_uv
}

# --- system libraries ----------------------------------------------------------

# WeasyPrint 70 opens these by name, here as library:package. glib comes with Pango, and its
# own package is called differently on every release.
LIBRARIES="
libgobject-2.0.so.0:libpango-1.0-0
libpango-1.0.so.0:libpango-1.0-0
libharfbuzz.so.0:libharfbuzz0b
libharfbuzz-subset.so.0:libharfbuzz-subset0
libfontconfig.so.1:libfontconfig1
libpangoft2-1.0.so.0:libpangoft2-1.0-0
"
# WeasyPrint does without this one, with a slower road to slightly larger files.
OPTIONAL=libharfbuzz-subset0

# The packages whose libraries cannot be opened, each once, on one line.
missing_libraries() {
    [ "$(uname -s)" = Linux ] || return 0 # README.md: macOS and Windows
    local entry
    for entry in $LIBRARIES; do
        "${PYTHON:-false}" -c 'import ctypes, sys; ctypes.CDLL(sys.argv[1])' "${entry%%:*}" \
            2>/dev/null || printf '%s\n' "${entry##*:}"
    done | sort -u | paste -sd' ' -
}

# --- apt -----------------------------------------------------------------------

as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi; }

can_install() {
    command -v apt-get >/dev/null || return 1
    [ "$(id -u)" -eq 0 ] || { command -v sudo >/dev/null && sudo -n true 2>/dev/null; }
}

apt_install() {
    local package known=() log=$ROOT/.cache/apt.log
    say "installing with apt-get: $*"
    mkdir -p "$ROOT/.cache"
    as_root apt-get update -qq >"$log" 2>&1 || say "apt-get update had problems, see $log; going on"
    for package in "$@"; do # not every release has every one
        LC_ALL=C apt-cache policy "$package" | grep 'Candidate: [^(]' >/dev/null &&
            known+=("$package")
    done
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${known[@]}" >>"$log" 2>&1 && return
    tail -n 20 "$log" >&2
    return 1
}

# --- all of it -----------------------------------------------------------------

# Caches need a place that can be written, also where HOME is missing or read-only.
if [ ! -w "${HOME:-/nonexistent}" ]; then
    export UV_CACHE_DIR="${UV_CACHE_DIR:-$ROOT/.cache/uv}" XDG_CACHE_HOME="$ROOT/.cache"
fi
# Another active environment has nothing to do with this one.
unset VIRTUAL_ENV PYTHONHOME PYTHONPATH
export PIP_ROOT_USER_ACTION=ignore
# Organisations that look into TLS put their certificate in the system's store; uv has its own.
if [ -e /etc/ssl/certs/ca-certificates.crt ]; then
    export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-true}"
fi

# Sets WANTED to every package that is still needed.
take_stock() {
    choose_python
    WANTED=$(missing_libraries)
    find_uv || WANTED="python3 python3-venv $WANTED"
}

take_stock
if [ "$WANTED" = "$OPTIONAL" ] && [ -e .cache/apt.log ]; then
    : # apt was asked before and has it not: do not ask at every run
elif [ -n "$WANTED" ] && can_install; then
    # shellcheck disable=SC2086 # a list of package names
    apt_install $WANTED || say "apt-get could not install everything"
    take_stock
fi
# The browser that tests of web pages use; where it cannot be had, they are skipped and say so.
if [ -n "${BROWSER_TESTS:-}" ] && ! command -v chromium >/dev/null &&
    ! command -v google-chrome >/dev/null && [ ! -e .cache/no-chromium ] && can_install; then
    apt_install chromium || : >.cache/no-chromium
fi
case $WANTED in
    "") ;;
    "$OPTIONAL") say "note: $OPTIONAL is not installed; PDFs are made without it, but slower" ;;
    *)
        die "this machine lacks system packages" \
            "Debian, Ubuntu: an administrator runs" \
            "    sudo apt-get update && sudo apt-get install $WANTED" \
            "elsewhere: https://doc.courtbouillon.org/weasyprint/stable/first_steps.html" \
            "           https://docs.astral.sh/uv/getting-started/installation/" \
            "then run this again"
        ;;
esac

if [ -z "$MODERN_PYTHON" ]; then
    say "Python 3.$MIN_MINOR or newer was not found; uv will try to fetch 3.13"
    export UV_PYTHON=3.13
fi
export UV
# Compiled here, so that the first run is as fast as the second. SYNC: what the calling script adds.
"$UV" sync --frozen --quiet --compile-bytecode ${SYNC:+"${SYNC[@]}"} >&2 || die "the environment .venv could not be made (uv says why, above)" \
    "no Python 3.$MIN_MINOR: install python3.12 (or 3.11, 3.13) and run this again" \
    "behind a proxy or mirror: set HTTPS_PROXY or UV_DEFAULT_INDEX"
