/* SPDX-License-Identifier: GPL-2.0-or-later */
/* alto.h - the text of scanned pages in ALTO XML (Library of Congress). */
#ifndef NEWS_CORPUS_ALTO_H
#define NEWS_CORPUS_ALTO_H

#include "corpus/article.h"
#include "corpus/xml_tree.h"

/* Append the text of the lines below `top`, as paragraphs; divided words are
 * joined. */
void alto_text(struct str *out, const struct xml_node *top);

/* The names that the page's <Tags> give to words below `top`, in `memory`. */
struct alto_names {
    struct alto_name {
        enum article_field field;
        struct span label;
    } * items;
    size_t count, capacity;
};
void alto_read_names(struct alto_names *names, struct arena *memory,
                     const struct xml_node *page, const struct xml_node *top);

/* The names must live as long as the article. */
void alto_add_names(struct article *out, const struct alto_names *names);

#endif
