#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Several archives in one question, and archives on other machines, which are
# two xapian-tcpsrv(1) on this one: remote.sh NEWSIDX NEWSQ SAMPLE CUT_PROXY
set -uo pipefail
newsidx=$(readlink -f "$1") newsq=$(readlink -f "$2") sample=$(readlink -f "$3")
cut_proxy=$(readlink -f "$4")
command -v xapian-tcpsrv >/dev/null || exit 77
work=$(mktemp -d)
servers=()
trap 'kill -9 "${servers[@]}" 2>/dev/null; rm -rf "$work"' EXIT
cd "$work"
unset NEWS_ARCHIVE
failed=0

fail() {
    echo "FAIL $*"
    failed=1
}

# serve ARCHIVE: a server on a free port; sets `port` and `server`.
serve() {
    local line
    while :; do
        port=$((20000 + RANDOM % 20000))
        rm -f log && mkfifo log
        xapian-tcpsrv --interface 127.0.0.1 --port "$port" "$1" >log 2>&1 &
        server=$!
        servers+=("$server")
        # It says two lines when it listens; one and its end when it cannot.
        exec 7<log
        read -r line <&7
        read -r line <&7 && [[ $line == Listening* ]] && return
    done
}

"$newsidx" add -q -a whole "$sample"
"$newsidx" add -q -a one -c sample "$sample"/{briefing.txt,courier.csv.gz,gazette.trec.gz}
"$newsidx" add -q -a two -c sample "$sample"/{telex.sgm.gz,wire.jsonl.gz}
serve one
one=127.0.0.1:$port
serve two
two=127.0.0.1:$port two_port=$port two_server=$server
mkdir -p stub/segments
printf 'remote %s\nremote %s\n' "$one" "$two" >stub/XAPIANDB

# The same answer, whichever way the articles are kept.
while IFS= read -r query; do
    "$newsq" -a whole -f json -- "$query" >expected 2>&1
    for places in "-a one -a two" "-a one -a tcp:$two" \
        "-a tcp:$one -a tcp:$two" "-a stub"; do
        # shellcheck disable=SC2086
        "$newsq" $places -f json -- "$query" >actual 2>&1
        cmp -s expected actual || fail "$places: '$query' is answered otherwise"
    done
done <<'END'
pentagon pakistan
"air routes"
pent* w/5 pak*
person:kirby
kirbi~ date:2022
(flood* OR drought) NOT insurance
zzzz pakistan
title:pakistan^3 +flood
pentagon w/s pakistan
atleast3(pakistan) OR flood
nothingatall
END
for option in "--sort newest flood" "--sort oldest -n 100 pakistan" \
    "--sort oldest --offset 12 -n 2 --facets lang -f json pakistan" "--fresh 1y --today 2022-09-10 pakistan" "--count flood" "--show wire.jsonl" \
    "--show briefing.txt" "-f tsv flood" "-f ids flood" \
    "-f json -n 0 --facets people,orgs,places,source,section,topic,author,lang,collection --timeline month pakistan" \
    "-f json -n 5 --facets source,section,lang,people pakistan" \
    "-f json -n 5 --facets source,lang --timeline year said" \
    "--who pakistan" "--orgs -f tsv flood"; do
    # shellcheck disable=SC2086
    "$newsq" -a whole $option >expected 2>&1
    # shellcheck disable=SC2086
    "$newsq" -a stub $option >actual 2>&1
    cmp -s expected actual || fail "$option is answered otherwise"
done

# What another machine publishes is seen by the next question.
"$newsidx" remove -a two sample/30007 >/dev/null || fail "remove"
"$newsq" -a stub --count 'id:sample/30007' >/dev/null && fail "a removed article is found"

# ends STATUS PATTERN COMMAND...
ends() {
    local status=$1 pattern=$2 output actual
    shift 2
    output=$("$@" 2>&1)
    actual=$?
    [ "$actual" -eq "$status" ] && grep -qE -- "$pattern" <<<"$output" ||
        fail "$* ends with $actual: $output"
}
ends 3 "'nowhere' is not HOST:PORT" "$newsq" -a tcp:nowhere flood
ends 3 "'x:99999' is not HOST:PORT" "$newsq" -a tcp:x:99999 flood
ends 3 'does not answer' "$newsq" -a tcp:127.0.0.1:1 flood
ends 2 'timeout is at most' "$newsq" --timeout 99999 -a one flood

# A machine that is lost in the middle: an error that names it, or the rest of
# the answer, marked.
"$newsq" -a one -f json pakistan >rest
"$newsq" -a one -a "tcp:$two" -f json pakistan >whole.json
cuts=0
for bytes in 1 20 60 100 150 200 300 400 600 800 1200 2000 4000 1000000; do
    for option in --all --partial; do
        "$cut_proxy" "$two_port" "$bytes" >proxy_port &
        proxy=$!
        servers+=("$proxy")
        until [ -s proxy_port ]; do :; done
        place=127.0.0.1:$(<proxy_port)
        "$newsq" -a one -a "tcp:$place" "$option" -f json pakistan >out 2>err
        status=$?
        rm -f proxy_port
        kill "$proxy" 2>/dev/null
        cmp -s out whole.json && continue
        cuts=$((cuts + 1))
        if [ "$option" = --partial ]; then
            [ $status -eq 0 ] && grep -q "$place does not answer; what it holds is missing" err &&
                sed "1s/,\"missing\":\[\"$place\"\]//" out | cmp -s - rest ||
                fail "cut after $bytes bytes with --partial: $status $(<err)"
        else
            [ $status -eq 3 ] && [ ! -s out ] &&
                grep -q "^newsq: $place does not answer" err ||
                fail "cut after $bytes bytes: $status $(<err)"
        fi
    done
done
[ $cuts -ge 10 ] || fail "only $cuts answers were cut"

# Every kind of answer says what it is without.
for answer in "--export csv pakistan" "--show briefing.txt" "--terms pak" \
    "--like briefing.txt" "--explain pakistan" "--count pakistan"; do
    # shellcheck disable=SC2086
    ends 0 '^newsq: 127.0.0.1:1 does not answer; what it holds is missing$' \
        "$newsq" --partial -a one -a tcp:127.0.0.1:1 $answer
done

# One that hangs.
kill -STOP "$two_server"
ends 3 "^newsq: $two does not answer" "$newsq" -a one -a "tcp:$two" --timeout 1 pakistan
ends 0 "^newsq: $two does not answer; what" "$newsq" -a one -a "tcp:$two" --timeout 1 --partial pakistan
kill -CONT "$two_server"

exit $failed
