/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * article.h - one news article, as its corpus tells it.
 *
 * A format fills an article field by field with article_add(), in whatever
 * spelling its file has; article_finish() then makes it fit for the rest of
 * the program.  After that every text is valid UTF-8 in NFC without control
 * characters; one-line fields have single blanks; the body's paragraphs stand
 * apart by one blank line ("\n\n") and are one line each.
 */
#ifndef NEWS_CORPUS_ARTICLE_H
#define NEWS_CORPUS_ARTICLE_H

#include "base/arena.h"
#include "base/date.h"
#include "base/error.h"

enum { ARTICLE_VALUES_MAX = 10000 }; /* values of one field that are kept */

enum article_field {
    ARTICLE_ID, /* unique within its collection */
    ARTICLE_TITLE,
    ARTICLE_SUBTITLE,
    ARTICLE_AUTHOR, /* may repeat; "By " and roles are taken off */
    ARTICLE_DATE,   /* as text, in any form that date.h reads */
    ARTICLE_BODY,   /* may repeat: the parts are joined as paragraphs */
    ARTICLE_SUMMARY,
    ARTICLE_DATELINE,
    ARTICLE_URL,
    ARTICLE_SOURCE, /* the outlet or agency */
    ARTICLE_SECTION,
    ARTICLE_TOPIC,    /* may repeat */
    ARTICLE_PERSON,   /* may repeat; "Last, First" and slugs are turned */
    ARTICLE_ORG,      /* may repeat */
    ARTICLE_PLACE,    /* may repeat */
    ARTICLE_LANGUAGE, /* ends as a lower-case code, "en" */
    ARTICLE_VERSION,
    ARTICLE_STATUS,     /* usable, canceled, withheld, embargoed */
    ARTICLE_EMBARGO,    /* a date before which it may not be published */
    ARTICLE_COLLECTION, /* where the record itself names one: an export */
    ARTICLE_FIELD_COUNT
};

struct article_values {
    struct span *items; /* in the article's arena */
    size_t count, capacity;
};

struct article {
    struct arena *memory;
    struct article_values values[ARTICLE_FIELD_COUNT];
    struct date date; /* from ARTICLE_DATE, or set by the format */
    enum date_order date_order;
    struct span charset; /* what it seems to be in; empty: UTF-8 or 1252 */
    size_t repaired;     /* characters that were not what they are now */
    bool may_be_empty;   /* the corpus counts it though it has no text */
    bool id_made_up;     /* the corpus gives none: hash of the content */
};

/* What a newsroom's system says of the item (NITF management-status, NewsML-G2
 * pubStatus, ninjs pubstatus, NewsML 1 Status). */
enum article_state {
    ARTICLE_USABLE,
    ARTICLE_EMBARGOED, /* until the date of ARTICLE_EMBARGO, or for now */
    ARTICLE_WITHDRAWN, /* canceled, withheld, killed: to be removed */
};

/* `now` is seconds since 1970: an embargo that is over is none. */
enum article_state article_state(const struct article *article, int64_t now);

/* Monthlies are dated up to two months ahead of the day they appear. */
enum { ARTICLE_AHEAD_DAYS = 62 };

/* A date of publication that lies further ahead of `now` is a slip. */
bool article_is_ahead(const struct article *article, int64_t now);

/* The version as a number; 0 where it is none. */
uint64_t article_version(const struct article *article);

/* The name of a field as --map and `newsidx probe` spell it: "title". */
const char *article_field_name(enum article_field field);
bool article_field_find(struct span name, enum article_field *out);

/* Begin an article whose memory is `memory`, reset by the caller between
 * articles. */
void article_begin(struct article *article, struct arena *memory,
                   enum date_order order);

/* Add a value; blank ones are passed over.  Of the fields that do not repeat
 * the first value stays.  `value` must live until article_finish(); the copy
 * variant makes it so. */
void article_add(struct article *article, enum article_field field,
                 struct span value);
void article_add_copy(struct article *article, enum article_field field,
                      struct span value);

/* The first value of a field; empty where there is none. */
struct span article_text(const struct article *article,
                         enum article_field field);

/*
 * Clean every field, read the date, find the language where none is given, make
 * up a missing id from the content. BAD_RECORD where there is neither title nor
 * body, unless it may be empty. What comes out is valid until the arena is
 * reset.
 */
enum status article_finish(struct article *article, struct error *err);

#endif
