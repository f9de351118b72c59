#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Readers beside a writer: while one process adds, replaces, removes and merges,
# others ask in every way: never an error, never less than what stands there,
# and never an article twice.  readers.sh NEWSIDX NEWSQ SAMPLE
# NEWS_STRESS_ROUNDS in the environment: so many rounds of writing.
set -uo pipefail
newsidx=$(readlink -f "$1") newsq=$(readlink -f "$2") sample=$(readlink -f "$3")
rounds=${NEWS_STRESS_ROUNDS:-10}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
export NEWS_ARCHIVE=$work/archive TERM=dumb

# articles FIRST LAST ROUND: a line of JSON each, some months apart.
articles() {
    local i
    for ((i = $1; i <= $2; i++)); do
        printf '{"id":"%d","title":"Flood %d","date":"20%02d-%02d-01","people":["Ann Ray"],"text":"The flood of round %d. Rivers flood; a flood at sea."}\n' \
            "$i" "$i" $((i % 20)) $((i % 12 + 1)) "$3"
    done
}
# More and more of "grow"; always the twenty of "swap", each time new ones;
# "gone" comes and goes.
write() {
    local round
    for ((round = 1; round <= rounds; round++)); do
        articles 1 20 "$round" > swap.jsonl
        articles "$((round * 3 + 18))" "$((round * 3 + 20))" "$round" > grow.jsonl
        "$newsidx" add -q -c swap swap.jsonl && "$newsidx" add -q -c grow grow.jsonl &&
            "$newsidx" add -q --force -c gone swap.jsonl &&
            "$newsidx" remove collection:gone > removed || return 1
        ((round % 5)) || "$newsidx" merge > merged || return 1
    done
}
fail() {
    echo "FAIL $*" | tee -a failures
}

# ask QUESTION ...: what it prints, and a failure where it fails or complains.
ask() {
    local status errors=errors.$BASHPID
    "$newsq" "$@" 2> "$errors"
    status=$?
    if [ $status -ne 0 ] || [ -s "$errors" ]; then
        fail "$* ended with $status: $(head -c 300 "$errors")" >&2
    fi
}
# Every article of "swap" once, whatever happens meanwhile.
check_export() {
    local found
    found=$(ask collection:swap --export jsonl |
        grep -oE '"id":"[0-9]+"' | sort | uniq -c | awk '{ print $1 }' | uniq -c | xargs)
    [ "$found" = "20 1" ] || fail "export of swap has articles, times: $found"
}
read_on() {
    local least=0 found
    until [ -e end ]; do
        found=$(ask --count collection:grow)
        [ "$found" -ge "$least" ] || fail "grow shrank from $least to $found"
        least=$found
        found=$(ask --count '"a flood at sea"')
        [ "$found" -ge $((least + 20)) ] || fail "grow and swap have the phrase $found times"
        found=$(ask --count collection:swap)
        [ "$found" -eq 20 ] || fail "swap has $found"
        check_export
        {
            ask flood -n 50 --passages all --context paragraph
            ask flood --facets person,source --who --timeline auto
            ask 'atleast2(flood) collection:swap' -f json
            ask 'rivers w/s flood' --sort newest
            ask 'flo* river~' --fresh 1y --all
            ask --like sample/briefing.txt -f tsv
            ask --show swap/7 flood
            ask --terms flo -f tsv
            ask --explain flood rivers
            ask flood --export csv
        } > /dev/null
    done
}

"$newsidx" add -q "$sample" || exit 1
articles 1 20 0 > swap.jsonl
"$newsidx" add -q -c swap swap.jsonl && "$newsidx" add -q -c grow swap.jsonl || exit 1
: > failures
readers=()
for _ in 1 2; do
    read_on &
    readers+=($!)
done
write || fail "writing"
touch end
wait "${readers[@]}"
echo "$rounds rounds, $(wc -l < failures) failures"
[ ! -s failures ]
