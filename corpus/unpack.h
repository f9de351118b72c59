/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * unpack.h - the one door to libarchive: bzip2, xz, lzma, zstd, lz4 and
 * compress(1) data, and the members of tar, zip, 7z, cpio, ar and rar archives.
 *
 * Names of members are only ever names: nothing is written under them.
 */
#ifndef NEWS_CORPUS_UNPACK_H
#define NEWS_CORPUS_UNPACK_H

#include "base/error.h"
#include "base/span.h"

struct unpack;

/* Whether the first bytes are compressed data, or an archive of members. */
bool unpack_is_compressed(struct span head);
bool unpack_is_container(struct span head);
/* Documents of office programs are archives too, but hold one text. */
bool unpack_is_office(struct span head);

/* Gives the next bytes of the packed data, none at its end; valid until the
 * next call. */
typedef enum status unpack_reader(void *payload, struct span *out,
                                  struct error *err);

/* Undo compression: then unpack_read() gives the bytes. */
struct unpack *unpack_open(unpack_reader *reader, void *payload);

/* The members of an archive, one after the other.  BAD_FORMAT. */
enum status unpack_open_container(struct unpack **out, unpack_reader *reader,
                                  void *payload, struct error *err);
/* The same where the archive is a file: zip and 7z keep their list of members
 * at the end. */
enum status unpack_open_file(struct unpack **out, int fd, struct error *err);
void unpack_close(struct unpack *unpack); /* NULL is fine */

struct unpack_member {
    struct span name; /* as the archive has it; valid until the next */
    uint64_t size;    /* bytes; 0 where it is not known beforehand */
    int64_t modified; /* nanoseconds since 1970 */
};

/* The next member that is a file.  END; CORRUPT: nothing can be read behind
 * what is damaged. */
enum status unpack_next(struct unpack *unpack, struct unpack_member *out,
                        struct error *err);

/* Up to `size` bytes into `out`; `*got` is 0 at the end.  CORRUPT. */
enum status unpack_read(struct unpack *unpack, char *out, size_t size,
                        size_t *got, struct error *err);

#endif
