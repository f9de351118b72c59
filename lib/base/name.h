/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * name.h - the people, organisations and places of an article, and the dates
 * that its text speaks of: what the recogniser finds and a record remembers.
 *
 * Offsets are bytes of the article's text as the record holds it.
 */
#ifndef NEWS_BASE_NAME_H
#define NEWS_BASE_NAME_H

#include "base/date.h"
#include "base/span.h"

enum name_kind { NAME_PERSON, NAME_ORG, NAME_PLACE, NAME_KIND_COUNT };

/* One mention of a name in the text. */
struct mention {
    uint32_t offset, size;
};

/* One person, organisation or place of the article. */
struct name {
    enum name_kind kind;
    bool stated;      /* the corpus says so; else found in the text */
    struct span form; /* as it is shown: "John Kirby" */
    struct span key;  /* as it is compared across articles: "john kirby" */
    struct mention *mentions; /* in text order; none for names only stated */
    size_t mention_count;
};

struct names {
    struct name *items; /* stated ones first, then by first mention */
    size_t count;
};

/* A date that the text speaks of, resolved to the calendar. */
struct mentioned_date {
    struct date date;
    uint32_t offset, size;
};

#endif
