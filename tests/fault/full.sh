#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A disk that is full, as a limit on file sizes: full.sh NEWSIDX
#
# What is published is not touched, what is not is removed, the status is 4.
set -uo pipefail
newsidx=$(readlink -f "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 99
seq 3000 | awk '{
    text = $1
    for (i = 1; i <= 60; i++) text = text " " $1 + i
    printf "{\"id\":\"%d\",\"title\":\"Number %d\",\"text\":\"%s\"}\n", $1, $1, text
}' > news.jsonl
head -20 news.jsonl > few.jsonl
"$newsidx" add -q -a archive -c c few.jsonl || exit 1
failed=0
for blocks in 1 16 64 256 1024; do
    (
        ulimit -f "$blocks"
        "$newsidx" add -q --force -a archive -c c news.jsonl > out 2>&1
    )
    status=$?
    [ $status -eq 0 ] && break
    if [ $status -ne 4 ]; then
        echo "status $status with $blocks blocks:" "$(cat out)"
        failed=1
    fi
    "$newsidx" check -a archive > out 2>&1 && grep -q '20 articles are sound' out || {
        echo "with $blocks blocks:" "$(cat out)"
        failed=1
    }
    [ "$(ls archive/segments | wc -l)" -eq 1 ] || {
        echo "segments are left behind:" archive/segments/*
        failed=1
    }
done

# The summary counts what is in the archive.
(
    ulimit -f 16
    "$newsidx" add --force -a archive -c c news.jsonl > out 2>&1
)
grep -q ': 0 articles' out && ! grep -q ': 3000 articles' out || {
    echo "the summary of a run that failed:" "$(cat out)"
    failed=1
}

# Room for what is added, but not for merging it.  libxapian does not free what
# it had in hand when it could not write.
rm -r archive
(
    ulimit -f 200
    export ASAN_OPTIONS=detect_leaks=0
    "$newsidx" add -q -j 2 --checkpoint 32K -a archive -c c news.jsonl > out 2>&1
)
status=$?
if [ $status -ne 4 ] || ! grep -q 'cannot merge segments: ' out; then
    echo "status $status without room for merging:" "$(cat out)"
    failed=1
fi
segments=$(ls archive/segments | wc -l)
if [ "$segments" -le 16 ] || [ "$segments" -ne "$(wc -l < archive/XAPIANDB)" ]; then
    echo "$segments segments, listed:" "$(cat archive/XAPIANDB)"
    failed=1
fi
"$newsidx" merge -a archive > out 2>&1 && "$newsidx" check -a archive > out 2>&1 &&
    grep -q '3000 articles are sound' out || {
    echo "without room for merging:" "$(cat out)"
    failed=1
}
exit $failed
