/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * format.h - what a news format is to the rest of the program.
 *
 * Adding one:
 *  1. write corpus/format_NAME.c with a `const struct format`;
 *  2. add it to the table in corpus/formats.c;
 *  3. put small invented samples in tests/fixtures/NAME/, with expected.jsonl;
 *  4. add seeds in tests/fuzz/seeds/NAME/ and a line to newsidx(1).
 *
 * Reading is in two steps, so that one thread finds records while others read
 * them: `next` cuts the stream at record boundaries and does no more; `parse`
 * makes an article of a record and may run on any thread.
 */
#ifndef NEWS_CORPUS_FORMAT_H
#define NEWS_CORPUS_FORMAT_H

#include "corpus/article.h"
#include "corpus/source.h"

enum {
    FORMAT_HEAD_SIZE = 16 * 1024,         /* bytes a bid is made on */
    FORMAT_RECORD_MAX = 64 * 1024 * 1024, /* bytes of one record */
};

/* One row of --map: the corpus's name for a field of ours. */
struct field_map_entry {
    struct span theirs;
    enum article_field ours;
};

struct field_map {
    const struct field_map_entry *entries;
    size_t count;
};

struct format_options {
    struct field_map map;       /* asked before the names known by themselves */
    enum date_order date_order; /* DATE_ORDER_ONE: the input is asked */
};

/* A record as `next` found it. */
struct raw_record {
    struct span bytes;
    uint64_t offset;  /* of the first byte in the decompressed stream */
    struct span name; /* the file's path below its collection, which
                         may serve as the article's id */
};

struct format {
    const char *name;     /* as in --format=NAME */
    const char *summary;  /* one line for `newsidx formats` and the man page */
    const char *signs;    /* how it is recognised, one line, likewise */
    const char *fields;   /* which of our fields it fills, likewise */
    const char *suffixes; /* ".sgm .sgml": breaks ties between equal bids */

    /* How sure is this format that `head`, the first decompressed bytes, is
     * its own?  0 not mine; 1-49 plausible; 50-99 a signature; 100 proof.
     * Must accept any bytes, including none. */
    int (*bid)(struct span head);

    size_t state_size; /* of the zeroed state that the input owns */

    /* Read what stands before the records (a header row).  May be NULL. */
    enum status (*begin)(void *state, struct source *source,
                         const struct format_options *options,
                         struct error *err);

    /* The next record: `out->bytes` and `out->offset`, valid until the next
     * call.  END; BAD_RECORD or TOO_BIG leave the stream at the following
     * record; any other failure ends the file. */
    enum status (*next)(void *state, struct source *source,
                        struct raw_record *out, struct error *err);

    /* Fill an article that article_begin() began; the caller finishes it.
     * Thread-safe: may read what `begin` set in the state, nothing that `next`
     * changes.  BAD_RECORD; SKIPPED where the record is no article. */
    enum status (*parse)(const void *state, const struct raw_record *raw,
                         const struct format_options *options,
                         struct article *out, struct error *err);

    void (*end)(void *state); /* NULL when the state owns nothing */
};

/* NULL-terminated; in the order in which `newsidx formats` lists them. */
extern const struct format *const formats[];

const struct format *format_by_name(const char *name); /* NULL: none */

/* The format with the highest bid; ties go to the one with `path`'s suffix
 * (after .gz is taken off), then to the earlier row.  NULL where none bids. */
const struct format *format_detect(struct span head, const char *path);

/* BAD_FORMAT for bytes that no format wants: what was looked for, and the
 * first bytes as printable text. */
enum status format_unknown(struct span head, const char *path,
                           struct error *err);

#endif
