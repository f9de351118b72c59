#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Words of many languages, from the article to the marked hit: languages.sh
# NEWSIDX NEWSQ
set -uo pipefail
newsidx=$(readlink -f "$1") newsq=$(readlink -f "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 99
export NEWS_ARCHIVE=$work/archive
failed=0

cat >world.jsonl <<'END'
{"id":"zh","language":"zh","title":"北京大学公布招生计划","text":"北京大学今天公布了今年的招生计划。今年的名额比去年多。"}
{"id":"zh-tw","language":"zh","title":"臺北市長談房價","text":"臺北市長昨天談到房價,說今年不會再漲。"}
{"id":"ja","language":"ja","title":"トヨタ自動車が新工場","text":"トヨタ自動車は東京で記者会見を開き、新しい工場を建設すると発表した。"}
{"id":"ko","language":"ko","title":"서울에서 열린 회의","text":"대통령은 어제 서울에서 열린 회의에 참석했다."}
{"id":"th","language":"th","title":"น้ำท่วมกรุงเทพมหานคร","text":"เกิดน้ำท่วมในกรุงเทพมหานครเมื่อวานนี้ ผู้ว่าราชการกล่าวว่าสถานการณ์ดีขึ้น"}
{"id":"ru","language":"ru","title":"Итоги выборов","text":"Комиссия подвела итоги выборов в городе. Министры одобрили решение."}
{"id":"ar","language":"ar","title":"الانتخابات في المدينة","text":"أعلنت اللجنة نتائج الانتخابات في المدينة أمس وقال الوزير إن القرار صدر."}
{"id":"ku","language":"ku","title":"سەرۆك بافڵ لە سلێمانی","text":"هەواڵێکی نوێ لە شارەکە بڵاو کرایەوە."}
{"id":"es","language":"es","title":"Las elecciones municipales","text":"Los ministros aprobaron ayer las decisiones de la comisión."}
{"id":"de","language":"de","title":"Die Häuser am Hafen","text":"Die Minister sprachen gestern über die Häuser und die Schulen der Stadt."}
{"id":"fr","language":"fr","title":"Les chevaux du port","text":"Les ministres ont approuvé hier les décisions de la commission d'enquête."}
{"id":"fi","language":"fi","title":"Talot satamassa","text":"Ministerit puhuivat eilen taloista ja kouluista."}
{"id":"el","language":"el","title":"Εκλογές στην Αθήνα","text":"Οι υπουργοί ενέκριναν χθες τις αποφάσεις της επιτροπής."}
{"id":"us","language":"en","title":"Envoys of the U.S. at the talks","text":"They asked us to wait. US officials said more later."}
{"id":"we","language":"en","title":"The ferry that waited","text":"They asked us to wait for the ferry, who knows why."}
{"id":"tr","language":"tr","title":"İstanbul'da seçim","text":"Bakanlar dün okullarda yeni kararları görüştü."}
END
"$newsidx" add -q world.jsonl || failed=1

finds() { # QUERY ID...
    local query=$1
    shift
    local ids
    ids=$("$newsq" --format ids "$query" | sed 's|.*/||' | sort | tr '\n' ' ')
    [ "$ids" = "$(printf '%s\n' "$@" | sort | tr '\n' ' ')" ] || {
        echo "$query finds: $ids, expected: $*"
        failed=1
    }
}
nothing() {
    [ "$("$newsq" --count "$1")" = 0 ] || {
        echo "$1 finds something"
        failed=1
    }
}
marks() { # QUERY TEXT: what is marked stands whole
    "$newsq" --color=always -n 1 "$1" | grep -qF -- "$2" || {
        echo "$1 marks not: $2"
        "$newsq" --color=always -n 1 "$1" | cat -v
        failed=1
    }
}

# Letters that keyboards have in several forms, and marks that few write.
finds 'سەرۆک' ku
finds 'سليماني OR سلێمانى' ku
finds '"الوَزير إنّ القرار"' ar
finds '"الوزير ان القـرار"' ar
marks سەرۆک 'سەرۆك'

# The country is not the pronoun.
finds 'US lang:en' us
finds 'U.S. lang:en' us
finds 'u.s. AND wait lang:en' us
finds 'us lang:en' us we
nothing 'WHO lang:en'
finds 'who lang:en' we
[ "$("$newsq" -f json 'U.S. lang:en' | grep -o '"marks":[^}]*')" = '"marks":[[0,2]]' ] || {
    "$newsq" -f json 'U.S. lang:en'
    failed=1
}

# Scripts without blanks: any string of characters is found as a phrase.
finds 北京 zh
finds 北京大学 zh
finds '"招生计划"' zh
nothing 京大北
finds 臺北 zh-tw
finds 房價 zh-tw
finds title:房價 zh-tw
finds トヨタ ja
finds 自動車 ja
finds 東京 ja
finds ﾄﾖﾀ ja
finds 서울 ko
finds 대통령 ko
finds กรุงเทพ th
finds น้ำท่วม th
# Words are found in other forms of theirs.
finds 'выборы lang:ru' ru
finds 'министр lang:ru' ru
finds 'المدينة lang:ar' ar
finds 'elección lang:es' es
finds 'ministro lang:es' es
finds 'Haus lang:de' de
finds 'Schule lang:de' de
finds 'cheval lang:fr' fr
finds 'ministre lang:fr' fr
finds 'talo lang:fi' fi
finds 'υπουργός lang:el' el
finds 'okul lang:tr' tr
exit $failed
