/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stub.h - ARCHIVE/XAPIANDB, the list of an archive's segments.
 *
 * A Xapian stub database file (Xapian 1.4, "Xapian Database Backends"): a line
 * "glass segments/NAME" for each segment, and "remote HOST:PORT" for what is
 * searched on other machines.  An empty list is an archive without articles.
 */
#ifndef NEWS_NEWSDB_STUB_H
#define NEWS_NEWSDB_STUB_H

#include "base/error.h"
#include "base/str.h"

#define STUB_FILE "XAPIANDB"
#define STUB_SEGMENTS "segments" /* the directory of the segments */

enum {
    STUB_LINES_MAX = 4096,
    STUB_SIZE_MAX = 1024 * 1024, /* bytes */
    STUB_NAME_MAX = 10,          /* digits of a segment's number */
};

/* A list of names, each owned. */
struct name_list {
    char **items;
    size_t count, capacity;
};

void name_list_add(struct name_list *list, struct span name);
bool name_list_has(const struct name_list *list, const char *name);
void name_list_release(struct name_list *list);

struct stub {
    struct name_list segments; /* "000042" */
    struct name_list remotes;  /* "HOST:PORT" */
};

/* Read the list of the archive at `path`.  NOT_FOUND where there is no
 * archive, BAD_FORMAT where the path or the list is something else. */
enum status stub_read(struct stub *out, const char *path, struct error *err);

/* Replace the list, durably and at once. */
enum status stub_write(const struct stub *stub, const char *path,
                       struct error *err);

void stub_release(struct stub *stub);

/* Segments are named by numbers, so no line of a list that came from elsewhere
 * leads out of the archive. */
bool stub_is_segment_name(struct span name);

/* The directory of a segment; the caller frees it. */
char *stub_segment_path(const char *path, const char *name);
const char *stub_segment_name(const char *segment_path); /* part of it */

#endif
