/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tagged.h - annotated news: what the recogniser is trained on and measured
 * with.
 *
 * A file has one token and its tag a line, a tab between; a blank line ends a
 * sentence, "-DOCSTART-" begins an article.  Tags are IOB2: O, B-PER, I-PER and
 * so on for ORG, LOC and MISC.  The tokens are put back together into running
 * text, a sentence on a line, which is then read as any other text is; so the
 * recogniser learns and is measured on what it will meet.
 */
#ifndef NEWS_INDEXER_NAMES_TAGGED_H
#define NEWS_INDEXER_NAMES_TAGGED_H

#include "base/error.h"
#include "base/str.h"
#include "indexer/names/crf.h"

enum { TAGGED_FILE_MAX = 256 * 1024 * 1024 };

struct tagged_name {
    enum crf_type type;
    uint32_t offset, size; /* bytes of the article's text */
};

struct tagged_article {
    struct str text;
    struct tagged_name *names; /* in text order */
    size_t name_count, name_capacity;
};

struct tagged {
    struct tagged_article *articles;
    size_t count, capacity;
};

#define TAGGED_INIT \
    {               \
        NULL, 0, 0  \
    }

/* Append the articles of a file.  BAD_FORMAT names the line. */
enum status tagged_read(struct tagged *out, const char *path,
                        struct error *err);
void tagged_release(struct tagged *tagged);

/* The article as if it had been set in capitals, or as a headline is; offsets
 * stay as they are. */
void tagged_set_capitals(struct tagged_article *article);
void tagged_set_headline(struct tagged_article *article);

#endif
