/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * expand.h - the terms of an archive that a pattern, a fuzzy word or a stem
 * stands for.
 */
#ifndef NEWS_SEARCH_EXPAND_H
#define NEWS_SEARCH_EXPAND_H

#include "base/arena.h"
#include "newsdb/schema.h"
#include "xapian-c/xapian-c.h"

struct expansion {
    struct span *terms; /* whole terms, prefix included */
    size_t count, capacity;
    size_t limit;
    bool cut; /* there were more than `limit` */
};

/* Words of the field that match the folded pattern of '*' and '?'. */
enum status expand_pattern(struct expansion *out, const struct xap_db *db,
                           enum field_id field, struct span pattern,
                           struct arena *memory, struct error *err);

/* Words of the field within `edits` insertions, deletions, substitutions or
 * swaps of neighbours of the folded word, with the same first letter. */
enum status expand_fuzzy(struct expansion *out, const struct xap_db *db,
                         enum field_id field, struct span word, uint32_t edits,
                         struct arena *memory, struct error *err);

/* Words of the field that have one of the stems (with their "Z") in one of the
 * languages: for windows, since stems have no positions. */
struct expand_language {
    struct span code, stem;
};
enum status expand_stem(struct expansion *out, const struct xap_db *db,
                        enum field_id field,
                        const struct expand_language *languages,
                        size_t language_count, struct arena *memory,
                        struct error *err);

/* Whether all of `word` matches the pattern: '*' any bytes, '?' one character.
 */
bool expand_matches(struct span pattern, struct span word);

#endif
