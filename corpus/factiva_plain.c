/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/factiva_plain.h"

#include <string.h>

#include "corpus/byline.h"
#include "corpus/factiva_tags.h"

enum { ACCESSION_MIN = 15, ACCESSION_MAX = 40 };

/* ---- Lines ------------------------------------------------------------ */

static bool is_code_character(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c >= '0' && c <= '9');
}

struct span factiva_accession(struct span line)
{
    static const char *const words[] = { "Document ", "Dokument ", "Documento ",
                                         NULL };
    line = span_trim(line);
    if (span_starts(line, "AN") && line.size > 2 &&
        !is_code_character(line.data[2]))
        line = span_trim(span_slice(line, 2, line.size));
    for (const char *const *word = words; *word; word++) {
        if (!span_starts(line, *word))
            continue;
        struct span code =
            span_trim(span_slice(line, strlen(*word), line.size));
        bool digit = false, good = true;
        for (size_t i = 0; i < code.size; i++) {
            good = good && is_code_character(code.data[i]);
            digit = digit || (code.data[i] >= '0' && code.data[i] <= '9');
        }
        if (good && digit && code.size >= ACCESSION_MIN &&
            code.size <= ACCESSION_MAX)
            return code;
    }
    return (struct span){ NULL, 0 };
}

bool factiva_is_word_count(struct span line)
{
    static const char *const words[] = {
        " words", " word", " mots", " W\u00F6rter", " palabras", " parole", NULL
    };
    size_t at = 0;
    while (at < line.size && strchr("0123456789,.", line.data[at]))
        at++;
    struct span rest = span_slice(line, at, line.size);
    for (const char *const *word = words; at && *word; word++)
        if (span_is(rest, *word))
            return true;
    return false;
}

bool factiva_next_line(struct span *rest, struct span *out)
{
    while (span_next(rest, '\n', out)) {
        *out = span_trim(*out);
        if (out->size)
            return true;
    }
    return false;
}

/* ---- Fields ----------------------------------------------------------- */

/* What stands between the count of words and the text. */
static bool read_behind_count(struct article *out, struct span line, int number)
{
    if (number == 0) {
        article_add_copy(out, ARTICLE_DATE, line);
    } else if (line.size <= 12 && span_find_char(line, 0, ':') != SIZE_MAX &&
               line.data[0] <= '9') {
        factiva_add_time(out, line);
    } else if (!article_text(out, ARTICLE_SOURCE).size) {
        article_add_copy(out, ARTICLE_SOURCE, line);
    } else if (factiva_language(line)) {
        article_add_copy(out, ARTICLE_LANGUAGE, line);
    }
    return span_starts(line, "Copyright") || span_starts(line, "(c)") ||
           span_starts(line, "(C)") || span_starts(line, "\u00A9");
}

static void read_before_count(struct article *out, struct span line)
{
    if (byline_begins(line))
        article_add_copy(out, ARTICLE_AUTHOR, line);
    else if (article_text(out, ARTICLE_TITLE).size)
        article_add_copy(out, ARTICLE_SUBTITLE, line);
    else
        article_add_copy(out, ARTICLE_TITLE, line);
}

bool factiva_read_plain(struct article *out, struct span text)
{
    enum { BEHIND_MAX = 10 }; /* lines between the count and the text */
    struct span rest = text, line;
    struct str body = STR_INIT;
    bool counted = false, in_text = false, blank = true;
    int number = 0;
    bool spaced = span_find(text, 0, span_of("\n\n")) != SIZE_MAX;
    while (span_next(&rest, '\n', &line)) {
        line = span_trim(line);
        if (line.size && in_text) {
            if (factiva_accession(line).size)
                break;
            str_add_text(&body, blank || !spaced ? "\n\n" : " ");
            str_add(&body, line);
        } else if (line.size && !counted) {
            counted = factiva_is_word_count(line);
            if (!counted)
                read_before_count(out, line);
        } else if (line.size) {
            in_text =
                read_behind_count(out, line, number) || ++number == BEHIND_MAX;
        }
        blank = !line.size;
    }
    article_add_copy(out, ARTICLE_BODY, str_span(&body));
    str_release(&body);
    return counted;
}
