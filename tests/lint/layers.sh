#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The arrows of README, "How it is built": each folder includes only what it
# may.  layers.sh ROOT
set -uo pipefail
cd "$1"
failed=0

complain() {
    echo "$*"
    failed=1
}

# FOLDER may include only from ALLOWED... (and itself).
may() {
    local folder=$1 file include
    shift
    while IFS=: read -r file include; do
        local ok=
        for allowed in "$@" "${folder#lib/}"; do
            [[ $include == "$allowed"/* ]] && ok=1
        done
        [ -n "$ok" ] || complain "$file includes $include"
    done < <(grep -rEo '^#include "[^"]+"' "$folder" --include='*.[ch]' \
        --include='*.cc' --include='*.hh' | sed 's/:#include "/:/; s/"$//')
}
may lib/base
may lib/text base
may lib/glass base
may lib/xapian-c base glass
may lib/newsdb base text xapian-c
may corpus base text
may search base text newsdb xapian-c

# What stands behind one door.
door() {
    local header=$1 files
    shift
    files=$(grep -rlE "#include <$header" lib corpus indexer search | sort | tr '\n' ' ')
    [ "$files" = "$* " ] || complain "<$header is included by: $files(not $*)"
}
door utf8proc.h lib/text/unicode.c
door libstemmer.h lib/text/stem.c
door cld2 lib/text/language.cc
door yajl corpus/json_read.c
door yaml.h corpus/yaml_read.c
door libxml corpus/xml_tree.c
door archive corpus/unpack.c
door gmime corpus/mail_read.c
door brotli corpus/unbrotli.c
door iconv.h corpus/charset.c
door uchardet corpus/repair.c

[ -z "$(grep -rl 'xapian.h>' --include='*.[ch]' --include='*.cc' . --exclude-dir=build |
    grep -v '^./lib/xapian-c/')" ] || complain "xapian.h outside lib/xapian-c"
for file in $(git ls-files '*.cc' '*.hh' 2>/dev/null); do
    [[ $file == lib/xapian-c/* || $file == lib/text/language.cc ]] ||
        complain "C++ outside its doors: $file"
done

# File names are unique, so that an include or a talk about one is clear.
git ls-files '*.c' '*.cc' '*.h' '*.hh' 2>/dev/null | sed 's|.*/||' | sort |
    uniq -d | while read -r name; do
    complain "two files are called $name"
    exit 1
done || failed=1

exit "$failed"
