#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Golden queries: run.sh NEWSQ ARCHIVE [--update]
#
# queries.txt has cases of three lines: a comment, the arguments of newsq as a
# shell would read them, and the ids that must come out, in order.  --update
# writes what comes out today; the diff is to be reviewed.
set -uo pipefail
newsq=$1 archive=$2 update=${3:-}
file=$(dirname "$0")/queries.txt
out=$(mktemp)
trap 'rm -f "$out"' EXIT
failed=0 count=0
while IFS= read -r comment && IFS= read -r query && IFS= read -r expected; do
    eval "set -- $query"
    actual=$("$newsq" -a "$archive" --today 2022-11-01 --format ids --limit 20 \
        "$@" 2>/dev/null | sed 's|^sample/||' | tr '\n' ' ')
    actual=${actual% }
    printf '%s\n%s\n%s\n\n' "$comment" "$query" "$actual" >> "$out"
    count=$((count + 1))
    if [ "$actual" != "$expected" ]; then
        failed=$((failed + 1))
        [ -n "$update" ] ||
            printf '%s\n  %s\n  expected %s\n  found    %s\n' \
                "$comment" "$query" "$expected" "$actual"
    fi
    IFS= read -r _ || break
done < "$file"
if [ -n "$update" ]; then
    cp "$out" "$file"
    echo "$failed of $count cases changed"
    exit 0
fi
echo "$count queries, $failed failed"
[ "$failed" -eq 0 ] && [ "$count" -gt 0 ]
