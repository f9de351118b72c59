/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/names/tagged.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/utf8.h"

#define ARTICLE_MARK "-DOCSTART-"

/* ---- Reading ---------------------------------------------------------- */

static const char *const type_names[CRF_TYPES] = { "PER", "ORG", "LOC",
                                                   "MISC" };

/* False where it is no tag; CRF_TYPES and not `begins` for O. */
static bool parse_tag(struct span tag, enum crf_type *type, bool *begins)
{
    *type = CRF_TYPES;
    *begins = span_starts(tag, "B-");
    if (span_is(tag, "O"))
        return true;
    if (!*begins && !span_starts(tag, "I-"))
        return false;
    struct span name = span_slice(tag, 2, tag.size);
    for (int i = 0; i < CRF_TYPES; i++)
        if (span_is(name, type_names[i]))
            *type = (enum crf_type)i;
    return *type != CRF_TYPES;
}

static struct tagged_article *add_article(struct tagged *tagged)
{
    MEMORY_GROW(tagged->articles, tagged->count, tagged->capacity);
    struct tagged_article *article = &tagged->articles[tagged->count++];
    *article = (struct tagged_article){ .text = STR_INIT };
    return article;
}

/* Tokens that stand at the end of the word before: 's, n't. */
static bool is_tail(struct span token)
{
    return (token.size > 1 && token.data[0] == '\'') ||
           span_is_nocase(token, "n't") || span_starts(token, "\xE2\x80\x99s");
}

static void add_word(struct tagged_article *article, struct span word,
                     enum crf_type type, bool begins)
{
    struct str *text = &article->text;
    if (text->size && text->data[text->size - 1] != '\n' && !is_tail(word))
        str_add_char(text, ' ');
    uint32_t offset = (uint32_t)text->size;
    str_add(text, word);
    if (type == CRF_TYPES)
        return;
    struct tagged_name *last =
        article->name_count ? &article->names[article->name_count - 1] : NULL;
    /* The name goes on where its last word ended, one blank before this. */
    if (!begins && last && last->type == type &&
        last->offset + last->size + 1 >= offset) {
        last->size = (uint32_t)text->size - last->offset;
        return;
    }
    MEMORY_GROW(article->names, article->name_count, article->name_capacity);
    article->names[article->name_count++] =
        (struct tagged_name){ type, offset, (uint32_t)word.size };
}

static void end_sentence(struct tagged_article *article)
{
    struct str *text = &article->text;
    if (text->size && text->data[text->size - 1] != '\n')
        str_add_char(text, '\n');
}

static enum status read_line(struct tagged *out, struct span line,
                             struct error *err)
{
    struct span word, rest = line;
    enum crf_type type;
    bool begins;
    if (!out->count || span_starts(line, ARTICLE_MARK)) {
        add_article(out);
        if (span_starts(line, ARTICLE_MARK))
            return STATUS_OK;
    }
    struct tagged_article *article = &out->articles[out->count - 1];
    if (!span_trim(line).size) {
        end_sentence(article);
        return STATUS_OK;
    }
    if (!span_next(&rest, '\t', &word) || !word.size || !rest.size ||
        !parse_tag(rest, &type, &begins))
        return error_set(err, STATUS_BAD_FORMAT,
                         "'%.*s' is not a token, a tab and a tag",
                         SPAN_ARGS(line));
    add_word(article, word, type, begins);
    return STATUS_OK;
}

enum status tagged_read(struct tagged *out, const char *path, struct error *err)
{
    struct str file = STR_INIT;
    enum status rc = file_read(path, TAGGED_FILE_MAX, &file, err);
    struct span rest = str_span(&file), line;
    size_t number = 0;
    if (!rc && utf8_valid_prefix(rest) != rest.size)
        rc = error_set(err, STATUS_BAD_FORMAT, "'%s' is not UTF-8", path);
    while (!rc && rest.size && span_next(&rest, '\n', &line)) {
        number++;
        rc = read_line(out, line, err);
        if (rc)
            error_context(err, "'%s', line %zu", path, number);
    }
    str_release(&file);
    return rc;
}

void tagged_release(struct tagged *tagged)
{
    for (size_t i = 0; i < tagged->count; i++) {
        str_release(&tagged->articles[i].text);
        free(tagged->articles[i].names);
    }
    free(tagged->articles);
    *tagged = (struct tagged)TAGGED_INIT;
}

/* ---- Other settings of the same text ---------------------------------- */

/* Make the letter at `at` a capital: ASCII, and the Latin-1 letters, which are
 * C3 A0 to C3 BE in UTF-8 and whose capitals stand 20 lower. */
static void capitalise(struct str *text, size_t at)
{
    unsigned char c = (unsigned char)text->data[at];
    if (c >= 'a' && c <= 'z')
        text->data[at] = (char)(c - 0x20);
    if (c != 0xC3 || at + 1 >= text->size)
        return;
    unsigned char second = (unsigned char)text->data[at + 1];
    if (second >= 0xA0 && second <= 0xBE && second != 0xB7)
        text->data[at + 1] = (char)(second - 0x20);
}

void tagged_set_capitals(struct tagged_article *article)
{
    for (size_t i = 0; i < article->text.size; i++)
        capitalise(&article->text, i);
}

void tagged_set_headline(struct tagged_article *article)
{
    static const char *const small[] = { "a",    "an",  "and", "as",
                                         "at",   "but", "by",  "for",
                                         "from", "in",  "of",  "on",
                                         "or",   "the", "to",  "with" };
    struct str *text = &article->text;
    for (size_t i = 0; i < text->size;) {
        size_t end = i;
        while (end < text->size && !strchr(" \n", text->data[end]))
            end++;
        struct span word = span_slice(str_span(text), i, end);
        bool is_small = i && text->data[i - 1] != '\n';
        size_t listed = 0;
        while (listed < sizeof(small) / sizeof(*small) &&
               !span_is(word, small[listed]))
            listed++;
        if (!is_small || listed == sizeof(small) / sizeof(*small))
            capitalise(text, i);
        i = end + 1;
    }
}
