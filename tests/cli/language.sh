#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The query language, row by row, on the sample archive and three articles
# more: language.sh NEWSIDX NEWSQ SAMPLE MAN-PAGE
#
# The table has the query, how many articles have all of it ("+": some; what is
# a name is the recogniser's to say), and the tree, with tabs between.
set -uo pipefail
newsidx=$(readlink -f "$1") newsq=$(readlink -f "$2") sample=$(readlink -f "$3")
manual=$(readlink -f "$4")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
export NEWS_ARCHIVE=$work/archive TERM=dumb
failed=0 count=0

cat > language.jsonl <<'END'
{"id":"interests","title":"Pakistan and its neighbours","date":"2022-04-12","text":"They spoke of shared interests, and again of shared interests. The colour of the flag was discussed. Kirby of the Pentagon listened."}
{"id":"banks","title":"Two banks close","date":"2022-03-30","text":"The banks closed. Kirby and Psaki spoke at the State Department."}
{"id":"ferry","title":"A ferry sails","date":"2022-04-14","text":"Its colour, or color: plan a, plan b or plan c. Kirbey saw it."}
END
cat > table <<'END'
# All the words, in any of their forms; + and AND insist.
pentagon pakistan	6	(list pentagon pakistan)
+pentagon +pakistan	6	(list +pentagon +pakistan)
pentagon and pakistan	6	(list pentagon and pakistan)
# The exact words, in order.
"shared interests"	1	(phrase shared interests)
"interests shared"	0	(phrase interests shared)
# In any order within 8 words.
"pentagon pakistan"~8	3	(near 8 =pentagon =pakistan)
# Within 5 words, in either order; in this one.
pentagon w/5 pakistan	1	(near 5 pentagon pakistan)
pakistan w/5 pentagon	1	(near 5 pakistan pentagon)
pentagon near/5 pakistan	1	(near 5 pentagon pakistan)
pentagon pre/5 pakistan	1	(pre 5 pentagon pakistan)
pakistan pre/5 pentagon	0	(pre 5 pakistan pentagon)
# Of several from left to right; with quotations; within each other.
colour w/3 flag w/2 kirby	0	(near 2 (near 3 colour flag) kirby)
colour w/3 flag w/3 kirby	1	(near 3 (near 3 colour flag) kirby)
"shared interests" w/5 spoke	1	(near 5 (phrase shared interests) spoke)
"interests shared" w/5 spoke	0	(near 5 (phrase interests shared) spoke)
("shared flag" OR flag) w/5 kirby	1	(near 5 (or (phrase shared flag) flag) kirby)
(colour w/3 flag) w/5 (kirby w/3 pentagon)	1	(near 5 (near 3 colour flag) (near 3 kirby pentagon))
title:(its w/2 neighbours w/2 pakistan)	1	title:(near 2 title:(near 2 title:its title:neighbours) title:pakistan)
# Of sides that have a word in common.
(=its OR =c) w/4 (=saw OR =c)	1	(near 4 (or =its =c) (or =saw =c))
(=its OR =c) w/4 (=saw OR =c) w/2 kirbey	1	(near 2 (near 4 (or =its =c) (or =saw =c)) kirbey)
=plan w/2 =plan	1	(near 2 =plan =plan)
=plan w/1 =plan	0	(near 1 =plan =plan)
# In the same paragraph; in the same sentence.
kirby w/p psaki	1	(near p kirby psaki)
kirby w/s psaki	1	(near s kirby psaki)
# Operators in capitals.
a AND b	1	(and a b)
a OR b	62	(or a b)
a NOT b	61	(not a b)
a AND NOT b	61	(not a b)
+a -b	61	(list +a -b)
(a OR b) c	1	(list (or a b) c)
# Any letters, one letter; also inside phrases and windows.
secur*	3	secur*
colo?r	2	colo?r
colo*r	2	colo*r
"shared inter*"	1	(phrase shared inter*)
kirb*w/3 pent*	1	(near 3 kirb* pent*)
kirb* w/3 pent*	1	(near 3 kirb* pent*)
title:pak*	10	title:pak*
# Within 1 or 2 edits.
kirby~	6	kirby~1
kirby~2	6	kirby~2
kirbei~	1	kirbei~1
kirbei~2	6	kirbei~2
# This form only.
banks	10	banks
=banks	1	=banks
# Fields.
text:pakistan	13	pakistan
title:pakistan	10	title:pakistan
title:(pakistan OR ferry)	12	(or title:pakistan title:ferry)
person:"John Kirby"	+	person:(phrase John Kirby)
person:"kirby, john"	+	person:(phrase john kirby)
person:kirby	+	person:=kirby
org:pentagon	+	org:=pentagon
org:(pentagon OR "state department")	+	(or org:=pentagon org:(phrase state department))
place:sukkur	+	place:=sukkur
author:whitlock	4	author:=whitlock
source:"harbour courier"	14	source:(phrase harbour courier)
section:world	3	section:=world
topic:grain	1	topic:=grain
lang:fr	1	lang:fr
lang:fra	1	lang:fr
lang:French	1	lang:fr
collection:language	3	collection:language
id:sample/briefing.txt	1	id:sample/briefing.txt
id:30007	1	id:30007
# Their other names.
headline:pakistan	10	title:pakistan
people:kirby	+	person:=kirby
# Days, months, years and what lies between.
date:2022-04-12	1	date:2022-04-12..2022-04-12
date:2022-04	4	date:2022-04-01..2022-04-30
date:2022	12	date:2022-01-01..2022-12-31
date:2022-04-01..2022-04-30	4	date:2022-04-01..2022-04-30
date:..2021	54	date:..2021-12-31
date:2022-03..	11	date:2022-03-01..
date:>2022-04	5	date:2022-05-01..
date:>=2022-04	9	date:2022-04-01..
date:<2022-04	57	date:..2022-03-31
date:<=2022-04	61	date:..2022-04-30
date:unknown	1	date:unknown
# From today on, the 14th of April 2022.
date:today	1	date:2022-04-14..2022-04-14
date:yesterday	1	date:2022-04-13..2022-04-13
date:"last month"	2	date:2022-03-01..2022-03-31
date:7d	3	date:2022-04-08..2022-04-14
date:2w	3	date:2022-04-01..2022-04-14
# Dates that the text speaks of.
about:2022-04	+	about:2022-04-01..2022-04-30
# So often at least.
atleast3(pakistan)	7	(atleast 3 pakistan)
atleast2("shared interests")	1	(atleast 2 (phrase shared interests))
atleast2(colour OR color)	1	(atleast 2 (or colour color))
# Counts for more.
pakistan^3	13	pakistan^3
"shared interests"^2 colour	1	(list (phrase shared interests)^2 colour)
(pakistan OR ferry)^2	17	(or pakistan ferry)^2
# What looks alike is alike.
“shared interests”	1	(phrase shared interests)
«shared interests»	1	(phrase shared interests)
＂shared interests＂	1	(phrase shared interests)
title：pakistan	10	title:pakistan
（flood　OR　radar） pakistan	4	(list (or flood radar) pakistan)
sorli	1	sorli
SØRLI	1	SØRLI
END
"$newsidx" add -q "$sample" && "$newsidx" add -q -c language language.jsonl || exit 1

