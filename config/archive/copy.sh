#!/bin/sh
# copy.sh: a new base copy, from which the archive leads to any later second. The two newest are kept, and of the archive what
# they need; what is older is removed only when the new copy is whole.
set -eu

archive=${ARCHIVE:-/archive}
many=${COPIES:-2}
name=$(date -u +%Y%m%dT%H%M%S)

mkdir -p "$archive/base"
rm -rf "$archive/base/.unfinished"
pg_basebackup --pgdata="$archive/base/.unfinished" --checkpoint=fast
mv "$archive/base/.unfinished" "$archive/base/$name"
sync "$archive/base"

older=$(ls "$archive/base" | sort -r | tail -n "+$((many + 1))")
for each in $older; do rm -rf "$archive/base/${each:?}"; done
oldest=$(ls "$archive/base" | sort | head -n 1)
first=$(sed -n 's/^START WAL LOCATION: .* (file \([0-9A-F]*\))$/\1/p' "$archive/base/$oldest/backup_label")
[ -n "$first" ] || { echo "$archive/base/$oldest has no backup_label: nothing was removed from the archive." >&2; exit 1; }
pg_archivecleanup -x .gz "$archive" "$first"
echo "base copy $name; kept since $oldest ($first): $(du -sh "$archive" | cut -f 1) in the archive"
