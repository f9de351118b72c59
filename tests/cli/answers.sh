#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What newsq gives besides a page of hits: answers.sh NEWSIDX NEWSQ SAMPLE
set -uo pipefail
newsidx=$(readlink -f "$1") newsq=$(readlink -f "$2") sample=$(readlink -f "$3")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export NEWS_ARCHIVE=$work/archive TERM=dumb
"$newsidx" add -q "$sample" || exit 1
failed=0

# same EXPECTED COMMAND: what it prints (both streams), and its status.
same() {
    local output
    output=$(eval "$2" 2>&1; echo "($?)")
    [ "$output" = "$1" ] || {
        printf 'FAIL %s\n  expected %s\n  found    %s\n' "$2" "$1" "$output"
        failed=1
    }
}
q() { "$newsq" "$@"; }

# Terms.
same '      12  pakistan
       1  pakistanis
(0)' 'q --terms Pak'
same 'term	count
topic:pentagon	4
topic:oil	3
topic:pakistan	3
(0)' 'q --terms topic: -n 3 -f tsv'
same '{"format":1,"more":false,"terms":[{"term":"person:\"john kirby\"","count":3}]}
(0)' "q --terms 'person:\"John K' -f json"
same '(1)' 'q --terms zzzq'
same "newsq: --terms wants a letter at least
(2)" 'q --terms ""'
same "newsq: --terms: there is no field 'frob'; see --fields
(2)" 'q --terms frob:x'
same "newsq: --terms does not list the field date
(2)" 'q --terms date:2'
same "newsq: --terms prints text, json or tsv, not 'ids'
(2)" 'q --terms pak -f ids'

# Exports: all of it, each article once, oldest first, the undated last.
total=$(q --count collection:sample)
same "$total
(0)" 'q collection:sample --export jsonl | wc -l'
same "$total
(0)" 'q collection:sample -n 1 --export jsonl |
    grep -oE "^\{\"format\":1,\"collection\":\"[^\"]*\",\"id\":\"[^\"]*\"" |
    sort -u | wc -l'
q collection:sample --export ris | tr -d '\r' > ris
same "$total
(0)" 'grep -c "^TY  - NEWS" ris'
same '(0)' 'grep "^DA  - " ris | sort -c'
same "$(q --count date:unknown)
(0)" 'tac ris | sed "/^DA  - /,\$d" | grep "^TY  - " | wc -l'
same "$total
(0)" 'q collection:sample --export bibtex | grep "^@article{" | sort -u | wc -l'
q pentagon --all --export csv > csv
same 'collection,id,date,title,source,section,language,url,summary,authors,topics,people,organisations,places,text
(0)' 'head -1 csv | tr -d "\r"'
same 'collection,id,date,title,source,section,language,url,summary,authors,topics,people,organisations,places,text
(1)' 'q nosuchwordatall --export csv | tr -d "\r"'
same "newsq: --export is csv, jsonl, bibtex or ris, not 'xls'
(2)" 'q pentagon --export xls'
same '141 0
(0)' 'q collection:sample --export jsonl | head -c 1 > one
    echo "${PIPESTATUS[@]}"'
same 'newsq: cannot write to standard output: No space left on device
(4)' 'q collection:sample --export jsonl > /dev/full'
exit "$failed"
