/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * database_compare.h - whether two Xapian databases say the same.
 *
 * Compares, through libxapian's public interface alone, everything that can be
 * asked: figures, metadata, every term with its frequencies and bounds, every
 * posting with its wdf and positions, every value and its bounds, every
 * document's length, data, terms and values; and the answers to queries.
 */
#ifndef NEWS_TESTS_DATABASE_COMPARE_H
#define NEWS_TESTS_DATABASE_COMPARE_H

#include "base/error.h"
#include "base/str.h"

/* STATUS_OK where they are equal, STATUS_MISMATCH where they differ: `report`
 * then has the first differences, one a line, in both databases' words. */
enum status database_compare(const char *path_a, const char *path_b,
                             struct str *report, struct error *err);

/* Read all that there is in one database: the number of things looked at. */
enum status database_read(const char *path, uint64_t *count, struct error *err);

#endif
