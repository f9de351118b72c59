/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * walk.h - the files that the operands of `newsidx add` name.
 *
 * A directory is walked in byte order of names, depth first, following
 * symbolic links to files but not to directories; names that begin with a dot
 * are passed over, and so are a corpus's papers (README, LICENSE, *.dtd, ...),
 * unless they are named themselves.  The collection of a file is the name of
 * the directory given, or of the directory that holds the file given; standard
 * input's is "stdin".
 */
#ifndef NEWS_CORPUS_WALK_H
#define NEWS_CORPUS_WALK_H

#include "base/error.h"
#include "base/span.h"

struct walk;

struct walk_entry {
    const char *path;      /* as to be opened and shown; "-" */
    const char *full_path; /* absolute, symbolic links resolved; "-" */
    const char *collection;
    const char *relative; /* below the collection's directory */
    uint64_t size;        /* bytes; 0 for streams */
    int64_t modified;     /* nanoseconds since 1970 */
    bool stream;          /* can be read once: standard input, a pipe */
};

/* `paths` must outlive the walk.  Directories are listed one at a time. */
struct walk *walk_open(const char *const *paths, size_t count);
void walk_close(struct walk *walk); /* NULL is fine */

/* The next file, valid until the next call; END at the end.  A path that
 * cannot be read gives its failure once; the walk goes on after it. */
enum status walk_next(struct walk *walk, struct walk_entry *out,
                      struct error *err);

/* Whether a file of that name is passed over within a directory. */
bool walk_passes_over(const char *name);

#endif
