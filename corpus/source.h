/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * source.h - the decompressed bytes of one file, read forwards.
 *
 * Compression is found by its magic bytes and undone underneath: gzip of any
 * number of members (RFC 1952), bzip2, xz, lzma, zstd, lz4 and compress(1).
 * What expands over SOURCE_EXPANSION_MAX times its size is taken for a bomb.
 * What can be read of a damaged or cut file is delivered; then source_damage()
 * says what is wrong and where.  Nothing is held but a window: reading calls
 * have a limit, and a line or record over it is passed over without being held.
 */
#ifndef NEWS_CORPUS_SOURCE_H
#define NEWS_CORPUS_SOURCE_H

#include "corpus/file_bytes.h"

struct source;
struct beside;

enum {
    SOURCE_EXPANSION_MAX = 1000, /* decompressed bytes for one of the file */
    SOURCE_EXPANSION_FREE = 256 * 1024 * 1024, /* not asked before */
};

/* "-" is standard input.  NOT_FOUND, IO. */
enum status source_open(struct source **out, const char *path,
                        struct error *err);
/* A source over bytes in memory (tests, fuzzing), compressed or not; `bytes`
 * must outlive it. */
struct source *source_of_bytes(struct span bytes);
/* A source over bytes that a function gives (file_bytes.h). */
struct source *source_of_reader(const char *path, file_bytes_reader *reader,
                                void *payload, uint64_t size);
void source_close(struct source *source); /* NULL is fine */

/* Read the rest, from the next byte on, as text in that character set: what is
 * peeked and read from here on is UTF-8, and offsets count its bytes.  A byte
 * order mark is dropped.  Nothing happens where the set is UTF-8 or unknown. */
void source_set_charset(struct source *source, struct span charset);

/* Put a text in the place of what is left, to the end of the file: what is
 * peeked and read from here on.  The source takes over the text's memory, and
 * offsets count its bytes.  Once, and before anything was skipped. */
enum status source_replace(struct source *source, struct str *text,
                           struct error *err);

/* The next `want` bytes without consuming them, fewer only at the end of the
 * file.  Valid until the next call. */
enum status source_peek(struct source *source, size_t want, struct span *out,
                        struct error *err);

/* Consume `count` bytes, no more than were peeked. */
void source_skip(struct source *source, size_t count);

/* Consume a line, with its "\n" if it has one; `out` is without "\r\n".
 * Valid until the next call.  END at the end; TOO_BIG over `limit` bytes: the
 * line is passed over, the next call reads on behind it. */
enum status source_line(struct source *source, size_t limit, struct span *out,
                        struct error *err);

/* Consume up to and including the next `delimiter`; `out` includes it, and
 * lacks it only at the end of the file.  Otherwise as source_line(). */
enum status source_until(struct source *source, struct span delimiter,
                         size_t limit, struct span *out, struct error *err);

/* What lies beside a member of an archive (beside.h), or NULL; the archive's.
 */
void source_set_beside(struct source *source, struct beside *beside);
struct beside *source_beside(const struct source *source);

/* As it was opened with; "memory" for bytes. */
const char *source_path(const struct source *source);

/* Offset of the next byte in the decompressed stream. */
uint64_t source_offset(const struct source *source);

/* Bytes of the file read so far and in all (0 for a stream), for progress. */
uint64_t source_consumed(const struct source *source);
uint64_t source_size(const struct source *source);

/* XXH64 of the file's bytes; complete once the source was read to its end. */
uint64_t source_checksum(const struct source *source);

/* What is wrong with the compressed data, or NULL: "cut off at byte 1234 of
 * the compressed file".  Valid until source_close(). */
const char *source_damage(const struct source *source);

#endif
