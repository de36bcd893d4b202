#!/bin/sh
# keep.sh PATH NAME: PostgreSQL's archive_command. Puts a finished piece of its log into the archive, compressed: most of a piece
# that is closed after a minute is empty. It is there whole and on the disk, or not at all; a piece that is there already and is
# the same counts as kept, and one that differs never takes its place.
set -eu

archive=${ARCHIVE:-/archive}
kept="$archive/$2.gz"
new="$archive/.$2.gz"

if [ -f "$kept" ]; then
    gzip --decompress --stdout "$kept" | cmp --silent - "$1"
else
    gzip -1 --no-name --stdout "$1" > "$new"
    sync "$new"
    mv "$new" "$kept"
fi
sync "$archive"
