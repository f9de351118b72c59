/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mets_issue.h - an issue of a digitised newspaper: its METS file (Library of
 * Congress), which has the articles in the logical structure map, and the text
 * of the ALTO pages that it names.
 *
 * The issue is read as a whole, since its articles share pages.  Pages lie
 * beside the METS file; one that is missing or damaged leaves its blocks out.
 */
#ifndef NEWS_CORPUS_METS_ISSUE_H
#define NEWS_CORPUS_METS_ISSUE_H

#include "corpus/alto.h"
#include "corpus/source.h"
#include "corpus/xml_ids.h"

/* A block of text on one of the pages; a whole page where articles are not told
 * apart. */
struct mets_block {
    struct span file, id, text;
    struct alto_names names;
};

struct mets_issue {
    struct xml_tree *tree;
    struct arena *memory;
    struct mets_block *blocks; /* sorted by file and id */
    size_t block_count, block_capacity;
    const struct xml_node **articles; /* <div> of each */
    size_t article_count, article_capacity;
    const struct xml_node **sections; /* <dmdSec> that are no article's */
    size_t section_count, section_capacity;
    struct xml_ids ids;   /* every element that has one */
    struct xml_ids links; /* <smLink> by the ID they are from */
    bool by_page;         /* no article is told apart: pages are articles */
};

/* Read into `issue`, which holds zeroes, and is to be released either way.
 * BAD_FORMAT where it is no XML, NOT_FOUND where no page can be read. */
enum status mets_issue_read(struct mets_issue *issue, struct source *source,
                            struct error *err);
void mets_issue_release(struct mets_issue *issue);

/* The block of that ID in the file of that ID, without one for a whole page;
 * NULL where there is none.  The issue's. */
const struct mets_block *mets_issue_block(const struct mets_issue *issue,
                                          struct span file, struct span id);

#endif
