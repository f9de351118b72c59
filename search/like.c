/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/like.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "text/stem.h"
#include "text/tokens.h"

/* A word of the text; of several with one stem the first stands for all. */
struct candidate {
    struct span stem, surface;
    uint32_t count;
    double score;
};

enum {
    LETTERS_MIN = 3,
    TITLE_COUNTS = 3,    /* a word of the title counts so often */
    COMMON_SHARE = 5,    /* words in a fifth of all articles tell nothing */
    LOOKED_UP_MAX = 400, /* stems whose frequency is asked for */
};

/* ---- Words ------------------------------------------------------------ */

static int by_stem(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    int order = span_compare(x->stem, y->stem);
    if (order)
        return order;
    return x->surface.data < y->surface.data ? -1 : 1;
}

static int by_count(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    return span_compare(x->stem, y->stem);
}

static int by_score(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->score != y->score)
        return x->score < y->score ? 1 : -1;
    return span_compare(x->stem, y->stem);
}

static bool has_letter(struct span word)
{
    for (size_t i = 0; i < word.size; i++)
        if (word.data[i] < '0' || word.data[i] > '9')
            return true;
    return false;
}

static size_t read_words(struct candidate *out, struct stems *stems,
                         const struct record *record)
{
    struct tokens tokens = tokens_begin(record->text);
    struct token token;
    size_t count = 0;
    while (count < LIKE_TOKENS_MAX && tokens_next(&tokens, &token)) {
        const struct word *word = stems_look_up(stems, token.surface);
        if (word->term.size < LETTERS_MIN || !has_letter(word->term))
            continue;
        out[count++] = (struct candidate){
            .stem = word->stem.size ? word->stem : word->term,
            .surface = token.surface,
            .count = token.offset < record->title_size ? TITLE_COUNTS : 1,
        };
    }
    return count;
}

static size_t join_stems(struct candidate *words, size_t count)
{
    size_t kept = 0;
    if (count)
        qsort(words, count, sizeof(*words), by_stem);
    for (size_t i = 0; i < count; i++)
        if (kept && span_equal(words[kept - 1].stem, words[i].stem))
            words[kept - 1].count += words[i].count;
        else
            words[kept++] = words[i];
    return kept;
}

static enum status weigh(struct candidate *word, const struct xap_db *db,
                         uint32_t documents, uint32_t others, struct error *err)
{
    struct str term = STR_INIT;
    uint32_t frequency = 0;
    uint64_t occurrences;
    if (word->stem.data[0] == 'Z')
        schema_stem(&term, FIELD_TEXT, word->stem);
    else
        schema_word(&term, FIELD_TEXT, word->stem);
    enum status rc =
        xap_db_frequency(db, str_span(&term), &frequency, &occurrences, err);
    bool tells = frequency >= others &&
                 (documents < 100 || frequency < documents / COMMON_SHARE);
    word->score =
        tells ? (1 + log(word->count)) * log((documents + 1.0) / frequency) : 0;
    str_release(&term);
    return rc;
}

/* The best words, as a list that lives in `memory`. */
static enum status find_words(struct candidate *words, size_t *count,
                              const struct xap_db *db, uint32_t others,
                              struct error *err)
{
    struct xap_db_figures figures;
    enum status rc = xap_db_measure(db, &figures, err);
    if (*count)
        qsort(words, *count, sizeof(*words), by_count);
    if (*count > LOOKED_UP_MAX)
        *count = LOOKED_UP_MAX;
    for (size_t i = 0; !rc && i < *count; i++)
        rc = weigh(&words[i], db, figures.documents, others, err);
    if (*count)
        qsort(words, *count, sizeof(*words), by_score);
    if (*count > LIKE_WORDS)
        *count = LIKE_WORDS;
    while (*count && words[*count - 1].score <= 0)
        --*count;
    return rc;
}

/* ---- The question ----------------------------------------------------- */

struct parts {
    struct query_node *items[LIKE_WORDS + LIKE_NAMES];
    size_t count;
    struct arena *memory;
    struct error *err;
};

static void add_word(struct parts *parts, const struct candidate *word)
{
    struct query_node *node = arena_alloc(parts->memory, sizeof(*node));
    *node = (struct query_node){ .kind = QUERY_WORD,
                                 .field = FIELD_TEXT,
                                 .column = 1,
                                 .boost = 1 + log(word->count),
                                 .text = word->surface };
    parts->items[parts->count++] = node;
}

static enum status add_name(struct parts *parts, enum field_id field,
                            struct span form)
{
    const struct query_settings settings = { 0, false };
    struct query_node *node;
    enum status rc =
        query_value(&node, field, form, &settings, parts->memory, parts->err);
    if (!rc && node)
        parts->items[parts->count++] = node;
    return rc;
}

static enum status add_names(struct parts *parts, const struct record *record)
{
    static const enum field_id fields[NAME_KIND_COUNT] = {
        [NAME_PERSON] = FIELD_PERSON,
        [NAME_ORG] = FIELD_ORG,
        [NAME_PLACE] = FIELD_PLACE,
    };
    enum status rc = STATUS_OK;
    size_t count = record->names.count;
    for (size_t i = 0; !rc && i < count && i < LIKE_NAMES; i++) {
        const struct name *name = &record->names.items[i];
        rc = add_name(parts, fields[name->kind], name->form);
    }
    return rc;
}

static enum status leave_out(struct query_node **tree,
                             const struct record *record, struct parts *parts)
{
    const struct query_settings settings = { 0, false };
    struct str id = STR_INIT;
    struct query_node *itself;
    str_add(&id, record->collection);
    str_add_char(&id, '/');
    str_add(&id, record->id);
    enum status rc = query_value(&itself, FIELD_ID, str_span(&id), &settings,
                                 parts->memory, parts->err);
    str_release(&id);
    if (rc)
        return rc;
    struct query_node *node = arena_alloc(parts->memory, sizeof(*node));
    struct query_node **both = arena_alloc(parts->memory, 2 * sizeof(*both));
    both[0] = *tree;
    both[1] = itself;
    *node = (struct query_node){ .kind = QUERY_NOT,
                                 .field = FIELD_TEXT,
                                 .column = 1,
                                 .boost = 1,
                                 .parts = both,
                                 .part_count = 2 };
    *tree = node;
    return STATUS_OK;
}

enum status like_question(struct query_node **out, const struct record *record,
                          const struct xap_db *db, struct arena *memory,
                          struct error *err)
{
    struct candidate *words = memory_new(LIKE_TOKENS_MAX, sizeof(*words));
    struct stems *stems =
        stems_new(record->language.size ? record->language : span_of("en"));
    struct parts parts = { .memory = memory, .err = err };
    size_t count = join_stems(words, read_words(words, stems, record));
    /* A word that only the article itself has finds no other. */
    uint32_t others = record->id.size ? 2 : 1;
    *out = NULL;
    enum status rc = find_words(words, &count, db, others, err);
    for (size_t i = 0; !rc && i < count; i++)
        add_word(&parts, &words[i]);
    if (!rc)
        rc = add_names(&parts, record);
    if (!rc && parts.count)
        *out = query_any_of(parts.items, parts.count, memory);
    if (!rc && *out && record->id.size)
        rc = leave_out(out, record, &parts);
    stems_free(stems);
    free(words);
    return rc;
}
