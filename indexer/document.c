/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/document.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/memory.h"
#include "indexer/occurrences.h"
#include "newsdb/schema.h"
#include "text/stem.h"
#include "text/folding.h"
#include "text/tokens.h"

enum {
    LANGUAGES_MAX = 32, /* stem caches kept at a time */
    /* Memory is asked for what words and terms will need so many ahead. */
    WORDS_AHEAD = 16,
    FETCHED_AHEAD = 10,
    FOUND_AHEAD = 4,
    TERMS_AHEAD = 8,
};

struct language {
    struct span code; /* in `codes` */
    struct stems *stems;
};

struct document_builder {
    struct arena *memory; /* terms and values of the document */
    struct language languages[LANGUAGES_MAX];
    size_t language_count;
    struct arena *codes;
    struct occurrences *text; /* its words */

    struct posting *postings;
    size_t posting_count, posting_capacity;
    struct document_value values[FIELD_COUNT + 1];
    size_t value_count;
    struct str data, scratch, facet;
    struct span identity;
    struct document document;
};

struct document_builder *document_builder_new(void)
{
    struct document_builder *builder = memory_new(1, sizeof(*builder));
    builder->memory = arena_new();
    builder->codes = arena_new();
    builder->text = occurrences_new();
    builder->data = (struct str)STR_INIT;
    builder->scratch = (struct str)STR_INIT;
    builder->facet = (struct str)STR_INIT;
    return builder;
}

static void forget_languages(struct document_builder *builder)
{
    for (size_t i = 0; i < builder->language_count; i++)
        stems_free(builder->languages[i].stems);
    builder->language_count = 0;
    arena_reset(builder->codes);
}

void document_builder_free(struct document_builder *builder)
{
    if (!builder)
        return;
    forget_languages(builder);
    occurrences_free(builder->text);
    arena_free(builder->codes);
    arena_free(builder->memory);
    free(builder->postings);
    str_release(&builder->data);
    str_release(&builder->scratch);
    str_release(&builder->facet);
    free(builder);
}

static struct stems *stems_for(struct document_builder *builder,
                               struct span code)
{
    if (!code.size)
        code = span_of(DOCUMENT_DEFAULT_LANGUAGE);
    for (size_t i = 0; i < builder->language_count; i++)
        if (span_equal(builder->languages[i].code, code))
            return builder->languages[i].stems;
    if (builder->language_count == LANGUAGES_MAX)
        forget_languages(builder);
    struct language *added = &builder->languages[builder->language_count++];
    added->code = arena_copy(builder->codes, code);
    added->stems = stems_new(code);
    return added->stems;
}

/* ---- Postings --------------------------------------------------------- */

static void add_posting(struct document_builder *builder, struct posting p)
{
    MEMORY_GROW(builder->postings, builder->posting_count,
                builder->posting_capacity);
    builder->postings[builder->posting_count++] = p;
}

/* What stands in `scratch` as one term, copied for the document's life. */
static void add_scratch(struct document_builder *builder, uint32_t position,
                        uint32_t wdf)
{
    struct span term = arena_copy(builder->memory, str_span(&builder->scratch));
    add_posting(builder, (struct posting){ .term = term,
                                           .hash = span_hash(term, 0),
                                           .position = position,
                                           .wdf = wdf });
}

static void add_title_word(struct document_builder *builder,
                           const struct word *word, uint32_t position)
{
    str_clear(&builder->scratch);
    schema_word(&builder->scratch, FIELD_TITLE, word->term);
    add_scratch(builder, position, 1);
    if (!word->stem.size)
        return;
    str_clear(&builder->scratch);
    schema_stem(&builder->scratch, FIELD_TITLE, word->stem);
    add_scratch(builder, 0, 1);
}

/* The words of the text as postings, one for each term. */
static void add_gathered(struct document_builder *builder, struct stems *stems)
{
    size_t count = occurrences_end(builder->text);
    struct stems_term *terms = stems_terms(stems);
    for (size_t i = 0; i < count; i++) {
        if (i + TERMS_AHEAD < count)
            __builtin_prefetch(
                &terms[occurrences_at(builder->text, i + TERMS_AHEAD).number]);
        struct occurrences_term use = occurrences_at(builder->text, i);
        struct stems_term *term = &terms[use.number - 1];
        add_posting(builder,
                    (struct posting){ .term = term->text,
                                      .hash = term->hash,
                                      .positions = use.positions,
                                      .position_count = use.position_count,
                                      .wdf = use.wdf,
                                      .note = &term->note });
    }
}

static uint32_t weight_in(bool in_title, size_t body_words)
{
    return in_title ? schema_fields[FIELD_TITLE].weight
           : body_words <= DOCUMENT_LEAD_WORDS ? DOCUMENT_LEAD_WEIGHT
                                               : 1;
}

