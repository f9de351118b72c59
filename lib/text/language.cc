/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/language.h"

#include <algorithm>
#include <bitset>
#include <cstdio> // CLD2's header takes FILE for granted
#include <iterator>

#include <cld2/public/compact_lang_det.h>

#include "base/utf8.h"

namespace {

enum {
    KEY_MAX = 4,          /* letters of the longest word below */
    ENGLISH_WORDS = 6,    /* more than there are foreign: plainly English */
    ENGLISH_DISTINCT = 3, /* different ones, and at least so many */
    ENGLISH_EVERY = 80,   /* one in as many bytes, where there is no foreign */
};

/* A short word as a number, its letters small. */
constexpr uint32_t key_of(const char *word, size_t size)
{
    uint32_t key = 0;
    for (size_t i = 0; i < size; i++)
        key = key << 8 | static_cast<unsigned char>(word[i] | 0x20);
    return key;
}

constexpr uint32_t operator""_word(const char *word, size_t size)
{
    return key_of(word, size);
}

/* No other language has three of these. */
constexpr uint32_t english[] = {
    "the"_word,  "of"_word,   "and"_word,  "to"_word,   "for"_word,
    "that"_word, "with"_word, "from"_word, "this"_word, "they"_word,
    "said"_word, "has"_word,  "have"_word, "its"_word,  "are"_word,
};

/* What few texts of other languages do without, also those that have titles
 * or names of English in them. */
constexpr uint32_t foreign[] = {
    "le"_word,  "la"_word,  "les"_word, "des"_word, "et"_word,  "dans"_word,
    "que"_word, "el"_word,  "los"_word, "del"_word, "una"_word, "di"_word,
    "che"_word, "der"_word, "das"_word, "und"_word, "den"_word, "de"_word,
    "het"_word, "een"_word, "en"_word,  "van"_word, "og"_word,  "och"_word,
    "det"_word, "er"_word,  "som"_word, "os"_word,  "em"_word,
};

bool is_blank(char c)
{
    return c == ' ' || c == '\n';
}

/* What stands before the first blank. */
struct span first_word(struct span text)
{
    size_t end = 0;
    while (end < text.size && !is_blank(text.data[end]))
        end++;
    return span_slice(text, 0, end);
}

/* Most archives are English: a few words settle that without tables. */
bool is_plainly_english(struct span text)
{
    std::bitset<std::size(english)> seen;
    size_t hits = 0, others = 0;
    for (size_t at = 0; at < text.size;) {
        struct span word = first_word(span_slice(text, at, text.size));
        at += word.size + 1;
        if (word.size < 2 || word.size > KEY_MAX)
            continue;
        uint32_t key = key_of(word.data, word.size);
        auto found = std::find(std::begin(english), std::end(english), key);
        if (found == std::end(english)) {
            others += std::count(std::begin(foreign), std::end(foreign), key);
            continue;
        }
        seen.set(static_cast<size_t>(found - std::begin(english)));
        if (++hits >= ENGLISH_WORDS + others &&
            seen.count() >= ENGLISH_DISTINCT)
            return true;
    }
    return !others && seen.count() >= ENGLISH_DISTINCT &&
           hits * ENGLISH_EVERY >= text.size;
}

} // namespace

struct span language_detect(struct span text)
{
    const struct span none = { nullptr, 0 };
    text = span_slice(text, 0, utf8_floor(text, LANGUAGE_LOOK_MAX));
    if (text.size < 20)
        return none;
    if (is_plainly_english(text))
        return span_of("en");
    bool reliable = false;
    CLD2::Language found = CLD2::DetectLanguage(
        text.data, static_cast<int>(text.size), true, &reliable);
    if (!reliable || found == CLD2::UNKNOWN_LANGUAGE)
        return none;
    /* "zh-Hant" is a script, not a language. */
    struct span code = span_of(CLD2::LanguageCode(found));
    return span_slice(code, 0, span_find_char(code, 0, '-'));
}
