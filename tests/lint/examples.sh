#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Every example of the table of fields finds something in the sample archive.
# examples.sh NEWSIDX NEWSQ ARCHIVE
set -uo pipefail
failed=0 count=0
while read -r example; do
    count=$((count + 1))
    "$2" -a "$3" --count --today 2022-11-01 "$example" >/dev/null || {
        echo "nothing found by: $example"
        failed=1
    }
done < <("$1" fields | sed -n 's/.* example: //p')
echo "$count examples"
[ "$count" -gt 0 ] && exit "$failed"