q() { "$newsq" --today 2022-04-14 "$@"; }
fail() {
    printf 'FAIL %s\n  expected %s\n  found    %s\n' "$@"
    failed=1
}

# The tree of --explain, on one line.
tree() {
    q --explain "$1" | sed '1d; /^words, with\|^all of it/,$d' | tr -s ' \n' ' '
}

while IFS=$'\t' read -r query expected understood; do
    [[ $query = '#'* ]] && continue
    count=$((count + 1))
    found=$(q --all --count "$query" 2>&1)
    [ "$expected" = + ] && [[ $found =~ ^[1-9][0-9]*$ ]] && found=+
    [ "$found" = "$expected" ] || fail "$query" "$expected" "$found"
    found=$(tree "$query")
    [ "$found" = "$understood " ] || fail "$query" "$understood" "$found"
done < table

# What the manual shows stands in the table.
while IFS= read -r query; do
    count=$((count + 1))
    cut -f 1 table | grep -qxF -- "$query" ||
        fail "$query" "a row of the table" "none"
done < <(sed -n '/^\.Sh QUERIES/,/^\.El/s/^\.It Li //p' "$manual" |
    sed 's/ , /\n/g; s/\\(dq/"/g; s/\\-/-/g')

# The options say the same without syntax.
while IFS=$'\t' read -r query option value; do
    count=$((count + 1))
    expected=$(q -f ids -n 100 "$query" | sort)
    found=$(q -f ids -n 100 "$option" "$value" | sort)
    if [ -z "$found" ] || [ "$found" != "$expected" ]; then
        fail "$option $value" "$expected" "$found"
    fi
done <<'END'
person:"John Kirby"	--person	John Kirby
org:pentagon	--org	Pentagon
place:sukkur	--place	sukkur
author:whitlock	--author	Whitlock
source:"harbour courier"	--source	Harbour Courier
section:world	--section	World
topic:grain	--topic	grain
lang:fr	--lang	fr
lang:fr	--lang	french
collection:language	--collection	language
date:2022-03..	--from	2022-03
date:..2021	--to	2021
date:2022-04-13	--on	2022-04-13
END

# says PATTERN ARGUMENT ...: what newsq prints, on either stream, has a line so.
says() {
    local pattern=$1 output
    shift
    count=$((count + 1))
    output=$(q "$@" 2>&1)
    grep -qE -- "$pattern" <<<"$output" || fail "$*" "/$pattern/" "$output"
}

# Some of the words fill the page, and say what they lack; or are all there is.
says '\(without pentagon\)' pentagon pakistan -n 20
says '^No article has all the words; 12 articles have some' pentagon zzzyx
says '"total":12,"matched":"some"' pentagon zzzyx -f json
says '^12$' --count pentagon zzzyx
says '^timeline	2022	5' pentagon zzzyx --timeline year -f tsv
says '^timeline	2022	5' pentagon --timeline year -f tsv

# A pattern for more words than are looked for says so.
seq -f '{"title":"zz%g"}' 1100 | "$newsidx" add -q -a wide - || exit 1
says "zz\*.*1000|1000.*zz\*" -a wide 'zz*'

echo "$count checks"
exit "$failed"
