/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * file_bytes.h - the bytes of a file as they lie there, compressed or not, read
 * forwards once; of bytes in memory and of a function that gives them too.
 *
 * They are counted and hashed as they are read.
 */
#ifndef NEWS_CORPUS_FILE_BYTES_H
#define NEWS_CORPUS_FILE_BYTES_H

#include "base/error.h"
#include "base/hash.h"
#include "base/str.h"

/* Gives up to `size` bytes into `out`; `*got` is 0 at their end.  CORRUPT where
 * what came before is good and there is no more. */
typedef enum status file_bytes_reader(void *payload, char *out, size_t size,
                                      size_t *got, struct error *err);

struct file_bytes {
    char *path;
    int fd;             /* -1: bytes in memory, or a reader */
    struct span memory; /* what is left of them */
    file_bytes_reader *reader;
    void *payload;
    uint64_t size; /* 0: a stream */
    uint64_t consumed;
    struct hash hash;  /* XXH64 of what is consumed */
    struct str damage; /* "the archive is damaged (why)"; of a reader */

    char *buffer;
    size_t buffer_size;
    struct span pending; /* what is read and not taken; in the buffer */
    bool ended;
};

/* "-" is standard input.  NOT_FOUND, IO; then there is nothing to close. */
enum status file_bytes_open(struct file_bytes *out, const char *path,
                            struct error *err);
/* `bytes` must outlive it. */
struct file_bytes file_bytes_of_span(struct span bytes);
/* `payload` must be there while it is read. */
struct file_bytes file_bytes_of_reader(const char *path,
                                       file_bytes_reader *reader, void *payload,
                                       uint64_t size);
void file_bytes_close(struct file_bytes *file);

/* Read on behind what is pending; then `pending` begins elsewhere. */
enum status file_bytes_read(struct file_bytes *file, struct error *err);

/* Whether there is more to read, and room for it. */
bool file_bytes_wants_more(const struct file_bytes *file);

/* Room for all of the file, `least` and `most` at the outside. */
size_t file_bytes_room(const struct file_bytes *file, size_t least,
                       size_t most);

#endif
