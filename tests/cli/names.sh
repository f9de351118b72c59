#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Names in an archive, and the user's say in them: names.sh NEWSIDX NEWSQ SAMPLE
set -uo pipefail
newsidx=$(readlink -f "$1") newsq=$(readlink -f "$2") sample=$(readlink -f "$3")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export NEWS_ARCHIVE=$work/archive
unset COLUMNS
"$newsidx" add -q "$sample"
failed=0

# expect STATUS PATTERN COMMAND...: exit status and a line of the output
expect() {
    local status=$1 pattern=$2 out rc
    shift 2
    out=$("$@" 2>&1)
    rc=$?
    if [ "$rc" != "$status" ] || ! grep -qE -- "$pattern" <<<"$out"; then
        echo "FAIL: $* gave $rc, not $status with /$pattern/:"
        head -5 <<<"$out"
        failed=1
    fi
}
without() { # PATTERN COMMAND...
    local pattern=$1 out
    shift
    out=$("$@" 2>&1)
    grep -qE -- "$pattern" <<<"$out" && {
        echo "FAIL: $* has /$pattern/"
        failed=1
    }
}

# Listing.
expect 0 '^ +[0-9]+ +[0-9]+  person  John Kirby  \(.*Kirby [0-9]+' "$newsidx" names
expect 0 '^\.\.\. and [0-9]+ more; --all' "$newsidx" names
without '^\.\.\. and' "$newsidx" names --all
expect 0 'org +Pentagon' "$newsidx" names --orgs -n 2
without ' (person|place) ' "$newsidx" names --orgs
expect 0 '^person	[0-9]+	[0-9]+	John Kirby	john kirby	.*Kirby [0-9]+' "$newsidx" names --format tsv --people
expect 0 '"name":"John Kirby","key":"john kirby","articles":[0-9]+' "$newsidx" names --format json kirb
without 'Psaki' "$newsidx" names kirby
without 'irby' "$newsidx" names irby
expect 1 'no name matches' "$newsidx" names zebedee
expect 0 'person' "$newsidx" names --sort name --people -n 1
expect 2 'sort is count or name' "$newsidx" names --sort size
expect 2 'format is text, tsv or json' "$newsidx" names --format xml
expect 3 'no archive' "$newsidx" names -a "$work/none"
"$newsidx" names --format json --all >names.json
if command -v python3 >/dev/null; then
    expect 0 '^list$' python3 -c "import json; print(type(json.load(open('names.json'))).__name__)"
fi

# Merging: at once, and for what comes later.
before=$("$newsidx" info | sed -n 's/^articles: *//p')
found=$("$newsq" --count 'person:"John Kirby"')
expect 0 '^[1-9][0-9]* articles changed' "$newsidx" names --people --merge 'Jonathan Kirby' 'John Kirby'
expect 0 "^$found$" "$newsq" --count 'person:"Jonathan Kirby"'
expect 0 "^$found$" "$newsq" --count 'person:"John Kirby"'
expect 0 '^0 articles changed' "$newsidx" names --people --merge 'Jonathan Kirby' 'John Kirby'
expect 0 '^1$' wc -l <archive/names/aliases.tsv
expect 0 "^articles: *$before$" "$newsidx" info
expect 0 'are sound' "$newsidx" check
expect 0 '0 inputs, .* not read again' "$newsidx" add "$sample"
printf 'The shoe\n\nPublished April 13, 2022\n\nSpokesman John Kirby, of the Guild of Cobblers, said shoes were to be mended by Kirby.\n' >more.txt
expect 0 '1 article' "$newsidx" add -c more more.txt
expect 0 'Jonathan Kirby' "$newsq" collection:more

# A word that the article has in small letters, too, is no name where it begins
# a sentence; a person is one though there is a wood.
cat >common.jsonl <<'END'
{"id":"1","title":"Diesel","text":"Diesel prices rose in Westvale. Diesel was sold at two pounds. Without diesel no mill runs, and diesel is scarce, Ada Finch said of diesel."}
{"id":"2","title":"A wood is felled","text":"Nell Wood has felled a wood in Westvale. Wood said the wood was hers, and wood was dear. Wood sold the wood."}
END
expect 0 '2 articles' "$newsidx" add -a common common.jsonl
expect 1 'no name matches' "$newsidx" names -a common diesel
expect 0 'person  Nell Wood  \(Wood 2\)' "$newsidx" names -a common wood

# Wrong names.
expect 0 'Telex' "$newsidx" names --orgs telex
expect 0 'articles? changed' "$newsidx" names --orgs --stop Telex
expect 1 'no name matches' "$newsidx" names --orgs telex
printf '# wrong\nGuild of Cobblers\torg\n' >stops
expect 0 '^1 article changed' "$newsidx" names --stop-names stops
without 'Guild' "$newsidx" names --all

# Lists edited by hand, and lists that are wrong.
printf 'Pentagon\tDefence Headquarters\torg\n' >>archive/names/aliases.tsv
expect 0 'articles changed' "$newsidx" names --apply
expect 0 'Defence Headquarters' "$newsidx" names --orgs
printf 'Bob\n' >bad
cp archive/names/aliases.tsv kept
expect 3 "'bad', line 1 wants a spelling and a name" "$newsidx" names --aliases bad
expect 0 '' cmp kept archive/names/aliases.tsv
expect 2 'no name is given' "$newsidx" names --stop
expect 2 'neither --merge nor --stop' "$newsidx" names --apply Kirby
expect 2 'cannot be together' "$newsidx" names --stop --merge A B
expect 2 'is no name' "$newsidx" names --stop $'A\tB'
expect 3 'no archive' "$newsidx" names -a "$work/none" --stop Telex
[ -e "$work/none" ] && { echo "FAIL: --stop made an archive"; failed=1; }

# Adding without a model, and with one that is damaged: nothing is written.
head -c 100000 "$(dirname "$newsidx")/english.names" >short.names
printf 'no model' >other.names
cp "$(dirname "$newsidx")/english.names" older.names
chmod u+w older.names
printf '\0' | dd of=older.names bs=1 seek=8 conv=notrunc status=none
for model in short.names other.names older.names none.names; do
    expect 3 "$model" "$newsidx" add -a "$work/damaged" --names $model more.txt
    [ -e "$work/damaged" ] && { echo "FAIL: $model, and something is written"; failed=1; }
done
expect 0 '1 article' "$newsidx" add -a plain --no-names -c more more.txt
expect 1 'no name matches' "$newsidx" names -a plain

# Small letters, scores and words without end hold no names; a name of 10 kB and
# a million capitals are read.
mkdir hard
for _ in {1..200}; do
    echo 'the market was quiet and john kirby went home to london on monday,'
done >hard/small.txt
for _ in {1..500}; do echo '3-2 4-1 (5) 6-4 7-6 (3) 12 1 0 2'; done >hard/scores.txt
head -c 1000000 /dev/zero | tr '\0' a >hard/word.txt
expect 0 '3 articles' "$newsidx" add -a hard.archive -c hard hard
expect 1 'no name matches' "$newsidx" names -a hard.archive
head -c 1000000 /dev/zero | tr '\0' A >hard/capitals.txt
for _ in {1..250000}; do printf 'AB D '; done >hard/words.txt
{
    printf 'Then Mr John '
    for _ in {1..2500}; do printf 'Abel'; done
    echo ' Kirby spoke.'
} >hard/long.txt
expect 0 '3 articles' "$newsidx" add -a hard.archive -c hard hard
expect 0 '' "$newsidx" check -a hard.archive
exit "$failed"
