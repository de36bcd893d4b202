#!/bin/sh
# fetch.sh NAME PATH: PostgreSQL's restore_command. Gives back what keep.sh has put away; ends with 1 if there is none.
set -eu

kept="${ARCHIVE:-/archive}/$1.gz"
[ -f "$kept" ] || exit 1
gzip --decompress --stdout "$kept" > "$2"
