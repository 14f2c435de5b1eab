# Makes the virtual environment named by the first argument, if it is not there
# already, with the interpreter in $PYTHON; says what to install when it cannot.
set -eu
venv=$1
python=${PYTHON:-python3}

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "Caveat needs Python 3.11 or newer and '$python' is not. Try: make PYTHON=python3.12 ..." >&2
    exit 1
fi
if [ -x "$venv/bin/python" ] && "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    exit 0
fi
if "$python" -m venv --clear "$venv"; then
    exit 0
fi

# Debian keeps venv in a package of its own. In a container, as root, nobody
# is asked before it is installed; on a person's machine that is theirs to do.
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv
    if "$python" -m venv --clear "$venv"; then
        exit 0
    fi
fi
rm -rf "$venv"
echo "No virtual environment could be made with '$python'. On Debian and Ubuntu: sudo apt-get install python3-venv" >&2
exit 1
