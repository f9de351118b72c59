/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * beside.h - the files that lie beside a file, on disk or in the same archive,
 * for formats whose articles stand in several.
 *
 * Archives are read once more for it, up to the last file that is wanted.
 */
#ifndef NEWS_CORPUS_BESIDE_H
#define NEWS_CORPUS_BESIDE_H

#include "corpus/source.h"

/* What is known of an archive.  Not shared between threads. */
struct beside;

/* `path` is the archive's.  NULL where it cannot be read a second time. */
struct beside *beside_new(const char *path);
void beside_free(struct beside *beside); /* NULL is fine */

/* Calls `visit` once for each of the files that can be opened, in any order,
 * with the numbers of all paths that name it.  Paths are as source_path() gives
 * them, a leading "../" behind the folder may be left in them.  `beside` is
 * that of the source which names them (NULL: they lie on disk). */
typedef void beside_visit(void *payload, const size_t *indices, size_t count,
                          struct source *source);
enum status beside_read(struct beside *beside, const char *const *paths,
                        size_t count, beside_visit *visit, void *payload,
                        struct error *err);

/* The path of what a file names, "file://./alto/0001.xml": beside the file,
 * never above its folder's parent, and never anywhere else.  False where it is
 * no such path or does not fit into `size` bytes. */
bool beside_path(char *out, size_t size, const char *path, struct span name);

/* Whether a file that knows an issue's articles (METS, DIDL) lies in the file's
 * folder or in the one above. */
bool beside_has_issue(struct beside *beside, const char *path);

#endif