static void add_text_word(struct document_builder *builder,
                          const struct word *word, uint32_t position,
                          uint32_t wdf)
{
    occurrences_add(builder->text, word->term_number, position, wdf);
    if (word->stem_number)
        occurrences_add(builder->text, word->stem_number, 0, wdf);
}

static void add_text(struct document_builder *builder,
                     const struct record *record)
{
    struct stems *stems = stems_for(builder, record->language);
    stems_trim(stems);
    occurrences_begin(builder->text);
    struct tokens tokens = tokens_begin_words(record->text);
    struct token ahead[WORDS_AHEAD];
    struct stems_probe probes[WORDS_AHEAD];
    uint32_t numbers[WORDS_AHEAD];
    size_t read = 0, fetched = 0, found = 0, used = 0, body_words = 0;
    for (;;) {
        for (; read - used < WORDS_AHEAD &&
               tokens_next(&tokens, &ahead[read % WORDS_AHEAD]);
             read++)
            probes[read % WORDS_AHEAD] =
                stems_begin(stems, ahead[read % WORDS_AHEAD].surface);
        for (; fetched < read && fetched - used < FETCHED_AHEAD; fetched++)
            stems_fetch(stems, probes[fetched % WORDS_AHEAD]);
        for (; found < read && found - used < FOUND_AHEAD; found++)
            numbers[found % WORDS_AHEAD] =
                stems_number(stems, ahead[found % WORDS_AHEAD].surface,
                             probes[found % WORDS_AHEAD]);
        if (used == read)
            break;
        const struct token *token = &ahead[used % WORDS_AHEAD];
        const struct word *word =
            stems_word(stems, numbers[used++ % WORDS_AHEAD]);
        if (!word->term_number)
            continue;
        bool in_title = token->offset < record->title_size;
        body_words += !in_title;
        add_text_word(builder, word, token->position,
                      weight_in(in_title, body_words));
        if (in_title)
            add_title_word(builder, word, token->position);
    }
    add_gathered(builder, stems);
}

/* ---- Fields ----------------------------------------------------------- */

/* The words of one field of the document, value after value. */
struct field_walk {
    enum field_id field;
    uint32_t position; /* of the last word */
    size_t values;
    size_t first; /* of the postings of the field */
};

static struct field_walk begin_field(const struct document_builder *builder,
                                     enum field_id field)
{
    return (struct field_walk){ .field = field,
                                .first = builder->posting_count };
}

static void add_words(struct document_builder *builder, struct field_walk *walk,
                      struct span value)
{
    size_t first = builder->posting_count;
    uint32_t start = walk->position;
    if (start)
        start += TOKENS_PARAGRAPH_GAP;
    struct tokens tokens = tokens_begin_words(value);
    struct token token;
    while (tokens_next(&tokens, &token)) {
        size_t size = builder->scratch.size;
        str_clear(&builder->scratch);
        schema_word(&builder->scratch, walk->field, (struct span){ NULL, 0 });
        size = builder->scratch.size;
        token_fold(&builder->scratch, token.surface);
        if (builder->scratch.size == size)
            continue;
        walk->position = start + token.position;
        add_scratch(builder, walk->position, 1);
    }
    /* A single word is in no phrase: its term alone finds it. */
    if (builder->posting_count == first + 1)
        builder->postings[first].position = 0;
}

static void add_exact(struct document_builder *builder, enum field_id field,
                      struct span value)
{
    str_clear(&builder->scratch);
    schema_value(&builder->scratch, field, value);
    add_scratch(builder, 0, 0);
}

/* Whether the field had the last term before. */
static bool is_repeated(const struct document_builder *builder,
                        const struct field_walk *walk)
{
    const struct posting *last = &builder->postings[builder->posting_count - 1];
    for (const struct posting *p = &builder->postings[walk->first]; p < last;
         p++)
        if (p->hash == last->hash && span_equal(p->term, last->term))
            return true;
    return false;
}

/* In the facet an article has a value once; what it has no room for goes. */
static void add_facet(struct document_builder *builder, enum field_id field,
                      struct span value, struct span key)
{
    size_t size = builder->facet.size;
    schema_pack_value(&builder->facet, field, value, key);
    if (builder->facet.size > DOCUMENT_FACET_SIZE_MAX)
        str_cut(&builder->facet, size);
}

/* One value of a field: its words, the exact term of its key, its place in the
 * facet. */
static void add_value(struct document_builder *builder, struct field_walk *walk,
                      struct span value, struct span key)
{
    const struct field *field = &schema_fields[walk->field];
    if (!value.size || walk->values == DOCUMENT_VALUES_MAX)
        return;
    walk->values++;
    if (field->flags & FIELD_WORDS)
        add_words(builder, walk, value);
    if (!(field->flags & FIELD_EXACT))
        return;
    add_exact(builder, walk->field, key);
    if (field->flags & FIELD_FACET && !is_repeated(builder, walk))
        add_facet(builder, walk->field, value, key);
}

