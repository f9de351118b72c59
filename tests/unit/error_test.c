/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/error.h"

#include <errno.h>

#include "base/utf8.h"
#include "tests/unit/test.h"

TEST(error_set_fills_and_returns)
{
    struct error err = ERROR_INIT;
    CHECK_NUMBER(error_set(&err, STATUS_IO, "cannot open '%s'", "x"),
                 STATUS_IO);
    CHECK_NUMBER(err.status, STATUS_IO);
    CHECK_STR(err.message, "cannot open 'x'");
    CHECK_NUMBER(error_set(NULL, STATUS_CORRUPT, "%d", 1), STATUS_CORRUPT);
}

TEST(error_set_errno_names_the_reason)
{
    static const struct {
        int number;
        enum status status;
        const char *message;
    } rows[] = {
        { ENOENT, STATUS_NOT_FOUND, "open: No such file or directory" },
        { ENOTDIR, STATUS_NOT_FOUND, "open: Not a directory" },
        { ENOSPC, STATUS_IO, "open: No space left on device" },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct error err = ERROR_INIT;
        errno = rows[i].number;
        CHECK_NUMBER(error_set_errno(&err, "open"), rows[i].status);
        CHECK_NUMBER(err.status, rows[i].status);
        CHECK_STR(err.message, rows[i].message);
        errno = rows[i].number;
        CHECK_NUMBER(error_set_errno(NULL, "open"), rows[i].status);
    }
}

TEST(error_context_goes_in_front)
{
    struct error err = ERROR_INIT;
    error_set(&err, STATUS_BAD_RECORD, "no body");
    CHECK_NUMBER(error_context(&err, "record %d", 7), STATUS_BAD_RECORD);
    CHECK_NUMBER(error_context(&err, "'%s'", "a.sgm"), STATUS_BAD_RECORD);
    CHECK_STR(err.message, "'a.sgm': record 7: no body");
    CHECK_NUMBER(error_context(NULL, "x"), STATUS_INTERNAL);
}

TEST(error_messages_are_one_line_of_utf8)
{
    static const struct {
        const char *text, *expected;
    } rows[] = {
        { "a\nb\tc\033[1m\177", "a?b?c?[1m?" },
        { "caf\xC3\xA9", "caf\xC3\xA9" },
        { "caf\xE9 \xC3", "caf? " },
        { "\xED\xA0\x80", "???" },
        { "\xC2\x9B"
          "31m",
          "??31m" },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct error err = ERROR_INIT;
        error_set(&err, STATUS_IO, "%s", rows[i].text);
        CHECK_STR(err.message, rows[i].expected);
    }
}

TEST(error_messages_are_cut_between_characters)
{
    struct str text = STR_INIT;
    for (int shift = 0; shift < 4; shift++) {
        str_clear(&text);
        for (int i = 0; i < shift; i++)
            str_add_char(&text, 'x');
        for (int i = 0; i < ERROR_MESSAGE_SIZE; i++)
            str_add_text(&text, "\xE4\xB8\xAD");
        struct error err = ERROR_INIT;
        error_set(&err, STATUS_IO, "%s", text.data);
        error_context(&err, "context");
        error_context(&err, "%s", text.data);
        struct span message = span_of(err.message);
        CHECK_NUMBER(utf8_valid_prefix(message), message.size);
        CHECK(message.size >= ERROR_MESSAGE_SIZE - 4);
    }
    str_release(&text);
}

TEST(status_names_and_exit_codes)
{
    for (int status = 0; status < STATUS_COUNT; status++) {
        CHECK(status_name((enum status)status) != NULL);
        for (int other = 0; other < status; other++)
            CHECK(strcmp(status_name((enum status)status),
                         status_name((enum status)other)));
    }
    CHECK_STR(status_name(STATUS_BAD_QUERY), "bad-query");
    static const struct {
        enum status status;
        int code;
    } rows[] = {
        { STATUS_OK, 0 },        { STATUS_BAD_RECORD, 1 },
        { STATUS_BAD_QUERY, 2 }, { STATUS_USAGE, 2 },
        { STATUS_NOT_FOUND, 3 }, { STATUS_LOCKED, 3 },
        { STATUS_CORRUPT, 3 },   { STATUS_IO, 4 },
        { STATUS_NO_MEMORY, 4 }, { STATUS_INTERRUPTED, 130 },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        CHECK_NUMBER(status_exit_code(rows[i].status), rows[i].code);
}
