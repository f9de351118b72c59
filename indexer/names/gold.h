/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * gold.h - what the annotation of an article says of its tokens: the labels
 * that each of them may have.
 *
 * Names are annotated by bytes and tokens are read anew, so a name is of all
 * tokens that it touches.
 */
#ifndef NEWS_INDEXER_NAMES_GOLD_H
#define NEWS_INDEXER_NAMES_GOLD_H

#include "indexer/names/features.h"
#include "indexer/names/tagged.h"

/* How a file is annotated. */
struct gold_style {
    bool without_other; /* no MISC: a token tagged O may be one */
    bool loose; /* titles and articles are in the names, and common nouns are
                   tagged: they are cut off and passed over */
    unsigned percent; /* that a name of it counts for */
};

#define GOLD_STYLE_INIT   \
    {                     \
        false, false, 100 \
    }

struct gold {
    const struct tagged_article *article;
    struct gold_style style;
    uint32_t *names;   /* of each token: 1 + the name it is in, or 0 */
    uint32_t *allowed; /* labels as bits, once its run was asked for */
    bool *any;         /* nothing is known of the token */
};

/* For the tokens of the article's text; both must outlive it. */
void gold_read(struct gold *out, const struct tagged_article *article,
               const struct name_tokens *tokens, struct gold_style style,
               const struct lexicon *lexicon);

/* Fill in `allowed` for the tokens of a run. */
void gold_allow(struct gold *gold, struct run run);
void gold_release(struct gold *gold);

#endif
