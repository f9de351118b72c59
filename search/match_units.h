/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * match_units.h - what a question looks for in a text: words and phrases, and
 * the windows and atleastN() whose parts must do something together.
 *
 * What is excluded, and what stands in other fields than those of the text, is
 * no unit; nor is what goes over a limit.
 */
#ifndef NEWS_SEARCH_MATCH_UNITS_H
#define NEWS_SEARCH_MATCH_UNITS_H

#include "base/arena.h"
#include "search/query.h"
#include "text/stem.h"

enum {
    MATCH_UNITS_MAX = 64,  /* different things looked for */
    MATCH_GROUPS_MAX = 16, /* windows and atleastN() */
    MATCH_NO_GROUP = MATCH_GROUPS_MAX,
    MATCH_PHRASE_MAX = 16, /* words of a phrase that is looked for whole */
};

/* One word of what is looked for. */
struct match_want {
    enum query_kind kind; /* WORD, EXACT, WILDCARD, FUZZY */
    struct span text;     /* stem, folded word or pattern */
    uint32_t edits;
};

struct match_unit {
    struct match_want words[MATCH_PHRASE_MAX];
    size_t count;
    bool title_only;
    size_t group, part; /* it counts only as that part of a group (windows.h) */
};

struct match_units {
    struct match_unit units[MATCH_UNITS_MAX];
    size_t count;
    const struct query_node *groups[MATCH_GROUPS_MAX]; /* NEAR or ATLEAST */
    size_t group_count;
    bool by_sentence; /* some window is a sentence */
    bool has_phrases; /* some unit is of several words */
    /* How a word which is looked for may begin: by its first byte, a bit for
     * each kind of the second. */
    uint32_t starts[256];
};

/* Fill in `out`, which holds zeroes; its texts live in `memory` or are the
 * trees', which may be NULL. */
void match_units_gather(struct match_units *out, const struct query_node *tree,
                        const struct query_node *filter, struct stems *stems,
                        struct arena *memory);

/* Whether a word of a text may be looked for, by how it begins: most are not.
 */
bool match_units_may_want(const struct match_units *units, struct span surface);

/* Whether the words of a field stand in the text as well. */
bool match_is_in_text(enum field_id field);

#endif
