#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The programs as their users run them: run.sh NEWSIDX NEWSQ SAMPLE
#
# expect STATUS PATTERN COMMAND: the command must end with that status, and
# what it prints (both streams) must match the extended regular expression.
set -uo pipefail
newsidx=$(readlink -f "$1") newsq=$(readlink -f "$2") sample=$(readlink -f "$3")
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
cd "$work"
export NEWS_ARCHIVE=$work/archive TERM=dumb
unset NO_COLOR COLUMNS
count=0 failed=0

expect() {
    local status=$1 pattern=$2 output actual
    shift 2
    output=$(eval "$*" 2>&1)
    actual=$?
    count=$((count + 1))
    if [ "$actual" -ne "$status" ] || ! grep -qE -- "$pattern" <<<"$output"; then
        failed=$((failed + 1))
        printf 'FAIL %s\n  status %s, expected %s; expected /%s/ in:\n%s\n' \
            "$*" "$actual" "$status" "$pattern" "$output"
    fi
}
idx() { "$newsidx" "$@"; }
q() { "$newsq" "$@"; }

# Help, versions and wrong command lines.
expect 0 '^  add ' idx help
expect 0 '^usage: newsidx add ' idx help add
expect 0 '^usage: newsidx add ' idx add --help
expect 0 '^newsidx [0-9.]+ \(libxapian' idx --version
expect 2 'no command is given' idx
expect 2 "no command 'frob'" idx frob
expect 2 'usage: newsidx add' idx add
expect 2 "option '--frob' is not known" idx add --frob x
expect 2 "option '-a' wants an argument" idx info -a
expect 2 "no format 'frob'" idx add --format frob x
expect 2 '--map wants FIELD=NAME' idx add --map frob x
expect 2 "not 'frob=x'; fields are: id title .* collection\$" idx add --map frob=x x
expect 0 '  title  *Frob' "echo '{\"frob\":\"Frob\"}' | '$newsidx' probe --map headline=frob -"
expect 2 '--memory wants a size' idx add --memory big x
expect 2 '--jobs wants a number' idx add --jobs -3 x
expect 2 '--collection wants a name' idx add -c "''" x
expect 0 '^usage: newsq' q --help
expect 0 '^newsq [0-9.]+ \(libxapian' q --version
expect 0 '^person ' q --fields
expect 0 '^person ' idx fields
expect 0 '^reuters ' idx formats
expect 2 'what to look for is missing' q

# Archives that are none.
expect 3 "there is no archive at '.*'; 'newsidx add' makes one" q pakistan
expect 3 'there is no archive' idx info
touch file
expect 3 'is a file, not an archive' q -a file x
expect 3 'is a file, not an archive' idx add -a file "$sample"
mkdir -p other && touch other/x
expect 3 'is a directory, but not an archive' idx add -a other "$sample"

