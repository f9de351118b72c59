#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Both segment writers make equal databases of the same articles:
# compare_writers.sh NEWSIDX COMPARE_DATABASES INPUT...
set -euo pipefail
newsidx=$1 compare=$2
shift 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# What is rejected (1) or not read (3) is so with either.
for writer in reference bulk; do
    "$newsidx" add -q -j 1 --writer "$writer" -a "$work/$writer" -c c "$@" ||
        [[ $? = [13] ]]
done

# They were written at different times; nothing else may differ.
status=0
"$compare" "$work/reference" "$work/bulk" > "$work/differences" \
    2> "$work/errors" || status=$?
if [ "$status" -gt 1 ] ||
    grep -v "^    \|^metadata 'news.written' differs" "$work/differences"; then
    cat "$work/differences" "$work/errors"
    exit 1
fi
