#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What bash completes for newsq on the sample archive:
# completion.sh NEWSQ ARCHIVE COMPLETIONS
set -uo pipefail
newsq=$(readlink -f "$1") completions=$3
NEWS_ARCHIVE=$(readlink -f "$2")
export NEWS_ARCHIVE
compopt() { :; }
. "$completions/newsq"
failed=0

# completes EXPECTED WORD...: the last word is being typed; as bash splits it.
completes() {
    local expected=$1
    shift
    COMP_WORDS=("$newsq" "$@")
    COMP_CWORD=$#
    COMP_LINE="$newsq $*"
    COMP_LINE=${COMP_LINE// : /:}
    COMP_POINT=${#COMP_LINE}
    COMPREPLY=()
    _newsq
    local actual=${COMPREPLY[*]-}
    [[ " $actual " == *" $expected "* ]] || {
        echo "FAIL: '$*' is completed to '$actual', not '$expected'"
        failed=1
    }
}
completes --timeline --time
completes 'relevance newest oldest' --sort ''
completes 'john\ kirby' --person john
completes 'john\ kirby' -p jo
completes kirby person : kir
completes pakistan pak
completes person: pers
completes month --timeline m
completes bibtex --export b
exit $failed
