/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nexis_labels.h - the labels in exports of LexisNexis: "BYLINE: Nell Orr",
 * "Subject: FERRIES (92%); HARBOURS (81%)".
 */
#ifndef NEWS_CORPUS_NEXIS_LABELS_H
#define NEWS_CORPUS_NEXIS_LABELS_H

#include "corpus/article.h"

struct nexis_label {
    const char *name;
    enum article_field field; /* ARTICLE_FIELD_COUNT: of no use to us */
    bool behind;              /* stands behind the text */
};

/* The label that a line begins with, and `*value` what follows its colon; NULL.
 * With `capitals` it must be written in them. */
const struct nexis_label *nexis_label_of(struct span line, bool capitals,
                                         struct span *value);

/* Whether it is that of the length ("LENGTH", "Longueur"), which every article
 * has. */
bool nexis_is_length(const struct nexis_label *label);

/* Add a label's whole value to the article. */
void nexis_add(struct article *out, const struct nexis_label *label,
               struct span value);

#endif
