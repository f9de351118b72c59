/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/hits.h"

#include "search/compile.h"
#include "search/fold.h"
#include "search/match_dates.h"

static enum status load_record(struct record *out,
                               const struct xap_matches *matches, size_t i,
                               struct arena *memory, struct error *err)
{
    struct str data = STR_INIT;
    enum status rc = xap_matches_data(matches, i, &data, err);
    if (!rc)
        rc = record_decode(out, arena_copy(memory, str_span(&data)), memory,
                           err);
    str_release(&data);
    return rc;
}

enum status hit_load(struct hit *out, const struct xap_matches *matches,
                     size_t i, uint32_t rank_base, uint32_t *document,
                     struct arena *memory, struct error *err)
{
    const struct xap_match match = xap_matches_at(matches, i);
    *out = (struct hit){
        .rank = rank_base + match.rank + 1,
        .score = match.weight,
    };
    *document = match.document;
    return load_record(&out->record, matches, i, memory, err);
}

struct term_set {
    const struct compiled *compiled;
    bool *has; /* for each item of the question */
};

static bool on_matching_term(void *payload, struct span term, uint32_t count)
{
    struct term_set *set = payload;
    (void)count;
    for (size_t i = 0; i < set->compiled->item_count; i++) {
        const struct compiled_item *item = &set->compiled->items[i];
        for (size_t j = 0; !set->has[i] && j < item->term_count; j++)
            set->has[i] = span_equal(item->terms[j], term);
    }
    return true;
}

enum status hit_find_lacks(struct hit *hit, const struct xap_matches *matches,
                           size_t i, const struct compiled *compiled,
                           struct arena *memory, struct error *err)
{
    size_t count = compiled->item_count;
    struct term_set set = { compiled, arena_alloc(memory, count) };
    enum status rc =
        xap_matches_each_term(matches, i, on_matching_term, &set, err);
    hit->lacks = arena_alloc(memory, count * sizeof(*hit->lacks));
    for (size_t j = 0; j < count; j++)
        if (!set.has[j])
            hit->lacks[hit->lack_count++] = compiled->items[j].label;
    return rc;
}

uint32_t hits_fold(struct hit *hits, size_t *hit_count, uint32_t limit,
                   struct arena *memory)
{
    size_t count = *hit_count, kept = 0, i = 0;
    const struct record **records =
        arena_alloc(memory, count * sizeof(const struct record *));
    size_t *behind = arena_alloc(memory, count * sizeof(*behind));
    size_t *capacities = arena_alloc(memory, count * sizeof(*capacities));
    for (size_t j = 0; j < count; j++)
        records[j] = &hits[j].record;
    fold_records(behind, records, count);
    for (; i < count && (behind[i] != i || kept < limit); i++) {
        const struct hit hit = hits[i];
        if (behind[i] == i) {
            behind[i] = kept; /* where it stands from now on */
            hits[kept++] = hit;
            continue;
        }
        size_t at = behind[behind[i]];
        struct hit *first = &hits[at];
        first->alike = arena_grow(memory, first->alike, first->alike_count,
                                  &capacities[at], sizeof(*first->alike));
        first->alike[first->alike_count++] = hit;
    }
    *hit_count = kept;
    return (uint32_t)i;
}

/* Texts of one language share a matcher. */
void hits_make_snippets(struct hit *hits, size_t count,
                        const struct query_node *tree,
                        const struct query_node *filter,
                        const struct snippet_options *options,
                        struct arena *memory)
{
    struct matcher *matcher = NULL;
    struct span language = { NULL, 0 };
    for (size_t i = 0; i < count; i++) {
        struct hit *hit = &hits[i];
        const struct record *record = &hit->record;
        if (!matcher || !span_equal(language, record->language)) {
            matcher_free(matcher);
            language = record->language;
            matcher = matcher_new(tree, filter, language);
        }
        matcher_run(matcher, record->text, record->title_size, memory,
                    &hit->found);
        match_dates(&hit->found, tree, filter, record, memory);
        snippet_make(&hit->snippet, record->text, record->title_size,
                     &hit->found, options, memory);
    }
    matcher_free(matcher);
}
