/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test.h - unit tests that list themselves.
 *
 *     TEST(schema_cuts_long_terms)
 *     {
 *         CHECK_NUMBER(out.size, 245);
 *     }
 *
 * A failed check prints both expressions and both values, and the test goes
 * on.  The program runs all tests of its file, or those named as arguments.
 */
#ifndef NEWS_TESTS_TEST_H
#define NEWS_TESTS_TEST_H

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"

struct test {
    const char *name;
    void (*run)(void);
    struct test *next;
};

extern struct test *test_first;
extern int test_failures;

void test_check_span(const char *file, int line, const char *a, const char *b,
                     struct span actual, struct span expected);
void test_check_number(const char *file, int line, const char *a, const char *b,
                       int64_t actual, int64_t expected);
void test_check_true(const char *file, int line, const char *what, int value);

/* A directory that is empty and removed at the end of the program. */
const char *test_directory(void);

/* The path of a file below tests/, valid until the next call. */
const char *test_path(const char *name);

#define TEST(NAME)                                                 \
    static void NAME(void);                                        \
    __attribute__((constructor)) static void NAME##_register(void) \
    {                                                              \
        static struct test test = { #NAME, NAME, NULL };           \
        test.next = test_first;                                    \
        test_first = &test;                                        \
    }                                                              \
    static void NAME(void)

#define CHECK(condition) \
    test_check_true(__FILE__, __LINE__, #condition, !!(condition))
#define CHECK_NUMBER(actual, expected)                        \
    test_check_number(__FILE__, __LINE__, #actual, #expected, \
                      (int64_t)(actual), (int64_t)(expected))
#define CHECK_SPAN(actual, expected)                                  \
    test_check_span(__FILE__, __LINE__, #actual, #expected, (actual), \
                    span_of(expected))
#define CHECK_STR(actual, expected)                                          \
    test_check_span(__FILE__, __LINE__, #actual, #expected, span_of(actual), \
                    span_of(expected))
/* An enum status; prints the error's message when it differs. */
#define CHECK_STATUS(actual, expected, err)                                    \
    do {                                                                       \
        int test_status = (int)(actual);                                       \
        test_check_number(__FILE__, __LINE__, #actual, #expected, test_status, \
                          (int)(expected));                                    \
        if (test_status != (int)(expected))                                    \
            printf("    message: %s\n", (err).message);                        \
    } while (0)

#endif
