#!/bin/sh
# Collect the strings to translate into every catalogue (needs the system's gettext).
set -eu
cd "$(dirname "$0")/../src/amparo"
for language in ar es fr ru uk; do mkdir -p "site/locale/$language/LC_MESSAGES"; done
../../.venv/bin/django-admin makemessages -l ar -l es -l fr -l ru -l uk --no-location --no-wrap \
    --pythonpath ../.. --settings tests.settings
../../.venv/bin/django-admin makemessages -d djangojs -l ar -l es -l fr -l ru -l uk --no-location --no-wrap \
    --pythonpath ../.. --settings tests.settings || true
