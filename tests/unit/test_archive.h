/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_archive.h - small archives for tests, whose articles are numbers.
 *
 * What is not as it should be is a failed check (test.h).
 */
#ifndef NEWS_TESTS_TEST_ARCHIVE_H
#define NEWS_TESTS_TEST_ARCHIVE_H

#include "newsdb/archive.h"
#include "newsdb/stub.h"

/* The path of an archive or segment that is not there; valid until the next
 * call. */
const char *test_new_path(void);

/* The term of an article's identity, in place of what `out` holds. */
void test_identity(struct str *out, int id);

/* A segment with the articles `first` to `last`; the data tell the round. */
void test_segment(const char *path, int first, int last, int round);

/* Publish a segment of these articles; returns how many copies went. */
uint64_t test_publish_segment(struct archive_writer *writer, char *path,
                              int first, int last);
/* The same with a new segment. */
uint64_t test_publish(struct archive_writer *writer, int first, int last,
                      int round);

/* An archive of the articles 1 to 10, and its list as it is then, which the
 * caller releases; as he closes the writer. */
struct test_archive {
    char path[512];
    struct stub stub;
    struct archive_writer *writer;
};

void test_begin_archive(struct test_archive *out);

/* How many articles the index has. */
uint32_t test_articles(const char *path);

/* So many articles are found by a search, by a set and by a walk. */
void test_answers(const char *path, uint32_t expected);

/* There is one article with that id, with these data. */
void test_article(const char *path, int id, const char *expected);

#endif
