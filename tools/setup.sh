#!/bin/sh
# Make .venv from the lock file, put amparo in it, compile the translations.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "Amparo needs Python 3.11 or later, and '$python' is not." >&2
    echo "Install it, or name another: make setup PYTHON=python3.12" >&2
    exit 1
fi

tools/programs.sh reading

[ -x .venv/bin/python ] || "$python" -m venv .venv || {
    echo "The virtual environment cannot be made. On Debian or Ubuntu: apt-get install python3-venv" >&2
    rm -rf .venv
    exit 1
}
echo "Installing the packages that requirements-dev.lock pins ..."
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
.venv/bin/python tools/compile_messages.py
touch .venv/.ready
echo "Ready: .venv/bin/amparo"
