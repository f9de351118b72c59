/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * export.h - all articles that answer a question, for other programs.
 *
 * The articles come one by one, oldest first, those without a date last; those
 * of one day in the order of the archive.  Memory holds one article, and eight
 * bytes for each of the month that is being written.  Where the archive moves
 * meanwhile, the question is asked again and goes on where it was: what was
 * written does not come again, what was to come is not lost, unless its date
 * changes on the way.
 *
 * Adding a format: a row in export_formats.c, a paragraph in newsq(1).
 */
#ifndef NEWS_SEARCH_EXPORT_H
#define NEWS_SEARCH_EXPORT_H

#include "search/results.h"

struct export_format {
    const char *name;
    const char *head; /* before the first article */
    void (*article)(struct str *out, const struct record *record);
};

/* NULL-terminated. */
extern const struct export_format *const export_formats[];

/* USAGE lists them. */
enum status export_format_find(const struct export_format **out,
                               const char *name, struct error *err);

/* Take bytes; a failure ends the export with it. */
typedef enum status export_write(void *payload, struct span bytes,
                                 struct error *err);

/* Write all articles with all the words; where there are none, those with some,
 * unless the question insists.  `*count` is how many.  BAD_QUERY with
 * `*column`. */
enum status export_run(uint64_t *count, struct archive *archive,
                       const struct question *question,
                       const struct export_format *format, export_write *write,
                       void *payload, uint32_t *column, struct error *err);

#endif
