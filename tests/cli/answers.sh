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

# Freshness orders anew, and finds the same.
same 'sample/mw-20220302-017
(0)' 'q pakistan -f ids -n 1'
same 'sample/mw-20220518-023
(0)' 'q pakistan -f ids -n 1 --fresh 1y --today 2022-09-10'
same 'sample/mw-20220906-013
(0)' 'q pakistan prices world news -f ids -n 1 --fresh 1y --today 2022-09-10'
same '(0)' 'diff <(q pakistan -f ids -n 50 | sort) <(q pakistan -f ids -n 50 --fresh 2w | sort)'
same 'newsq: --fresh is a span such as 7d, 3w, 6m or 2y, not '"'2019'"'
(2)' 'q pakistan --fresh 2019'

# Passages: all places, their paragraphs, and as much around as is asked for.
passages() { q --no-pager --color never pentagon pakistan -n 1 "$@" | sed -n '5,$p' | head -n -1; }
same '    ¶1 The Pentagon said today it had not finished a study of the kinds of
    early-warning aircraft that might suit Pakistan, which has asked to lease or
    buy them.
    ¶4 He said a technical team had visited Pakistan for 12 days in August. Its
    report would go to …
    ¶6 Lunt declined to say when the Pentagon expected to make a recommendation.
    Telex
(0)' 'passages --passages all --context words'
same '    ¶6 Lunt declined to say when the Pentagon expected to make a recommendation.
(0)' 'passages --passages all --context sentence | tail -n 1'
same '    ¶4 He said a technical team had visited Pakistan for 12 days in August. Its
    report would go to Defense Secretary Caspar Weinberger and then to Congress,
    which must be given 30 days'"'"' notice of any sale.
(0)' 'passages --passages all --context paragraph | sed -n 4,6p'
same "newsq: --passages is 1 to 50, or all, not '51'
(2)" 'q --passages 51 pakistan'
same "newsq: --context is words, sentence or paragraph, not 'page'
(2)" 'q --context page pakistan'

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

printf '{"title":"t","keywords":["short","%s"]}\n' "$(printf '山 %.0s' {1..99})" |
    "$newsidx" add -q -a long -
same '       1  topic:short
       1  topic:山
(0)' 'q -a long --terms topic:'

# What has no date stands last in both orders, on whatever page.
printf '{"id":"%s","title":"tide","date":"%s"}\n' \
    1 2020-01-02 2 '' 3 2019-01-02 4 '' 5 2021 | "$newsidx" add -q -a tides -c t -
same 't/3 t/1 t/5 t/2 t/4 
(0)' 'q -a tides --sort oldest -f ids tide | tr "\n" " "; echo'
same 't/5 t/1 t/3 t/2 t/4 
(0)' 'q -a tides --sort newest -f ids tide | tr "\n" " "; echo'
same 't/5 t/2 t/4 
(0)' 'for from in 2 3 4; do
    q -a tides --sort oldest -f ids -n 1 --offset $from tide; done | tr "\n" " "; echo'
same '5 articles.
(0)' 'q -a tides --sort oldest -n 1 tide | head -1'

# What the text says of the days that are asked for is marked, and shown.
printf '{"id":"1","title":"The ferry","date":"2022-04-20","text":"%s"}\n' \
    'Share this article:\n\nIn 2019 it sank.\n\nOn April 12 it was raised; it sails on May 2 again.' |
    "$newsidx" add -q -a about -c t -
same '"passages":[{"paragraph":3,"text":"On April 12 it was raised; it sails on May 2 again.","marks":[[3,8]]}]}]
(0)' 'q -a about -f json about:2022-04 | grep -o "\"passages\":.*]}]"'
same '"marks":[[3,8],[39,5]]
(0)' 'q -a about -f json --sort newest "about:2022-04-12 OR about:2022-05" | grep -o "\"marks\":.*\]\]"'
same '"marks":[[53,8]]
(0)' 'q -a about -f json --show 1 "about:2022-04 -about:2022-05" | grep -o "\"marks\":.*\]\]"'

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

# Articles like one: ranked, without itself, under conditions.
same 'sample/mw-20220906-013
sample/mw-20210909-012
(0)' 'q --like mw-20220831-028 -n 2 -f ids'
same '(1)' 'q --like mw-20220831-028 -n 100 -f ids | grep mw-20220831-028'
same 'sample/HC-220902-02
(0)' 'q --like mw-20220831-028 -n 1 -f ids tents --source "Harbour Courier"'
q --show mw-20220831-028 > story
same 'sample/mw-20220831-028
(0)' 'q --like-file story -n 1 -f ids'
same "newsq: no article has the id 'frob'
(1)" 'q --like frob'
: > empty
same "newsq: no word of 'empty' tells it from other articles
(1)" 'q --like-file empty'
head -c 2000000 /dev/zero > big
same '(2)' 'q --like-file big >/dev/null 2>&1; [ $? -ge 2 ] && (exit 2)'

