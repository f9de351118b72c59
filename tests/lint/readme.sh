#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The terminal session at the top of README comes out as it stands there, up to lines
# that are left out ("..."), and the figures are from bench/results.
# readme.sh NEWSIDX NEWSQ ROOT
set -uo pipefail
newsidx=$(readlink -f "$1") newsq=$(readlink -f "$2") root=$3
cd "$root" || exit 99
NEWS_ARCHIVE=$(mktemp -d)/archive
export NEWS_ARCHIVE
trap 'rm -rf "$(dirname "$NEWS_ARCHIVE")"' EXIT
unset COLUMNS
newsidx() { "$newsidx" "$@"; }
newsq() { "$newsq" "$@"; }
failed=0

while IFS= read -r line; do
    line=${line#    }
    case $line in
    '$ '*) output=$(eval "${line#\$ }" 2>&1) ;;
    ... | '') ;;
    *)
        grep -qxF -- "$line" <<<"$output" || {
            echo "README has, but nothing printed: $line"
            failed=1
        }
        ;;
    esac
done < <(sed -n '/^    \$ /,/^## /p' README.md | grep -v '^## ')

grep -oE '[0-9][0-9,.]+ (articles/s|MB of text/s)' README.md | tr -d , |
    while read -r value unit; do
        awk -F'\t' -v v="$value" -v u="$unit" \
            '$3 == v && $4 == u { found = 1 } END { exit !found }' \
            bench/results/*/raw.tsv || {
            echo "README says $value $unit, bench/results does not"
            exit 1
        }
    done || failed=1
exit $failed
