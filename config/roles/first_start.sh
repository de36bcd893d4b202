#!/bin/sh
# Run by the image of PostgreSQL when its volume is empty: makes the owner, whose password is in OWNER_PASSWORD.
set -eu
psql --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" --file=/etc/survey/server.sql
