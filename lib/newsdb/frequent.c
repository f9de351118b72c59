/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "newsdb/frequent.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/pack.h"

/* Terms with more articles than this are told apart no further. */
enum { FREQUENCY_MAX = 1 << 16 };

enum { GROWTH = 4 };

size_t frequent_level_end(unsigned level)
{
    size_t end = FREQUENT_FIRST;
    while (level--)
        end *= GROWTH;
    return end;
}

static void key_of(struct str *out, enum field_id field, unsigned level)
{
    str_clear(out);
    str_addf(out, "news.frequent.%s.%u", schema_fields[field].name, level);
}

/* What the terms of whole values of a field begin with. */
static void prefix_of(struct str *out, enum field_id field)
{
    str_clear(out);
    schema_value(out, field, (struct span){ NULL, 0 });
}

/* ---- Writing ---------------------------------------------------------- */

struct noting {
    struct arena *memory;
    size_t prefix_size;
    uint32_t *terms_with; /* that frequency, FREQUENCY_MAX and over as one */
    uint32_t cutoff;      /* terms with more articles are taken */
    struct frequent_term *terms;
    size_t count, capacity;
};

static size_t bucket_of(uint32_t frequency)
{
    return frequency < FREQUENCY_MAX ? frequency : FREQUENCY_MAX;
}

static bool count_term(void *payload, struct span term, uint32_t frequency)
{
    struct noting *noting = payload;
    (void)term;
    noting->terms_with[bucket_of(frequency)]++;
    return true;
}

static bool take_term(void *payload, struct span term, uint32_t frequency)
{
    struct noting *noting = payload;
    if (frequency <= noting->cutoff)
        return true;
    MEMORY_GROW(noting->terms, noting->count, noting->capacity);
    struct span name = span_slice(term, noting->prefix_size, term.size);
    noting->terms[noting->count++] =
        (struct frequent_term){ arena_copy(noting->memory, name), frequency };
    return true;
}

/* The lowest frequency over which there are not too many terms. */
static uint32_t find_cutoff(const struct noting *noting)
{
    size_t left = frequent_level_end(FREQUENT_LEVELS - 1);
    uint32_t at = FREQUENCY_MAX;
    for (; at && noting->terms_with[at] <= left; at--)
        left -= noting->terms_with[at];
    return at;
}

static int by_frequency(const void *a, const void *b)
{
    const struct frequent_term *x = a, *y = b;
    if (x->frequency != y->frequency)
        return x->frequency < y->frequency ? 1 : -1;
    return span_compare(x->name, y->name);
}

static enum status find_terms(struct noting *noting, const struct xap_db *db,
                              enum field_id field, struct error *err)
{
    struct str prefix = STR_INIT;
    prefix_of(&prefix, field);
    noting->prefix_size = prefix.size;
    noting->count = 0;
    for (size_t i = 0; i <= FREQUENCY_MAX; i++)
        noting->terms_with[i] = 0;
    enum status rc =
        xap_db_each_term(db, str_span(&prefix), count_term, noting, err);
    noting->cutoff = find_cutoff(noting);
    if (!rc)
        rc = xap_db_each_term(db, str_span(&prefix), take_term, noting, err);
    if (noting->count)
        qsort(noting->terms, noting->count, sizeof(*noting->terms),
              by_frequency);
    str_release(&prefix);
    return rc;
}

static enum status write_field(struct xap_writer *writer,
                               const struct noting *noting, enum field_id field,
                               uint32_t last_document, struct error *err)
{
    enum status rc = STATUS_OK;
    struct str key = STR_INIT, value = STR_INIT;
    size_t at = 0;
    for (unsigned level = 0; !rc && level < FREQUENT_LEVELS; level++) {
        size_t end = frequent_level_end(level);
        if (end > noting->count)
            end = noting->count;
        key_of(&key, field, level);
        str_clear(&value);
        pack_number(&value, last_document);
        pack_number(&value, end < noting->count ? noting->terms[end].frequency
                                                : noting->cutoff);
        for (; at < end; at++) {
            pack_string(&value, noting->terms[at].name);
            pack_number(&value, noting->terms[at].frequency);
        }
        rc = xap_writer_set_metadata(writer, str_span(&key), str_span(&value),
                                     err);
        if (end == noting->count)
            break;
    }
    str_release(&key);
    str_release(&value);
    return rc;
}

static enum status write_fields(struct xap_writer *writer,
                                const struct xap_db *db, struct error *err)
{
    struct xap_db_figures figures;
    struct noting noting = {
        .memory = arena_new(),
        .terms_with = memory_new(FREQUENCY_MAX + 1, sizeof(*noting.terms_with)),
    };
    enum status rc = xap_db_measure(db, &figures, err);
    for (size_t i = 0; !rc && i < FIELD_COUNT; i++) {
        if (!(schema_fields[i].flags & FIELD_FACET))
            continue;
        arena_reset(noting.memory);
        rc = find_terms(&noting, db, (enum field_id)i, err);
        if (!rc)
            rc = write_field(writer, &noting, (enum field_id)i,
                             figures.last_document, err);
    }
    free(noting.terms);
    free(noting.terms_with);
    arena_free(noting.memory);
    return rc;
}

enum status frequent_write(const char *directory, struct error *err)
{
    struct xap_db *db;
    struct xap_writer *writer = NULL;
    enum status rc = xap_db_open(&db, directory, err);
    if (!rc)
        rc = xap_writer_open(&writer, directory, XAP_OPEN, err);
    if (!rc)
        rc = write_fields(writer, db, err);
    if (!rc)
        rc = xap_writer_close(writer, err);
    else if (writer)
        xap_writer_abandon(writer);
    xap_db_free(db);
    return rc;
}

/* ---- Reading ---------------------------------------------------------- */

static bool unpack_level(struct frequent *out, struct span bytes,
                         uint32_t last_document, struct arena *memory)
{
    uint64_t last;
    if (!unpack_number(&bytes, &last) || last != last_document ||
        !unpack_number(&bytes, &out->bound))
        return false;
    size_t capacity = 0;
    while (bytes.size) {
        out->terms = arena_grow(memory, out->terms, out->count, &capacity,
                                sizeof(*out->terms));
        struct frequent_term *term = &out->terms[out->count++];
        if (!unpack_string(&bytes, &term->name) ||
            !unpack_number(&bytes, &term->frequency))
            return false;
    }
    return true;
}

enum status frequent_read(struct frequent *out, const struct xap_db *db,
                          size_t part, enum field_id field, unsigned level,
                          struct arena *memory, struct error *err)
{
    *out = (struct frequent){ .known = false };
    uint32_t last_document;
    struct str key = STR_INIT, value = STR_INIT;
    key_of(&key, field, level);
    enum status rc = xap_db_part_metadata(db, part, str_span(&key), &value,
                                          &last_document, err);
    if (!rc)
        out->known = unpack_level(out, arena_copy(memory, str_span(&value)),
                                  last_document, memory);
    if (!out->known)
        *out = (struct frequent){ .known = false };
    str_release(&key);
    str_release(&value);
    return rc;
}
