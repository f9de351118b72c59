/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * record.h - what the archive remembers of an article: its document data.
 *
 * A record is decodable without the index.  Its encoding is a version byte,
 * then fields in ascending order of number, each a number and its bytes
 * (pack.h); a reader passes over fields that it does not know, so fields may be
 * added within a version.  Empty fields and empty items of lists are not
 * stored.  Every text is UTF-8; collection, id and origin are bytes as given,
 * since files and directories may be named with any.
 *
 * The title and the body stand in one text, the title first and a blank line
 * between, so that an offset into the text means the same to the indexer, the
 * names, the snippets and the reader of JSON.
 */
#ifndef NEWS_NEWSDB_RECORD_H
#define NEWS_NEWSDB_RECORD_H

#include "base/arena.h"
#include "base/error.h"
#include "base/name.h"

enum {
    RECORD_VERSION = 1,
    RECORD_SIZE_MAX = 64 * 1024 * 1024, /* bytes of an encoded record */
};

struct record_list {
    struct span *items;
    size_t count;
};

struct record {
    struct span collection;
    struct span id;      /* within the collection */
    struct span text;    /* title, blank line, body; or one of them alone */
    uint32_t title_size; /* bytes of the title at the front of the text */
    struct date date;    /* of publication */
    struct span source, section, language, url;
    struct span subtitle, dateline, summary;
    struct span version; /* as the corpus counts them */
    struct record_list authors, topics;
    struct names names;
    struct mentioned_date *dates;
    size_t date_count;
    struct span origin;     /* the input it was read from, as named then */
    uint64_t origin_offset; /* of the record in the decompressed input */
};

/* The two parts of record.text; either may be empty. */
struct span record_title(const struct record *record);
struct span record_body(const struct record *record);

/* Append the encoding. */
void record_encode(struct str *out, const struct record *record);

/* Lengthen an encoded record by bytes that mean nothing. */
void record_pad(struct str *encoded, struct span bytes);

/* Decode; spans point into `data`, arrays live in `memory`.  CORRUPT says at
 * which byte, MISMATCH when a later version wrote it.  What comes out may be
 * trusted: texts are UTF-8, the title and every mention are whole characters of
 * the text, and the arrays take at most 16 times the bytes they were read
 * from. */
enum status record_decode(struct record *out, struct span data,
                          struct arena *memory, struct error *err);

#endif
