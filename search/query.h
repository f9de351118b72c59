/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * query.h - what the user asked, as a tree.
 *
 *     pentagon pakistan -india     (list pentagon pakistan -india)
 *     "shared interests" w/5 kirb* (near 5 (phrase shared interests) kirb*)
 *     a w/5 b pre/3 c              (pre 3 (near 5 a b) c)
 *     title:(a OR b) date:2022-04  (list (or title:a title:b)
 *                                        date:2022-04-01..2022-04-30)
 *
 * The tree is made by query_parse() without looking at any archive, and is
 * read by the compiler (compile.h), which makes a question for libxapian of
 * it, and by the matcher (match.h), which finds in a text what answers it.  A
 * tree lives in the arena it was parsed into.
 *
 * Precedence, from the tightest: field:, ~ and ^; w/n and pre/n, from left to
 * right; words side by side; AND and NOT, from left to right; OR.  NOT takes
 * one word, quotation, bracket or window: what stands behind it is asked for.
 */
#ifndef NEWS_SEARCH_QUERY_H
#define NEWS_SEARCH_QUERY_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "newsdb/schema.h"

/* Limits of one question; the message of an error names the one it met. */
enum {
    QUERY_SIZE_MAX = 65536,  /* bytes */
    QUERY_WORDS_MAX = 1000,  /* words, values and dates */
    QUERY_DEPTH_MAX = 50,    /* brackets within brackets */
    QUERY_NEAR_MAX = 999,    /* n of w/n: less than a paragraph's gap */
    QUERY_ATLEAST_MAX = 999, /* n of atleastn() */
    QUERY_EDITS_MAX = 2,     /* n of word~n */
    QUERY_VERIFIED_MAX = 16, /* atleastn(), query_wants_text() */
    QUERY_WILDCARD_LETTERS_MIN = 2,
    QUERY_BOOST_MAX = 1000,
};

/* Days that leave a range of dates open. */
enum { QUERY_DAY_FIRST = -1000000, QUERY_DAY_LAST = 1000000 };

enum query_kind {
    QUERY_WORD,     /* a word in all its forms (by stem)                   */
    QUERY_EXACT,    /* this form only                                      */
    QUERY_WILDCARD, /* a pattern: '*' any letters, '?' one                 */
    QUERY_FUZZY,    /* within `number` edits                               */
    QUERY_VALUE,    /* the whole value of a field without words            */
    QUERY_DATE,     /* `first_day` to `last_day`                           */
    QUERY_PHRASE,   /* EXACT and WILDCARD side by side, in order           */
    QUERY_NEAR,     /* all of them within a window                         */
    QUERY_ATLEAST,  /* the one part at least `number` times                */
    QUERY_LIST,     /* items side by side: all of them, or some            */
    QUERY_AND,
    QUERY_OR,
    QUERY_NOT, /* the first without the second                        */
    QUERY_KIND_COUNT
};

enum query_unit { QUERY_WORDS, QUERY_SENTENCE, QUERY_PARAGRAPH };

/* What stands before an item of a list. */
enum query_mark { QUERY_PLAIN, QUERY_PLUS, QUERY_MINUS };

struct query_node {
    enum query_kind kind;
    enum query_mark mark;
    enum field_id field; /* where it looks; of leaves, PHRASE and NEAR */
    uint32_t column;     /* where it begins in the question, from 1 */
    double boost;        /* 1 unless said otherwise */

    struct span text;            /* WORD, EXACT, FUZZY, VALUE: as typed;
                                    WILDCARD: folded, with its '*' and '?' */
    uint32_t number;             /* FUZZY edits, NEAR words, ATLEAST times */
    enum query_unit unit;        /* NEAR */
    bool ordered;                /* NEAR: pre/n */
    int32_t first_day, last_day; /* DATE; first > last: without a date */

    struct query_node **parts;
    size_t part_count;
};

/* How a question is read. */
struct query_settings {
    int32_t today; /* that relative dates start from, a day number (date.h) */
    bool repair;   /* close what is left open, with a note */
};

/* What query_parse() has to say besides the tree. */
struct query_report {
    uint32_t column;  /* of the error, from 1, in characters; 0: no column */
    struct str notes; /* what was repaired, a line each */
};

#define QUERY_REPORT_INIT \
    {                     \
        0, STR_INIT       \
    }

/*
 * Read a question.  BAD_QUERY where it cannot be understood or is over a
 * limit: the message says what was expected, report->column where.  `*out` is
 * NULL for a question without a single word ("", "...").
 */
enum status query_parse(struct query_node **out, struct span text,
                        const struct query_settings *settings,
                        struct arena *memory, struct query_report *report,
                        struct error *err);

/* The value of a field as an option gives it (--person "John Kirby"): no
 * syntax but that of dates; for a field of words the words side by side. */
enum status query_value(struct query_node **out, enum field_id field,
                        struct span text, const struct query_settings *settings,
                        struct arena *memory, struct error *err);

/* All of the parts that are not NULL; the one, where there is one; else
 * NULL. */
struct query_node *query_all_of(struct query_node *const *parts, size_t count,
                                struct arena *memory);
struct query_node *query_any_of(struct query_node *const *parts, size_t count,
                                struct arena *memory);

/* Whether the index cannot tell what is within a window: sentences, and
 * phrases and windows. */
bool query_wants_text(const struct query_node *window);

/* Append the tree on one line, as shown above. */
void query_print(struct str *out, const struct query_node *node);
/* The same over several lines, each level indented. */
void query_print_lines(struct str *out, const struct query_node *node);

/* Append the question and a line with a caret under its column; of a long
 * question the part around the column. */
void query_point(struct str *out, struct span text, uint32_t column);

#endif
