#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What nobody should ask, and hostile questions: refused with a column and what
# was expected, or answered; soon, and without harm.
# bad_input.sh NEWSIDX NEWSQ SAMPLE
set -uo pipefail
newsidx=$(readlink -f "$1") newsq=$(readlink -f "$2") sample=$(readlink -f "$3")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
export NEWS_ARCHIVE=$work/archive TERM=dumb LC_ALL=C
"$newsidx" add -q "$sample" || exit 1
failed=0 count=0

# many COUNT TEXT: it so often.
many() {
    local text
    printf -v text '%*s' "$1" ''
    printf '%b' "${text// /$2}"
}

# ask STATUS PATTERN ARGUMENT ...: how newsq ends, and a line that it prints.
ask() {
    local status=$1 pattern=$2 output actual
    shift 2
    output=$(timeout 20 "$newsq" --today 2022-04-14 "$@" 2>&1)
    actual=$?
    count=$((count + 1))
    if [ "$actual" -ne "$status" ] || ! grep -qaE -- "$pattern" <<<"$output"; then
        failed=1
        printf 'FAIL %.200s\n  status %s, expected %s; expected /%s/ in:\n%.800s\n' \
            "$*" "$actual" "$status" "$pattern" "$output"
    fi
}

# refuse COLUMN MESSAGE QUERY: the caret stands there (with 50 characters shown
# before it at most), and the message is a whole line.
refuse() {
    local blanks=$(($1 > 51 ? 50 : $1 - 1))
    ask 2 "^ {$blanks}\^\$" -- "$3"
    ask 2 "^newsq: $2" -- "$3"
}

# What is missing, left open or out of place.
while IFS=$'\t' read -r column message query; do
    refuse "$column" "$message" "$(printf '%b' "$query")"
done <<'END'
1	this quotation is not closed	"
3	this quotation is not closed	a "b
2	a word is missing here	()
3	a word is missing here	(())
2	a word is missing here	(
1	a word is missing here	)
1	this bracket is not closed	(a
2	this bracket was never opened	a)
6	a word is missing here	a AND
1	a word is missing here	OR b
7	a word is missing here	a AND OR b
1	NOT needs something to subtract from	NOT a
1	- needs something to subtract from	-a -b
1	a word is missing here	w/5 a
6	a word is missing here	a w/5
7	what to look for in 'title' is missing	river title:
8	a word is missing here	title:()
1	no field 'frob'; fields are text, title, .*in quotes it is just words	frob:x
1	a wildcard needs at least two letters	*
1	a wildcard needs at least two letters	a*
1	a wildcard needs at least two letters	?a?
6	this field takes no wildcards	lang:e*
2	= belongs in front of a word	=(a)
3	w/N wants N from 1 to 999	a w/0 b
3	w/N wants N from 1 to 999	a w/1000 b
3	w/N wants N from 1 to 999	a w/99999999999999999999 b
3	w/N wants both sides in one field	a w/5 title:b
10	only words and quotations can be within a window	a w/5 (b AND c)
11	only words and quotations can be within a window	a w/5 ((b w/5 c) OR d)
17	w/s, and quotations and windows within a window, are for words of the text	author:(a w/5 b w/5 c)
7	a quotation within a window is too long	a w/5 "a b c d e f g h i j k l m n o p q"
1	atleastN wants N from 1 to 999	atleast0(a)
1	atleastN wants N from 1 to 999	atleast99999999999999999999(a)
10	a word is missing here	atleast3()
6	word~N wants N of 1 or 2	kirby~0
6	word~N wants N of 1 or 2	kirby~3
6	word~N wants N of 1 or 2	kirby~99999999999999999999
6	"..."~N wants N from 1 to 999	"a b"~
2	\^N wants N over 0, up to 1000	a^0
2	\^N wants N over 0, up to 1000	a^1001
6	'2022-13' is no date; write 2022-04-12,	date:2022-13
6	'2022..2021' ends before it begins	date:2022..2021
6	'9999999d' is no date	date:9999999d
1	the question is not UTF-8: byte 1 is 0xff	\xff
5	the question is not UTF-8: byte 6 is 0xc3	\xc3\xa9tat\xc3(
3	the question is not UTF-8: byte 3 is 0xed	ab\xed\xa0\x80
2	control character 0x1b in the question	a\x1b[31m
END

ask 2 '^ {9}\^$' --explain 'a w/5 (b AND c)'
ask 2 '^ {9}\^$' --export ris 'a w/5 (b AND c)'

# Nothing at all to look for.
for query in '...' '?' '=' '+' '""' 'title:""' "$(many 500 '\xcc\x81')"; do
    ask 2 '^newsq: there is no word in ' -- "$query"
done

# Every limit by its name.
refuse 51 'over 50 brackets within brackets' "$(many 100 '(')"
refuse 257 'over 16 times w/s, atleastN\(\) and' "$(many 17 'atleast2(said) ')"
refuse 105 'over 16 times w/s, atleastN\(\) and' "$(many 18 'a w/1 ')(a w/1 b)"
refuse 263 'too many words are within a window' "($(many 64 'a OR ')b) w/5 \"b c\""
ask 2 'the question has over 1000 words' "$(seq -s ' ' 10000)"
ask 2 'the question has over 1000 words' "$(many 1001 'date:2022 ')"
ask 2 '--limit is at most 2000; --export prints all' -n 2001 pakistan
ask 2 'the question has 70000 bytes; the limit is 65536' "$(many 70000 x)"
ask 2 'source: the question has over 1000 words' --source "$(many 2000 'a ')"

# Other arguments than the query.
ask 2 "'person' is not UTF-8" --person $'\xff'
ask 2 "'id' is not UTF-8" --show $'\xff'
ask 2 '--terms wants a letter' --terms $'\xff'
ask 2 "'x' is no date" --today x
ask 2 '--from is a date such as' --from 2022-13
ask 2 "option '-\(' is not known" --count '-(a b) c'
many 1000 'flood\0\xff ' > bytes
ask 0 '^sample/' --like-file bytes -f ids

# Long and odd, but questions.
ask 1 '^0$' --count "$(many 5000 a)"
ask 1 '^0$' --count "$(many 5000 a)~2"
ask 1 '^0$' --count "e$(many 3000 '\xcc\x81')"
ask 1 '^0$' --count "ab$(many 2000 '*?')c"
ask 1 '^0$' --count "a*a*a*a*a*a*a*a*a*a*a*a*a*a*b"
ask 1 '^0$' --count "\"$(many 990 'a ')\""
ask 1 '^0$' --count "\"$(many 990 'a ')\"~900"
ask 1 '^0$' --count "id:$(many 5000 a)"
ask 1 '^0$' --count '%s%n%d'
ask 0 '^[1-9]' --count "$(many 900 'in* ')"
ask 0 '^[1-9]' --count "a$(many 999 ' AND the')"
ask 0 '^[1-9]' --count "a$(many 999 ' OR the')"
ask 0 '^[1-9]' --count "a$(many 999 ' NOT zzz')"
ask 0 '^[1-9]' --count "$(many 49 '(')a$(many 49 ')')"
ask 0 '^[1-9]' --count "$(many 16 'atleast2(said) ')"
ask 0 'understood as' --explain "a$(many 999 ' AND the')"
ask 0 '^ 1\.' "$(many 999 'pakistan ')"

echo "$count checks"
exit "$failed"
