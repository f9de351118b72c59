/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * callings.h - what the text or the corpus calls by a name: the mentions that
 * names are made of (name_resolve.h).
 *
 *  - A form is cleaned and has a key (name_clean.h); what the lists stop is
 *    left out, and an alias is the name it stands for (name_lists.h).
 *  - "Barkley, Hodgson" are two.
 *  - What has one key is of one kind: the stated one, else the most frequent.
 *    A word alone may have several.
 */
#ifndef NEWS_INDEXER_NAMES_CALLINGS_H
#define NEWS_INDEXER_NAMES_CALLINGS_H

#include "indexer/names/name_lists.h"
#include "indexer/names/recogniser.h"

enum { NAMES_MENTIONS_MAX = 20000 }; /* of one article; the rest is not read */

/* What the text or the corpus calls by a name. */
struct calling {
    enum name_kind kind;
    bool stated;
    bool in_capitals;     /* as everything around it is, or as people are not */
    struct span form;     /* as written, cleaned; of a mention, in the text */
    struct span key;      /* of the kind; words with blanks between */
    size_t words;         /* in the key */
    bool in_one_word;     /* as written: Bello-Koko */
    uint8_t confidence;   /* percent; of a mention */
    struct mention place; /* size 0: only stated */
    size_t name; /* index of its name; NAME_INDEX_NONE: not known yet */
};

struct callings {
    struct calling *items; /* stated ones first, then in text order */
    size_t count;
};

/* The key of a form, in `memory`; and how many words a key has. */
struct span calling_key(enum name_kind kind, struct span form,
                        struct arena *memory);
size_t calling_words(struct span key);

/* All of `out` lives in `memory` or points into the text, the stated forms and
 * the lists.  Of what is stated, kind and form are read. */
void callings_take(struct callings *out, struct span text,
                   const struct entity *entities, size_t entity_count,
                   const struct name *stated, size_t stated_count,
                   const struct name_lists *lists, struct arena *memory);

#endif
