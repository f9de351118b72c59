/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * compiler.h - what the parts of the compiler share (compile.h is the door).
 *
 * A failure is kept in the compiler; what comes after it does nothing, and the
 * end of compile() reports it.
 */
#ifndef NEWS_SEARCH_COMPILER_H
#define NEWS_SEARCH_COMPILER_H

#include "search/compile.h"
#include "text/stem.h"

/* The articles that were found to answer a node. */
struct verified {
    const struct query_node *node;
    uint32_t *documents;     /* NULL where another machine is asked, too: */
    struct span *identities; /* it is asked for these */
    size_t count, capacity;
};

struct compiler {
    const struct xap_db *db;
    struct arena *memory;
    struct compiled *out;
    uint32_t *column;
    struct error *err;
    enum status rc; /* the first failure */
    struct span languages[COMPILE_LANGUAGES_MAX];
    struct stems *stems[COMPILE_LANGUAGES_MAX];
    size_t language_count;
    bool unstemmed; /* there are more: of those a word is asked for as it is */
    struct compiled_item *item; /* whose terms are being gathered */
    size_t item_capacity;
    struct verified verified[QUERY_VERIFIED_MAX];
    size_t verified_count;
};

/* Different terms only. */
struct terms {
    struct span *items; /* in the compiler's memory */
    size_t count, capacity;
};

/* Keep the first failure; NULL, to be returned as a query. */
struct xap_query *compiler_fail(struct compiler *c, enum status rc);
/* The query, or the failure that made it NULL. */
struct xap_query *compiler_checked(struct compiler *c, struct xap_query *query);

/* English, which articles without a language are read as, and the languages
 * that the archive has most of. */
void compiler_find_languages(struct compiler *c);

void terms_add(struct compiler *c, struct terms *terms, struct span term);
/* A word as it is, folded. */
void terms_of_word(struct compiler *c, struct terms *terms,
                   const struct query_node *node);
/* Its stems in the languages of the archive. */
void terms_of_stems(struct compiler *c, struct terms *terms,
                    const struct query_node *node);
/* What a pattern or fuzzy word stands for. */
void terms_of_expansion(struct compiler *c, struct terms *terms,
                        const struct query_node *node);
/* The raw words, which have positions, that a leaf stands for; false where it
 * is no word. */
bool terms_with_positions(struct compiler *c, struct terms *terms,
                          const struct query_node *node);
/* A whole value of a field. */
void terms_of_value(struct compiler *c, struct terms *terms,
                    const struct query_node *node);

/* The terms as one question. */
struct xap_query *compiler_join(struct compiler *c, const struct terms *terms,
                                enum xap_operator op);

/* Of the articles that answer `candidates`, which it takes over, those whose
 * text answers the node: what the index cannot tell (compile_verified.c). */
struct xap_query *compiler_verified(struct compiler *c,
                                    const struct query_node *node,
                                    struct xap_query *candidates);

/* Articles with the phrase, or with what is within a window. */
struct xap_query *compiler_window(struct compiler *c,
                                  const struct query_node *node);

/* Articles of, or about, the days of a QUERY_DATE. */
struct xap_query *compiler_date(struct compiler *c,
                                const struct query_node *node);

#endif
