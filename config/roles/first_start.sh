#!/bin/sh
# Run by the image of PostgreSQL when its volume is empty: makes the owner, whose password is in OWNER_PASSWORD or in a file.
set -eu
if [ -n "${OWNER_PASSWORD_FILE:-}" ]; then
    OWNER_PASSWORD=$(cat "$OWNER_PASSWORD_FILE")
    export OWNER_PASSWORD
fi
psql --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" --file=/etc/survey/server.sql
