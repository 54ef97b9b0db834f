#!/bin/sh
# Pin every package by version and hash. The lock files name no registry: --check makes sure.
set -eu
cd "$(dirname "$0")/.."

if [ "${1:-}" = "--check" ]; then
    if grep -nE 'https?://|file:|--index-url|--find-links' requirements.lock requirements-dev.lock; then
        echo "A lock file names a place to download from; it must only pin versions and hashes." >&2
        exit 1
    fi
    exit 0
fi

tool=$(mktemp -d)
trap 'rm -rf "$tool"' EXIT
.venv/bin/python -m venv "$tool"
"$tool/bin/pip" install --quiet --disable-pip-version-check uv
options="--quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate"
# shellcheck disable=SC2086
"$tool/bin/uv" pip compile $options pyproject.toml -o requirements.lock
# shellcheck disable=SC2086
"$tool/bin/uv" pip compile $options pyproject.toml --group dev -o requirements-dev.lock