# A story once; the page is filled with others, and more of it begins behind.
wire='The harbour wall of Portsea gave way on Monday night and two boats were lost'
{
    for paper in Courier Echo Mail; do
        echo "{\"id\":\"$paper\",\"source\":\"$paper\",\"title\":\"Wall of $paper\",\"text\":\"$wire\"}"
    done
    echo '{"id":"other","source":"Mail","title":"Harbour","text":"The harbour of Overy has no wall at all."}'
} > wire.jsonl
"$newsidx" add -q -a wire -c c wire.jsonl
same '2 hits of 4 articles
Courier Echo Mail Mail
(0)' '"$newsq" -a wire "harbour wall" --fold -f json > folded
echo "$(grep -c "\"score\"" folded) hits of $(sed -n "s/.*\"seen\":\([0-9]*\).*/\1/p" folded) articles"
grep -o "\"source\":\"[A-Za-z]*\"" folded | cut -d\" -f4 | sort | xargs'
same 'c/Courier
(0)' '"$newsq" -a wire portsea --fold -n 1 -f ids'
same '    also: Echo · c/Echo
    also: Mail · c/Mail
(0)' '"$newsq" -a wire portsea --fold --color never | grep also:'
same 'newsq: --limit with --fold is at most 100
(2)' '"$newsq" -a wire portsea --fold -n 101'

# Words written wrongly; names too, but not frequent words and short ones.
same 'newsq: did you mean pakistan flood
No article.
(1)' 'q pakistn flod'
same 'newsq: did you mean title:"pakistan radar"
No article.
(1)' "q 'title:\"pakistn radar\"'"
same 'newsq: did you mean person:kirby
No article.
(1)' 'q person:kirbi'
same 'No article.
(1)' 'q xqzzy pkn'
# A name that few articles have is no mistake for a word that many have.
{
    for i in $(seq 150); do echo "{\"id\":\"m$i\",\"title\":\"Market day $i\"}"; done
    for i in $(seq 5); do
        echo "{\"id\":\"n$i\",\"title\":\"Merkel $i\",\"people\":[\"Angela Merkel\"]}"
    done
} > merkel.jsonl
"$newsidx" add -q -a merkel -c c merkel.jsonl
same 'newsq: did you mean Merkel market
No article has all the words; 5 articles have some of them.
(0)' '"$newsq" -a merkel -n 0 "Merkel markkt"'
same '1
(1)' 'q pakistn -f json 2>/dev/null | grep -c "\"suggestion\":\"pakistan\","'
same '0
(1)' 'q pakistan -f json | grep -c suggestion'

# Words that every article has, once some articles are gone.
awk 'BEGIN { for (i = 1; i <= 1500; i++)
    print "{\"id\":\"" i "\",\"language\":\"en\",\"source\":\"Wire\"," \
        "\"text\":\"Rivers flood and flooded.\"}" }' > gaps.jsonl
"$newsidx" add -q -a gaps -c gaps gaps.jsonl || exit 1
"$newsidx" remove -a gaps gaps/7 gaps/700 gaps/1400 > removed || exit 1
gaps() { q -a gaps "$@"; }
for query in flood 'flood*' 'flood~' 'ri* fl*' '"rivers flood*"~2' lang:en \
    '(flood* OR river) source:wire' 'lang:en NOT zzz*'; do
    same '1497
(0)' "gaps --count ${query@Q}"
    same '1497
(0)' "gaps -n 2000 -f ids ${query@Q} | wc -l"
    same 'source	Wire	1497
(0)' "gaps ${query@Q} --facets source -f tsv | cut -f 1-3 | tail -n 1"
    same '1497
(0)' "gaps ${query@Q} --lang en --export jsonl | wc -l"
    same '1497 would be removed
(0)' "'$newsidx' remove -n -a gaps ${query@Q} | tail -n 1"
    same '1497
(0)' "'$newsidx' export -a gaps ${query@Q} | wc -l"
done

# A whole article: its lines flow, and all it speaks of is named.
cat > whole.json <<'END'
{"id":"1","title":"A ferry of the Quill line has come back to Westvale","subtitle":"After nine weeks in dock",
"date":"2020-05-04","source":"Courier","authors":["Nell Orr","Tom Reed"],"url":"https://courier.example/ferry/1",
"topics":["ferries","the harbour board","winter weather"],"text":"It is back.\n\nIt sails at noon.",
"people":["Ada Finch","Bo Lee","Cy Dee","Di Fox","Ed Gow","Flo Hay","Gil Ives","Hal Jay","Ida Kay"],"places":["Westvale"]}
END
"$newsidx" add -q --no-names -a whole -c c whole.json
same 'A ferry of the Quill line has come back
to Westvale
After nine weeks in dock
Courier · 4 May 2020 · c/1
by Nell Orr, Tom Reed
url: https://courier.example/ferry/1
topics: ferries, the harbour board,
winter weather

It is back.

It sails at noon.

people: Ada Finch, Bo Lee, Cy Dee, Di
Fox, Ed Gow, Flo Hay, Gil Ives, Hal Jay,
Ida Kay
places: Westvale
(0)' 'COLUMNS=40 q -a whole --show 1'

# Marks of a whole article.
same '"marks":[[14,8],[160,8],[508,8]]
(0)' 'q --show 30007 pakistan -f json | grep -oE "\"marks\":[][0-9,]*\]\]"'
same '0
(1)' 'q --show 30007 -f json | grep -c marks'
exit "$failed"
