/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/suggest.h"

#include "search/expand.h"
#include "text/stem.h"
#include "text/tokens.h"

struct replacement {
    struct span word, instead;
};

struct suggesting {
    const struct xap_db *db;
    struct arena *memory;
    struct stems *stems;
    struct replacement items[SUGGEST_WORDS_MAX];
    size_t count, looked_at;
    struct error *err;
};

static enum status frequency_of(struct suggesting *s, struct span term,
                                uint32_t *out)
{
    uint64_t occurrences;
    return xap_db_frequency(s->db, term, out, &occurrences, s->err);
}

/* The articles with the word in any of its English forms. */
static enum status count_word(struct suggesting *s, enum field_id field,
                              const struct word *word, uint32_t *out)
{
    struct str term = STR_INIT;
    uint32_t stemmed = 0;
    schema_word(&term, field, word->term);
    enum status rc = frequency_of(s, str_span(&term), out);
    if (!rc && word->stem.size && (schema_fields[field].flags & FIELD_STEMS)) {
        str_clear(&term);
        schema_stem(&term, field, word->stem);
        rc = frequency_of(s, str_span(&term), &stemmed);
    }
    *out = stemmed > *out ? stemmed : *out;
    str_release(&term);
    return rc;
}

/* The most frequent word within so many edits; empty where none is frequent
 * enough. */
static enum status find_near(struct suggesting *s, enum field_id field,
                             struct span word, uint32_t edits, uint32_t least,
                             struct span *out)
{
    struct expansion near = { .limit = SUGGEST_NEAR };
    size_t prefix = span_of(schema_fields[field].prefix).size;
    uint32_t best = 0;
    enum status rc =
        expand_fuzzy(&near, s->db, field, word, edits, s->memory, s->err);
    for (size_t i = 0; !rc && i < near.count; i++) {
        uint32_t count;
        rc = frequency_of(s, near.terms[i], &count);
        if (rc || count < least || count <= best)
            continue;
        best = count;
        *out = span_slice(near.terms[i], prefix, near.terms[i].size);
    }
    return rc;
}

static bool has_words(enum field_id field)
{
    return schema_fields[field].flags & FIELD_WORDS;
}

/* Whether the word is known as one of a name, so that it is meant: Merkel is
 * no market. */
static enum status is_named(struct suggesting *s, const struct word *word,
                            bool *out)
{
    static const enum field_id names[] = { FIELD_PERSON, FIELD_ORG,
                                           FIELD_PLACE };
    enum status rc = STATUS_OK;
    *out = false;
    for (size_t i = 0; !rc && !*out && i < sizeof(names) / sizeof(*names);
         i++) {
        uint32_t count = 0;
        rc = count_word(s, names[i], word, &count);
        *out = count > SUGGEST_NAMED;
    }
    return rc;
}

static enum status look_at(struct suggesting *s, const struct query_node *leaf)
{
    struct word word = *stems_look_up(s->stems, leaf->text);
    uint32_t count;
    struct span found = { NULL, 0 };
    if (word.term.size < SUGGEST_LETTERS_MIN)
        return STATUS_OK;
    s->looked_at++;
    enum status rc = count_word(s, leaf->field, &word, &count);
    bool named = false;
    if (!rc && count <= SUGGEST_RARE)
        rc = is_named(s, &word, &named);
    if (rc || named || count > SUGGEST_RARE)
        return rc;
    uint32_t least = count * SUGGEST_TIMES + 1;
    rc = find_near(s, leaf->field, word.term, 1, least, &found);
    if (!rc && !found.size && count <= SUGGEST_RARER &&
        word.term.size > SUGGEST_LETTERS_MIN + 1)
        rc = find_near(s, leaf->field, word.term, 2, least, &found);
    if (!rc && found.size)
        s->items[s->count++] = (struct replacement){ leaf->text, found };
    return rc;
}

static enum status walk(struct suggesting *s, const struct query_node *node)
{
    if (!node || s->looked_at == SUGGEST_WORDS_MAX)
        return STATUS_OK;
    if (node->kind == QUERY_WORD || node->kind == QUERY_EXACT)
        return has_words(node->field) ? look_at(s, node) : STATUS_OK;
    enum status rc = STATUS_OK;
    for (size_t i = 0; !rc && i < node->part_count; i++)
        rc = walk(s, node->parts[i]);
    return rc;
}

/* The question with the words replaced, all else as it was typed. */
static void replace(struct str *out, const struct suggesting *s,
                    struct span question)
{
    struct tokens tokens = tokens_begin(question);
    struct token token;
    size_t at = 0;
    while (tokens_next(&tokens, &token)) {
        const struct replacement *item = NULL;
        for (size_t i = 0; !item && i < s->count; i++)
            if (span_equal(s->items[i].word, token.surface))
                item = &s->items[i];
        if (!item)
            continue;
        str_add(out, span_slice(question, at, token.offset));
        str_add(out, item->instead);
        at = token.offset + token.surface.size;
    }
    if (at)
        str_add(out, span_slice(question, at, question.size));
}

enum status suggest(struct str *out, const struct xap_db *db,
                    struct span question, const struct query_node *tree,
                    struct arena *memory, struct error *err)
{
    struct suggesting s = { .db = db,
                            .memory = memory,
                            .stems = stems_new(span_of("en")),
                            .err = err };
    enum status rc = walk(&s, tree);
    if (!rc && s.count)
        replace(out, &s, question);
    stems_free(s.stems);
    return rc;
}
