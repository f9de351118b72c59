/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/language.h"

/* CLD2's header takes FILE for granted. */
#include <cstdio>
#include <cstring>

#include <cld2/public/compact_lang_det.h>

#include "base/utf8.h"

namespace {

enum { ENGLISH_WORDS = 6 }; /* of those below, that make a text English */

/* Most archives are English: a few words settle that without tables. */
bool is_plainly_english(struct span text)
{
    static const char *const words[] = { "the ", "of ",   "and ", "that ",
                                         "was ", "with ", "for ", "said " };
    int found = 0;
    for (size_t i = 0; i + 6 < text.size; i++) {
        if (text.data[i] != ' ' || !std::strchr("toawfs", text.data[i + 1]))
            continue;
        for (const char *word : words)
            if (text.data[i + 1] == word[0] &&
                !std::memcmp(text.data + i + 1, word, std::strlen(word)) &&
                ++found >= ENGLISH_WORDS)
                return true;
    }
    return false;
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
