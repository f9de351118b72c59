#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Every option of --help is in the man page and every option of the man page is
# in --help; so are commands, fields and formats.  options.sh NEWSIDX NEWSQ MAN
set -uo pipefail
newsidx=$1 newsq=$2 man=$3
failed=0

long_options() { grep -oE -- '--[a-z][a-z-]+' | sort -u; }
man_options() { sed 's/\\-/-/g' "$1" | grep -E '^\.(It|Fl)' |
    grep -oE 'Fl -[a-z][a-z-]+' | sed 's/Fl -/--/' | sort -u; }

same() {
    local difference
    difference=$(diff <(echo "$2") <(echo "$3")) && return
    echo "$1: help (<) and man page (>) differ:"
    echo "$difference"
    failed=1
}
same newsq "$("$newsq" --help | grep -E '^  ' | grep -E '^ +-' | long_options)" \
    "$(man_options "$man/newsq.1")"
same newsidx "$(for command in $("$newsidx" help | awk '/^  /{print $1}'); do
        "$newsidx" "$command" --help | grep -E '^ +-'
    done | long_options)" \
    "$({ man_options "$man/newsidx.1"; sed 's/\\-/-/g' "$man/newsidx.1" |
        grep -oE 'Fl -(json|help)' | sed 's/Fl -/--/'; } | sort -u)"
for command in $("$newsidx" help | awk '/^  /{print $1}'); do
    grep -q "^\.Ss $command$" "$man/newsidx.1" || {
        echo "newsidx.1 does not describe '$command'"
        failed=1
    }
done
for format in $("$newsidx" formats | awk '/^[a-z]/{print $1}'); do
    grep -q "^\.It Cm $format$" "$man/newsidx.1" || {
        echo "newsidx.1 does not describe the format '$format'"
        failed=1
    }
done
for field in $("$newsq" --fields | awk '{print $1}'); do
    grep -qE "(^\.Cm|,| )$field( |,|$)" "$man/newsq.1" || {
        echo "newsq.1 does not name the field '$field'"
        failed=1
    }
done
exit "$failed"
