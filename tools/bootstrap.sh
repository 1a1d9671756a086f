#!/bin/sh
# Makes .venv from uv.lock: takes uv from PATH, or puts it into .venv by pip.
set -eu

python=""
for name in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11 python; do
    [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 || continue
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$name
        break
    fi
done
if [ -z "$python" ]; then
    echo "Python 3.11 or newer is missing. Install it with:"
    echo "  Debian, Ubuntu:  sudo apt-get install python3 python3-venv"
    echo "  macOS:           brew install python"
    exit 1
fi
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    echo "Python's venv module is missing. Install it with:"
    echo "  Debian, Ubuntu:  sudo apt-get install python3-venv"
    exit 1
fi

if [ ! -x .venv/bin/python ]; then
    echo "set-up: making .venv with $("$python" --version)"
    "$python" -m venv .venv
fi
uv=$(command -v uv || command -v .venv/bin/uv || true)
if [ -z "$uv" ]; then
    echo "set-up: installing uv into .venv"
    .venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip >/dev/null
    .venv/bin/python -m pip install --quiet --disable-pip-version-check uv
    uv=.venv/bin/uv
fi
echo "set-up: installing the locked packages"
# --inexact keeps uv itself, which the lock does not name.
"$uv" sync --locked --inexact --quiet
