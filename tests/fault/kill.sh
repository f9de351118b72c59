#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# kill -9 at random moments of adding: kill.sh NEWSIDX KILLS
#
# Each time the archive must open, check clean, have every article once, and
# a further add must complete it.  Checkpoints are small, so that kills fall
# into publications and merges too, and every round replaces articles of the
# round before.
set -uo pipefail
newsidx=$(readlink -f "$1") kills=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 99
articles=400 merges=0 RANDOM=1

for i in $(seq $articles); do
    printf '{"id":"%d","title":"Number %d","text":"%s"}\n' "$i" "$i" \
        "Words of article $i, some shared and some of its own: w$i x$((i % 7))."
done > news.jsonl

fail() {
    echo "after kill $1: $2"
    cat out
    exit 1
}
for kill in $(seq "$kills"); do
    "$newsidx" add -q --force -j 2 --checkpoint 4K -a archive -c c news.jsonl \
        > /dev/null 2>&1 &
    process=$!
    sleep "0.$(printf '%03d' $((RANDOM % 400)))"
    kill -9 $process 2> /dev/null
    wait $process 2> /dev/null
    [ -e archive/XAPIANDB ] || continue
    for segment in archive/segments/*; do # a merge begins with a lock
        [ -e "$segment/flintlock" ] && [ ! -e "$segment/iamglass" ] && ((++merges))
    done
    "$newsidx" info -a archive > out 2>&1 || fail "$kill" "does not open"
    if [ $((kill % 5)) -eq 0 ]; then
        "$newsidx" add -q -a archive -c c news.jsonl > out 2>&1 ||
            fail "$kill" "cannot be completed"
        "$newsidx" check -a archive > out 2>&1 ||
            fail "$kill" "does not check clean"
        grep -q "$articles articles are sound" out ||
            fail "$kill" "does not have every article once"
    fi
done
"$newsidx" add -q --force -a archive -c c news.jsonl > out 2>&1 ||
    fail "$kills" "cannot be completed"
"$newsidx" check -a archive > out 2>&1 || fail "$kills" "does not check clean"
echo "$kills kills, $merges of them in the middle of a merge; $(cat out)"
grep -q "$articles articles are sound" out