static void set_slot(struct document_builder *builder, int slot,
                     struct span bytes)
{
    if (!bytes.size)
        return;
    struct document_value value = { (unsigned)slot,
                                    arena_copy(builder->memory, bytes) };
    size_t i = builder->value_count++;
    for (; i && builder->values[i - 1].slot > value.slot; i--)
        builder->values[i] = builder->values[i - 1];
    builder->values[i] = value;
}

static void end_field(struct document_builder *builder, enum field_id field)
{
    set_slot(builder, schema_fields[field].slot, str_span(&builder->facet));
    str_clear(&builder->facet);
}

static void add_field(struct document_builder *builder, enum field_id field,
                      const struct span *values, size_t count)
{
    struct field_walk walk = begin_field(builder, field);
    for (size_t i = 0; i < count; i++)
        add_value(builder, &walk, values[i], values[i]);
    end_field(builder, field);
}

static void add_names(struct document_builder *builder,
                      const struct record *record, enum name_kind kind,
                      enum field_id field)
{
    struct field_walk walk = begin_field(builder, field);
    for (size_t i = 0; i < record->names.count; i++) {
        const struct name *name = &record->names.items[i];
        if (name->kind != kind)
            continue;
        add_value(builder, &walk, name->form, name->key);
        struct span last = name->form;
        for (size_t j = 0; j < name->mention_count; j++) {
            struct span mention =
                span_slice(record->text, name->mentions[j].offset,
                           name->mentions[j].offset + name->mentions[j].size);
            if (!span_equal(mention, last) && !span_equal(mention, name->form))
                add_words(builder, &walk, mention);
            last = mention;
        }
    }
    end_field(builder, field);
}

static void add_dates(struct document_builder *builder, enum field_id field,
                      struct date date)
{
    struct str terms = STR_INIT;
    schema_date(&terms, field, date);
    struct span rest = str_span(&terms), term;
    while (rest.size && span_next(&rest, '\0', &term) && term.size) {
        str_clear(&builder->scratch);
        str_add(&builder->scratch, term);
        add_scratch(builder, 0, 0);
    }
    str_release(&terms);
}

static void add_publication_date(struct document_builder *builder,
                                 struct date date)
{
    if (date.precision == DATE_NONE)
        return;
    add_dates(builder, FIELD_DATE, date);
    struct str value = STR_INIT;
    schema_date_value(&value, date);
    set_slot(builder, schema_fields[FIELD_DATE].slot, str_span(&value));
    if (date.precision < DATE_DAY) {
        str_clear(&value);
        schema_date_value(&value, (struct date){ DATE_TIME, date_last_day(date),
                                                 86399, DATE_ZONE_NONE });
        set_slot(builder, SCHEMA_SLOT_LAST_DAY, str_span(&value));
    }
    str_release(&value);
}

static void add_fields(struct document_builder *builder,
                       const struct record *record)
{
    add_names(builder, record, NAME_PERSON, FIELD_PERSON);
    add_names(builder, record, NAME_ORG, FIELD_ORG);
    add_names(builder, record, NAME_PLACE, FIELD_PLACE);
    add_publication_date(builder, record->date);
    for (size_t i = 0; i < record->date_count; i++)
        add_dates(builder, FIELD_ABOUT, record->dates[i].date);
    add_field(builder, FIELD_AUTHOR, record->authors.items,
              record->authors.count);
    add_field(builder, FIELD_TOPIC, record->topics.items, record->topics.count);
    add_field(builder, FIELD_SOURCE, &record->source, 1);
    add_field(builder, FIELD_SECTION, &record->section, 1);
    add_field(builder, FIELD_LANGUAGE, &record->language, 1);
    add_field(builder, FIELD_COLLECTION, &record->collection, 1);
}

void document_identity_value(struct str *out, struct span collection,
                             struct span id)
{
    str_add(out, collection);
    str_add_char(out, '/');
    str_add(out, id);
}

static void add_identity(struct document_builder *builder,
                         const struct record *record)
{
    struct str value = STR_INIT;
    document_identity_value(&value, record->collection, record->id);
    add_exact(builder, FIELD_ID, str_span(&value));
    builder->identity = builder->postings[builder->posting_count - 1].term;
    str_release(&value);
}

const struct document *document_build(struct document_builder *builder,
                                      const struct record *record)
{
    arena_reset(builder->memory);
    builder->posting_count = 0;
    builder->value_count = 0;
    str_clear(&builder->data);
    add_text(builder, record);
    add_fields(builder, record);
    add_identity(builder, record);
    record_encode(&builder->data, record);
    builder->document = (struct document){
        builder->postings,    builder->posting_count,   builder->values,
        builder->value_count, str_span(&builder->data),
    };
    return &builder->document;
}

struct span document_identity(const struct document_builder *builder)
{
    return builder->identity;
}
