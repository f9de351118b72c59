/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/name_key.h"

#include "base/utf8.h"
#include "text/folding.h"
#include "text/unicode.h"

/* Folded words that end the name of a company. */
static const char *const company_ends[] = {
    "inc",  "corp", "corporation", "co",  "ltd",          "limited",
    "llc",  "llp",  "plc",         "ag",  "sa",           "nv",
    "gmbh", "spa",  "ab",          "asa", "oyj",          "bv",
    "kk",   "sarl", "pty",         "bhd", "incorporated",
};

static bool is_company_end(struct span word)
{
    for (size_t i = 0; i < sizeof(company_ends) / sizeof(*company_ends); i++)
        if (span_is(word, company_ends[i]))
            return true;
    return false;
}

static bool has_letter(struct span text)
{
    for (size_t at = 0; at < text.size;) {
        uint32_t code;
        at += utf8_next(text.data + at, &code);
        if (unicode_flags(code) & UNICODE_LETTER)
            return true;
    }
    return false;
}

static void add_key_word(struct str *out, size_t start, struct span word)
{
    if (out->size > start)
        str_add_char(out, ' ');
    str_add(out, word);
}

/* Whether a word of the key of an organisation, not its first, is dropped. */
static bool is_dropped(struct span word, bool last)
{
    return span_is(word, "and") || (last && is_company_end(word));
}

/* Most names of organisations are their key. */
static bool is_org_key(struct span folded)
{
    struct span word;
    for (bool first = true; folded.size; first = false) {
        if (!span_next(&folded, ' ', &word))
            break;
        if (span_is(word, "dept") ||
            (first ? span_is(word, "and") : is_dropped(word, !folded.size)))
            return false;
    }
    return true;
}

static void add_org_key(struct str *out, struct span folded)
{
    size_t start = out->size;
    struct span rest = folded, word;
    while (rest.size && span_next(&rest, ' ', &word)) {
        if (span_is(word, "and") ||
            (out->size > start && is_dropped(word, !rest.size)))
            continue;
        add_key_word(out, start,
                     span_is(word, "dept") ? span_of("department") : word);
    }
}

void name_key(struct str *out, enum name_kind kind, struct span name)
{
    size_t start = out->size;
    text_fold(out, name);
    struct span folded = span_slice(str_span(out), start, out->size);
    if (!has_letter(folded)) {
        str_cut(out, start);
    } else if (kind == NAME_ORG && !is_org_key(folded)) {
        struct str whole = STR_INIT;
        str_add(&whole, folded);
        str_cut(out, start);
        add_org_key(out, str_span(&whole));
        str_release(&whole);
    }
}
