#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Facets, timelines and the names that matter, on invented articles whose
# counts are plain to see: counts.sh NEWSIDX NEWSQ
set -uo pipefail
newsidx=$(readlink -f "$1") newsq=$(readlink -f "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export NEWS_ARCHIVE=$work/archive TERM=dumb COLUMNS=60
failed=0

# article ID DATE SOURCE PEOPLE ORGS TEXT
article() {
    printf '{"id":"%s","date":"%s","source":"%s","people":[%s],"organisations":[%s],"language":"xx","title":"t","text":"%s"}\n' \
        "$1" "$2" "$3" "$4" "$5" "$6"
}
{
    article 1 2021-01-05 Gazette '"Ann Lee","Bo Ray"' '"Acme Inc."' 'flood river'
    article 2 2021-01-20 Gazette '"Ann Lee"' '"Acme"' 'flood'
    article 3 2021-03-02 Courier '"ANN LEE","Cy\tDoe"' '"ACME"' 'flood'
    article 4 2022-07-09 Courier '"Bo Ray"' '' 'river'
    article 5 2022 Courier '"Bo Ray"' '' 'river'
    article 6 '' Courier '"Bo Ray"' '' 'river flood'
} >news.jsonl
"$newsidx" add -q -c c news.jsonl

# same EXPECTED COMMAND...
same() {
    local expected=$1 actual
    shift
    actual=$("$@" 2>&1)
    [ "$actual" = "$expected" ] || {
        printf 'FAIL %s\n--- expected\n%s\n--- printed\n%s\n' "$*" "$expected" "$actual"
        failed=1
    }
}
same '4 articles.

person      Ann Lee 3 · Bo Ray 2 · Cy Doe 1
org         Acme Inc. 3
source      Courier 2 · Gazette 2' "$newsq" -n 0 --facets people,orgs,source flood
same '4 articles.

person      Ann Lee 3 … 3 in all' "$newsq" -n 0 --facets people:1 flood
same '4 articles.

2021-01          2  ██████████████████████████████████████
2021-02          0
2021-03          1  ███████████████████
undated          1' "$newsq" -n 0 --timeline month flood
same '2 articles.

2022             2  ██████████████████████████████████████' "$newsq" -n 0 --timeline year 'river date:2022'
# Days, months or years, as the answers lie.
timeline() { "$newsq" -f tsv --timeline auto "$@" | grep -v '	0		$'; }
same 'field	value	count	archive	score
timeline	2021-01-05	1		
timeline	2021-01-20	1		
timeline	2021-03-02	1		
timeline		1		' timeline flood
same 'field	value	count	archive	score
timeline	2021-01	1		
timeline	2022-01	1		
timeline	2022-07	1		
timeline		1		' timeline river
same 'field	value	count	archive	score' timeline nothing
printf '{"id":"7","date":"1999-02-01","text":"flood river"}\n' > old.jsonl
"$newsidx" add -q -a old -c c news.jsonl old.jsonl
same 'field	value	count	archive	score
timeline	1999	1		
timeline	2021	3		
timeline		1		' timeline -a old flood
same '4 articles.

      3  Ann Lee  of 3
      1  Cy Doe  of 1' "$newsq" --who flood
same 'field	value	count	archive	score
person	Ann Lee	3	3	0.438722
person	Cy Doe	1	1	0.146241' "$newsq" -f tsv --who flood
same '{"format":1,"query":"flood","total":4,"matched":"all","offset":0,"hits":[],"facets":{"source":{"distinct":2,"values":[{"value":"Courier","count":2},{"value":"Gazette","count":2}]}},"timeline":{"unit":"year","undated":1,"counts":[{"date":"2021","count":3}]}}' \
    "$newsq" -n 0 -f json --facets source --timeline year flood
same 'No article.' "$newsq" --facets people nothing
# An article has a value once, in however many spellings.
printf '{"id":"1","text":"flood","author":"Bo Ray; BO RAY","topics":["Oil","Gas","oil"]}\n' > spelled.jsonl
"$newsidx" add -q -a spelled -c c spelled.jsonl
same '1 article.

topic       Gas 1 · Oil 1
author      Bo Ray 1' "$newsq" -a spelled -n 0 --facets topic,author flood
same 'newsq: --timeline is year, month, day or auto, not '"'week'" "$newsq" --timeline week flood
same "newsq: --facets takes any of person, org, place, author, source, section, topic, lang, collection, not 'title'" \
    "$newsq" --facets title flood
same "newsq: --facets: 'people:x' does not end in a number" "$newsq" --facets people:x flood
exit $failed
