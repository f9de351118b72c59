/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * schema.h - what an archive holds about an article, and under which terms.
 *
 * One table describes the index.  The terms written, the fields that queries
 * know, the help that is printed and the facets offered all derive from it.
 */
#ifndef NEWS_NEWSDB_SCHEMA_H
#define NEWS_NEWSDB_SCHEMA_H

#include "base/date.h"
#include "base/str.h"

enum {
    SCHEMA_VERSION = 5, /* raise when an older archive would answer wrongly */
    SCHEMA_TERM_MAX = 245, /* bytes, prefix included: libxapian's limit */
    SCHEMA_NO_SLOT = -1,
};

enum field_id {
    FIELD_TEXT,
    FIELD_TITLE,
    FIELD_PERSON,
    FIELD_ORG,
    FIELD_PLACE,
    FIELD_DATE,
    FIELD_ABOUT,
    FIELD_AUTHOR,
    FIELD_SOURCE,
    FIELD_SECTION,
    FIELD_TOPIC,
    FIELD_LANGUAGE,
    FIELD_COLLECTION,
    FIELD_ID,
    FIELD_COUNT
};

enum field_flags {
    FIELD_WORDS = 1 << 0, /* its words are terms with positions      */
    FIELD_EXACT = 1 << 1, /* each whole value is one boolean term    */
    FIELD_RANGE = 1 << 2, /* dates: A..B                             */
    FIELD_FACET = 1 << 3, /* its values are packed in the slot       */
    FIELD_STEMS = 1 << 4, /* its words are indexed by their stem too */
};

/* The value slot of the last day of a date that is a month or a year; absent
 * where the day is known. */
enum { SCHEMA_SLOT_LAST_DAY = 1 };

struct field {
    const char *name;    /* what users type before the colon */
    const char *aliases; /* other names for it, separated by blanks, or "" */
    const char *prefix;  /* of its terms; "" for the text */
    int slot;            /* value slot or SCHEMA_NO_SLOT */
    unsigned weight;     /* how often a word of it counts in the text's terms;
                            0: it does not stand in the text */
    unsigned flags;      /* enum field_flags */
    const char *summary; /* for `newsidx fields` and newsq(1) */
    const char *example; /* a query that finds something in the sample */
};

extern const struct field schema_fields[FIELD_COUNT];

/* The field of that name or alias; FIELD_COUNT where there is none. */
enum field_id schema_find(struct span name);

/* Append the term of one folded word of a field (folding.h, token_fold). */
void schema_word(struct str *out, enum field_id field, struct span word);

/* Append the term of a stem: "Z", the prefix, the stem, as libxapian's
 * TermGenerator has it.  `stem` begins with its "Z" (stem.h). */
void schema_stem(struct str *out, enum field_id field, struct span stem);

/*
 * Append the term of a whole value: the prefix and the value folded word by
 * word; in a field that has words too, a colon stands between them, so that
 * the person "Kirby" and the word kirby are two terms.  FIELD_ID is not
 * folded.  A term over SCHEMA_TERM_MAX ends in a hash of the whole value.
 */
void schema_value(struct str *out, enum field_id field, struct span value);

/* Append the terms of a date, a zero byte after each: day, month and year as
 * far as they are known.  FIELD_DATE or FIELD_ABOUT. */
void schema_date(struct str *out, enum field_id field, struct date date);

/* The text form in which dates stand in the slots, YYYYMMDDhhmmss: the start
 * of the date (00:00:00 where no time is known).  Sorts as the dates do. */
void schema_date_value(struct str *out, struct date date);
/* The day of such a value; false where it is none. */
bool schema_value_day(struct span value, int32_t *day);

/* The values of a facet are packed into one slot and unpacked from it.  The
 * term of a value is made of its key (of a name, text/name_key.h; of others,
 * the form itself); where a name's is not the key of its form, it stands behind
 * the form, after a zero byte. */
void schema_pack_value(struct str *out, enum field_id field, struct span form,
                       struct span key);
bool schema_unpack_value(struct span *from, struct span *out);
/* Of a value: what is shown, and the term, which is appended. */
struct span schema_facet_form(struct span value);
void schema_facet_term(struct str *out, enum field_id field, struct span value);

#endif
