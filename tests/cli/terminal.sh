#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# newsq on a terminal of 60 columns and 12 lines, which script(1) makes:
# terminal.sh NEWSIDX NEWSQ SAMPLE
set -uo pipefail
newsidx=$(readlink -f "$1") newsq=$(readlink -f "$2") sample=$(readlink -f "$3")
command -v script >/dev/null || exit 77
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export NEWS_ARCHIVE=$work/archive TERM=xterm NEWSQ_PAGER='sed s/^/P:/' newsq
unset NO_COLOR COLUMNS PAGER
"$newsidx" add -q "$sample"
failed=0

# on_terminal COMMAND: what it prints there.
on_terminal() {
    script -qec "stty rows 12 cols 60; $1" /dev/null </dev/null | tr -d '\r'
}
# says|hides PATTERN COMMAND
says() {
    grep -qE -- "$1" <<<"$(on_terminal "$2")" || {
        echo "FAIL: no /$1/ in $2"
        failed=1
    }
}
hides() {
    grep -qE -- "$1" <<<"$(on_terminal "$2")" && {
        echo "FAIL: /$1/ in $2"
        failed=1
    }
}
esc=$'\033'

# Long answers go through the pager, short ones and those of --no-pager do not.
says '^P:[0-9]+ articles' '$newsq flood'
hides '^P:' '$newsq flood --no-pager'
hides '^P:' '$newsq --count flood'
hides '^P:' 'NEWSQ_PAGER= $newsq flood'
hides '^P:' 'NEWSQ_PAGER=cat $newsq flood'
says '^G:' 'unset NEWSQ_PAGER; PAGER="sed s/^/G:/" $newsq flood'
says '^rc 0' 'NEWSQ_PAGER=true $newsq flood; echo rc $?'
hides '^P:' '$newsq flood | cat'

# Colours and links are for terminals that show them.
says "${esc}\[1;31m" '$newsq flood'
hides "$esc" '$newsq flood | cat'
hides "${esc}\[" 'NO_COLOR=1 $newsq --no-pager flood'
hides "$esc" 'TERM=dumb $newsq flood'
says "${esc}\]8;;https://wire.example.org/[^$esc]*$esc\\\\" '$newsq flood'
hides "$esc\]8" '$newsq --links never flood'
hides "$esc\]8" 'TERM=linux $newsq flood'
says "$esc\]8;;https" '$newsq --links always flood | cat'
says '--links is auto, always or never' '$newsq --links maybe flood'

# What is left open is closed, with a word about it; not with --strict.
says 'a bracket was not closed' '$newsq "(flood pakistan"'
says '^P:[0-9]+ articles' '$newsq "(flood"'
says 'a quotation was not closed' "\$newsq '\"flood'"
says 'a bracket too many was left out' '$newsq "flood) pakistan"'
says 'this bracket is not closed' '$newsq --strict "(flood"'
says 'this bracket is not closed' '$newsq "(flood" | cat'

# No line is wider than the terminal.
widest=$(on_terminal '$newsq --color never --links never --no-pager flood pakistan' |
    LC_ALL=C.UTF-8 wc -L)
[ "$widest" -le 60 ] || {
    echo "FAIL: a line has $widest columns"
    failed=1
}
exit $failed