# Adding.
expect 0 '64 articles' idx add -q -a archive "$sample" '&&' idx info
expect 0 '5 unchanged and not read again: 0 articles' idx add "$sample"
expect 0 '64 of them in place of older copies' idx add --force "$sample"
expect 0 '^articles: +64$' idx info
expect 0 '"articles":64' idx info --json
expect 0 '64 articles are sound' idx check
expect 3 'cannot open .*nowhere' idx add nowhere
cp -r "$NEWS_ARCHIVE" cut.archive
truncate -s 8K cut.archive/segments/*/postlist.glass
expect 3 "^newsq: .*segment '.*' is damaged: " q -a cut.archive pakistan
expect 3 "^newsidx: segment '.*' is damaged: " idx check -a cut.archive
rm -r cut.archive
printf '\177ELF\0\1' > binary
expect 3 "binary: no known format .* it begins '.ELF" idx add binary
printf 'Rain fell.\n' > plain.txt
expect 0 "plain.txt: nothing of format 'nexis' in it; looked for: " \
    idx probe --format nexis plain.txt
for format in feed factiva-text nexis-uni; do
    expect 3 "plain.txt: nothing of format '$format' in it; looked for: " \
        idx add --format $format plain.txt
done
rm plain.txt
# The damage of several members is that of one input.
for i in 1 2; do printf '%%PDF-1.4\n%s' $i > page$i.pdf; done
printf '{"title":"a"}\n' > good.jsonl
tar -cf pages.tar page1.pdf page2.pdf good.jsonl
expect 3 "^pages.tar \(.*\): 1 article, .*; page1.pdf: no known format .*; and 1 complaint more$" idx add -n pages.tar
expect 3 "^newsidx: 1 input could not be read whole$" idx add -n pages.tar
expect 3 "^newsidx: 3 inputs could not be read whole$" idx add -n page1.pdf nowhere pages.tar
rm page?.pdf pages.tar good.jsonl
printf '{"id":"1","title":"a"}\nbad\n{"id":"2","title":"b"}\n{"id":"1","title":"c"}\n' > some.jsonl
expect 1 '2 articles|3 articles, 1 rejected, 1 replaced by a later one' idx add -a small -c x --rejects bad.jsonl some.jsonl
expect 0 '"offset":23.*"record":"bad"' cat bad.jsonl
expect 0 '"title":"c"' idx export -a small x/1
expect 1 'not valid JSON' idx add --strict --force -a small -c x some.jsonl
printf '{"id":"%s","title":"a"}\n' 1 2 3 | gzip > cut.jsonl.gz
truncate -s -6 cut.jsonl.gz
expect 3 'the compressed data is cut off at byte' idx add -a cut cut.jsonl.gz
expect 0 '^articles: +3$' idx info -a cut
expect 0 '1 article' "echo '{\"title\":\"from a pipe\"}' | '$newsidx' add -a cut -"
expect 0 'from a pipe' q -a cut pipe

# Asking.
expect 0 'Pentagon' q pentagon pakistan
expect 0 '^12$' q --count pakistan
expect 1 'No article' q zzzyx
expect 1 '^0$' q --count zzzyx
expect 0 '"format":1' q --format json pakistan
expect 0 '^sample/' q --format ids pakistan
expect 0 'without pakistan' q pentagon pakistan -n 20
expect 1 'No article' q --all pentagon zzzyx
expect 2 'this bracket is not closed' q '"(a b"'
expect 2 '^     \^' q '"a AND"'
expect 2 "no field 'frob'" q frob:x
expect 2 '--sort is' q --sort size x
expect 2 '--format is' q --format xml x
expect 2 "^newsq: --from is a date such as .*, not '2022-13'$" q --from 2022-13 x
expect 2 "^newsq: --to is a date such as .*, not '>2022'$" q --to "'>2022'" x
expect 2 '^newsq: --from 2022-05 is after --to 2022-04$' q --from 2022-05 --to 2022-04 x
expect 0 'understood as' q --explain pentagon pakistan
expect 0 'press secretary' q --show sample/briefing.txt
expect 0 '30007' q --show 30007 --format ids
expect 1 "no article has the id" q --show nowhere
expect 0 $'\033\\[1' q --color always pakistan
expect 0 '^1$' "'$newsq' pakistan --color never | grep -c '^ 1\\.'"
expect 4 'cannot write' "'$newsq' pakistan > /dev/full"
expect 4 'cannot write' "'$newsidx' export > /dev/full"
expect 0 '.' "'$newsq' pakistan | head -1; exit \${PIPESTATUS[1]}"

# Exporting and adding again gives equal articles.
expect 0 '64 articles written' idx export -o export.jsonl.gz
expect 0 '64 articles' idx add -a again export.jsonl.gz
expect 0 '^$' "diff <('$newsidx' export | sort) <('$newsidx' export -a again | sort)"
expect 0 '^7 articles|articles written' idx export -o some.jsonl "'pakistan NOT pentagon'"

expect 0 '^1 article' idx export -o some.jsonl "'pentagon w/5 pakistan'"

# Removing and merging.
expect 0 '12 would be removed' idx remove -n pakistan
expect 0 '^1 removed' idx remove sample/30007
expect 0 '^articles: +63$' idx info
expect 1 "^newsidx: no article has the id 'sample/30007'$" idx remove sample/30007
expect 1 '^1 would be removed$' idx remove -n sample/30007 sample/briefing.txt
expect 1 "no article has the id 'sample/30007'" idx export sample/briefing.txt sample/30007
expect 2 "'briefing.txt' is an id, too; write COLLECTION/briefing.txt, or text:briefing.txt" idx remove -n briefing.txt
printf '{"id":"urn:x:1","title":"Of a URN"}\n{"id":"https://x.example/a?b=c","title":"Of a URL"}\n' > urns.jsonl
expect 0 '2 articles' idx add -a urns -c c urns.jsonl
expect 0 'Of a URN' idx export -a urns c/urn:x:1
expect 0 '^2 removed' idx remove -a urns c/urn:x:1 "'c/https://x.example/a?b=c'"
expect 0 'are now 1 of' idx merge
expect 0 '63 articles are sound' idx check
expect 0 'number of documents = 63' xapian-delve archive

# One writer at a time.
mkfifo pipe
"$newsidx" add -q -c piped - < pipe > /dev/null 2>&1 &
exec 9> pipe
until grep -q "^$!\$" archive/lock; do :; done
expect 3 'is being written by process [0-9]+; --wait' idx add --force "$sample"
echo '{"id":"1","title":"late"}' >&9
exec 9>&-
wait
expect 0 '^articles: +64$' idx info

# Archives of members, and what they are read as.
mkdir drawer && cat > drawer/a.md <<'END'
---
title: Ferry sails
date: 2017-08-09
---
The ferry sails again.
END
printf 'From: jo@example.org\nSubject: Bridge\nDate: 5 Apr 93 22:15:01 GMT\n\nIs it open?\n' > drawer/b.eml
for kind in tar.bz2 tar.xz tar.zst tar.Z zip 7z; do
    bsdtar -a -cf "drawer.$kind" drawer
    expect 0 ': 2 articles' idx add -a "drawer.$kind.archive" "drawer.$kind"
    expect 0 '^1 input, 1 unchanged|1 unchanged' idx add -a "drawer.$kind.archive" "drawer.$kind"
done
mkdir -p Fähre
printf 'Die Fähre fährt\n\nSie fährt wieder, sagte die Reederei am Montag.\n' > Fähre/März.txt
printf 'Der Kai ist frei\n\nEr ist wieder frei, sagte der Hafenrat am Montag.\n' > Fähre/Mai.txt
for kind in zip 7z; do
    LC_ALL=C.UTF-8 bsdtar -a -cf "names.$kind" Fähre
    expect 0 "^x/names.$kind/Fähre/März.txt\$" "'$newsidx' add -q -a names.$kind.archive -c x names.$kind &&
        '$newsq' -a names.$kind.archive --format ids fährt"
done
bsdtar -cf inner.tar drawer.zip drawer.tar.xz
expect 0 ': 4 articles' idx add -a nested.archive inner.tar
bsdtar -cf outer.tar inner.tar
expect 3 'archives are over 2 deep' idx add -a outer.archive outer.tar
bsdtar -s '|^drawer|../../etc|' -P -cf climbing.tar drawer
expect 0 ': 2 articles' idx add -a climbing.archive climbing.tar
expect 0 'climbing.tar/etc/a.md' idx export -a climbing.archive
head -c 300 drawer.zip > cut.zip
expect 3 'cut.zip' idx add -a cut.archive cut.zip
expect 0 'title +Ferry sails' idx probe drawer.zip
expect 0 'a.md: markdown' idx probe drawer.zip
expect 3 'cannot open' idx probe missing

# An issue of a newspaper with its pages.
mkdir -p issue/alto && cat > issue/1891-mets.xml <<'END'
<mets xmlns="http://www.loc.gov/METS/" xmlns:mods="http://www.loc.gov/mods/v3" xmlns:xlink="http://www.w3.org/1999/xlink">
<dmdSec ID="MODSMD_ISSUE"><mdWrap><xmlData><mods:mods><mods:titleInfo><mods:title>The Westvale Courier</mods:title></mods:titleInfo><mods:originInfo><mods:dateIssued encoding="w3cdtf">1891-03-04</mods:dateIssued></mods:originInfo><mods:language><mods:languageTerm>eng</mods:languageTerm></mods:language></mods:mods></xmlData></mdWrap></dmdSec>
<dmdSec ID="MODSMD_ARTICLE1"><mdWrap><xmlData><mods:mods><mods:titleInfo><mods:title>A ferry lost</mods:title></mods:titleInfo><mods:name><mods:namePart>Nell Orr</mods:namePart></mods:name></mods:mods></xmlData></mdWrap></dmdSec>
<fileSec><fileGrp><file ID="ALTO0001"><FLocat LOCTYPE="URL" xlink:href="file://./alto/0001.xml"/></file></fileGrp></fileSec>
<structMap TYPE="LOGICAL"><div TYPE="Newspaper"><div TYPE="ISSUE"><div TYPE="SECTION" LABEL="Shipping"><div ID="DIV1" TYPE="ARTICLE" DMDID="MODSMD_ARTICLE1"><div TYPE="HEADING"><fptr><area FILEID="ALTO0001" BETYPE="IDREF" BEGIN="B1"/></fptr></div><div TYPE="BODY"><fptr><area FILEID="ALTO0001" BEGIN="B2"/></fptr></div></div></div>
<div ID="DIV2" TYPE="ARTICLE"><div TYPE="HEADING"><fptr><area FILEID="ALTO0001" BEGIN="B3"/></fptr></div></div><div ID="DIV3" TYPE="ADVERTISEMENT"/></div></div></structMap>
<structMap TYPE="PHYSICAL"><div ID="PH3"><fptr><area FILEID="ALTO0001" BEGIN="B4"/></fptr></div></structMap>
<structLink><smLink xlink:from="DIV3" xlink:to="PH3"/></structLink></mets>
END
cat > issue/alto/0001.xml <<'END'
<alto><Layout><Page><PrintSpace><TextBlock ID="B1"><TextLine><String CONTENT="A"/><SP/><String CONTENT="FERRY"/></TextLine></TextBlock><TextBlock ID="B2"><TextLine><String CONTENT="The"/><String CONTENT="har" SUBS_TYPE="HypPart1" SUBS_CONTENT="harbour"/><HYP CONTENT="-"/></TextLine><TextLine><String CONTENT="bour" SUBS_TYPE="HypPart2" SUBS_CONTENT="harbour"/><String CONTENT="mourns."/></TextLine></TextBlock><TextBlock ID="B3"><TextLine><String CONTENT="SECOND"/></TextLine></TextBlock><TextBlock ID="B4"><TextLine><String CONTENT="Soap."/></TextLine></TextBlock></PrintSpace></Page></Layout></alto>
END
expect 0 '^2 inputs: 3 articles, 1 passed over' idx add -a issue.archive issue
expect 0 '"title":"A ferry lost","authors":\["Nell Orr"\],"date":"1891-03-04"' idx export -a issue.archive
expect 0 'The harbour mourns\.' idx export -a issue.archive
expect 0 '"section":"Shipping"' idx export -a issue.archive
expect 0 'Soap\.' idx export -a issue.archive
rm issue/alto/0001.xml
expect 0 'none of the 1 pages' idx probe issue/1891-mets.xml

# A record that the reader cannot cut ends a strict run too.
printf '<DOC><DOCNO>A1</DOCNO><TEXT>one</TEXT></DOC>\n<DOC><DOCNO>A2</DOCNO><TEXT>cut' > cut.trec
expect 1 'A2|not closed|cut|without' idx add -a loose.archive cut.trec
expect 0 '^articles: +1$' idx info -a loose.archive
expect 1 ':[0-9]+: ' idx add --strict -a strict.archive cut.trec
expect 0 '^articles: +0$' idx info -a strict.archive

# A dry run writes nothing.
expect 0 ': 2 articles' idx add -n -a dry.archive drawer
expect 3 'there is no archive' idx info -a dry.archive

# Versions, withdrawals and embargoes.
item() { printf '{"uri":"urn:1","version":"%s","pubstatus":"%s","headline":"%s","body_text":"Text %s.","versioncreated":"2020-01-02T03:04:05Z"%s}\n' "$@"; }
{ item 2 usable Second two; item 1 usable First one; } > versions.jsonl
expect 0 ': 2 articles, 1 replaced' idx add -a state.archive versions.jsonl
expect 0 '"title":"Second"' idx export -a state.archive
item 1 usable Older one > older.jsonl
expect 0 '1 article' idx add -a state.archive older.jsonl
expect 0 '"title":"Second"' idx export -a state.archive
expect 0 '^articles: +1$' idx info -a state.archive
item 3 canceled Gone three > gone.jsonl
expect 0 '1 withdrawn' idx add -a state.archive gone.jsonl
expect 0 '^articles: +0$' idx info -a state.archive
item 4 usable Later four ',"embargoed":"2999-01-01T00:00:00Z"' > later.jsonl
expect 0 '1 held back' idx add --embargo -a state.archive later.jsonl
expect 0 '1 article' idx add -a state.archive later.jsonl
expect 0 '"title":"Later"' idx export -a state.archive

# A date far ahead of today is not believed; a cover's date weeks ahead is.
dated() { printf '{"id":"%s","title":"Dated","date":"%s"}\n' "$@"; }
{ dated slip 2999-02-06 cover "$(date -d '+6 weeks' +%F)"; dated bare ''; } > ahead.jsonl
expect 0 ': 3 articles, 1 without a date, 1 dated in the future' idx add -c x -a ahead.archive ahead.jsonl
expect 0 '2 articles without a date' idx info -a ahead.archive
expect 0 '^x/bare$' "'$newsq' -a ahead.archive date:unknown --format ids | sort"
expect 0 '^x/slip$' q -a ahead.archive date:unknown --format ids
expect 0 '  date +2999-02-06 \(in the future: not believed\)' idx probe ahead.jsonl

echo "$count checks, $failed failed"
[ "$failed" -eq 0 ]
