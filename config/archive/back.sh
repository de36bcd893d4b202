#!/bin/sh
# back.sh COPY TIME: makes ready what comes back as it stood at this time, from a base copy that is older. The server is stopped;
# its files are kept beside the new ones. When it starts, it fetches the archive up to that time and goes on from there.
set -eu

copy="${ARCHIVE:-/archive}/base/$1"
here=$(cd "$(dirname "$0")" && pwd)

[ -d "$copy" ] || { echo "There is no base copy $1. There are: $(ls "${copy%/*}" | tr '\n' ' ')" >&2; exit 1; }
if [ -f "$PGDATA/postmaster.pid" ]; then
    echo "The database runs, or ended without a word. Stop it; if it is gone, remove $PGDATA/postmaster.pid." >&2
    exit 1
fi
[ ! -d "$PGDATA" ] || mv "$PGDATA" "$PGDATA.before-$(date -u +%Y%m%dT%H%M%S)"
cp -a "$copy" "$PGDATA"
chmod 0700 "$PGDATA"
{
    echo "restore_command = 'ARCHIVE=${ARCHIVE:-/archive} sh $here/fetch.sh %f %p'"
    echo "recovery_target_time = '$2'"
    echo "recovery_target_action = 'promote'"
} >> "$PGDATA/postgresql.auto.conf"
touch "$PGDATA/recovery.signal"
[ "$(id -u)" != 0 ] || chown postgres:postgres "$PGDATA/recovery.signal"
echo "Ready: start the database."
