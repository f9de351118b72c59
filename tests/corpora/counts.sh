#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Real corpora at full size, where they are: counts.sh NEWSIDX NEWSQ
#
# NEWS_CORPORA names their folder, else ../shared/corpora beside this tree.
set -uo pipefail
newsidx=$(readlink -f "$1") newsq=$(readlink -f "$2")
root=$(cd "$(dirname "$0")/../.." && pwd)
corpora=${NEWS_CORPORA:-$root/../shared/corpora}
[ -d "$corpora" ] || exit 77
corpora=$(cd "$corpora" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 99
failed=0

equal() { # WHAT ACTUAL EXPECTED
    echo "$1: $2"
    [ "$2" = "$3" ] || {
        echo "  expected $3"
        failed=1
    }
}
articles() { "$newsidx" info -a "$1" | sed -n 's/^articles: *//p'; }
undated() { "$newsidx" info -a "$1" | sed -n 's/.*(\([0-9]*\) articles\? without a date).*/\1/p'; }

# Names that are found in the text would be counted with those that are tagged.
"$newsidx" add -q --no-names -a reuters "$corpora/reuters"
equal "Reuters-21578" "$(articles reuters)" 21578
equal "  without a date" "$(undated reuters)" 0
tagged=$(zcat "$corpora"/reuters/*.gz | grep -ac '<PEOPLE>.*<D>james-baker</D>')
equal "  person:\"james baker\"" \
    "$("$newsq" -a reuters --count 'person:"james baker"')" "$tagged"
missing=$(comm -13 \
    <("$newsq" -a reuters -n 1000 --format ids person:baker | sed 's|.*/||' | sort) \
    <(zcat "$corpora"/reuters/*.gz | awk '/<REUTERS/ { sub(/.*NEWID="/, ""); sub(/".*/, ""); id = $0 }
        /<PEOPLE>.*<D>james-baker<\/D>/ { print id }' | sort) | wc -l)
equal "  tagged james-baker but not found by person:baker" "$missing" 0
equal "  added again" "$("$newsidx" add --no-names -a reuters "$corpora/reuters" |
    grep -c '22 unchanged and not read again')" 1
"$newsidx" check -a reuters || failed=1

"$newsidx" add -q -a ngrnews "$corpora/ngrnews"
equal "ngrnews" "$(articles ngrnews)" 56984
equal "  without a date, or with one far in the future" "$(undated ngrnews)" 1
"$newsidx" check -a ngrnews || failed=1

mkdir bbc && tar -xzf "$corpora/bbc2225.tar.gz" -C bbc
"$newsidx" add -q -a bbc.archive bbc/bbc2225
equal "bbc2225" "$(articles bbc.archive)" 2225
equal "  with pound signs repaired" \
    "$("$newsidx" export -a bbc.archive | grep -c '£')" \
    "$(cd bbc/bbc2225 && LC_ALL=C grep -rlP '\xa3' --include='*.txt' . | wc -l)"

mkdir wikinews && tar -xzf "$corpora/wikinews.tar.gz" -C wikinews
"$newsidx" add -q -a wikinews.archive wikinews/wikinews/data
equal "wikinews" "$(articles wikinews.archive)" 295

packed() { # WHAT FILE EXPECTED
    "$newsidx" add -q -a "$1.archive" "$corpora/$2"
    equal "$1, as it is packed" "$(articles "$1.archive")" "$3"
}
packed bbc-tar bbc2225.tar.gz 2225
packed wikinews-tar wikinews.tar.gz 295
packed usenet usenet20.tar.gz 19997
equal "  without a date" "$(undated usenet.archive)" 0
packed digitalgov digitalgov.tar.gz 2422 # one has neither title nor text
packed stocknews stocknews.tar.gz 26170
packed newsgerman newsgerman.tar.gz 1029 # with its README
tar -xzf "$corpora/rss-reuters-bloomberg.tar.gz"
"$newsidx" add -q -a feed.archive "$(find . -name union.rss.xml.gz)"
equal "union of feeds" "$(articles feed.archive)" 12822

"$newsidx" add -q -a seed.archive "$corpora/seed"
equal "seed" "$(articles seed.archive)" 1
"$newsq" -a seed.archive "Pentagon Pakistan"
exit $failed
