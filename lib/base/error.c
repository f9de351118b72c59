/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

static const struct {
    const char *name;
    int exit_code;
} statuses[STATUS_COUNT] = {
    [STATUS_OK] = { "ok", 0 },
    [STATUS_END] = { "end", 0 },
    [STATUS_SKIPPED] = { "skipped", 1 },
    [STATUS_BAD_RECORD] = { "bad-record", 1 },
    [STATUS_BAD_FORMAT] = { "bad-format", 3 },
    [STATUS_BAD_QUERY] = { "bad-query", 2 },
    [STATUS_USAGE] = { "usage", 2 },
    [STATUS_NOT_FOUND] = { "not-found", 3 },
    [STATUS_LOCKED] = { "locked", 3 },
    [STATUS_STALE] = { "stale", 3 },
    [STATUS_UNREACHABLE] = { "unreachable", 3 },
    [STATUS_CORRUPT] = { "corrupt", 3 },
    [STATUS_MISMATCH] = { "mismatch", 3 },
    [STATUS_TOO_BIG] = { "too-big", 3 },
    [STATUS_IO] = { "io", 4 },
    [STATUS_NO_MEMORY] = { "no-memory", 4 },
    [STATUS_INTERRUPTED] = { "interrupted", 130 },
    [STATUS_INTERNAL] = { "internal", 4 },
};

const char *status_name(enum status status)
{
    return statuses[status].name;
}

int status_exit_code(enum status status)
{
    return statuses[status].exit_code;
}

/* Whether a terminal might obey the character instead of showing it. */
static bool is_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0);
}

/* Make a cut or hostile message printable: one line of whole characters. */
static void tidy(char *message)
{
    struct span text = span_of(message);
    text.size = utf8_floor(text, text.size);
    message[text.size] = '\0';
    for (size_t at = 0; at < text.size;) {
        uint32_t code;
        size_t size = utf8_decode(text, at, &code);
        size_t bad = !size ? 1 : is_control(code) ? size : 0;
        memset(message + at, '?', bad);
        at += size ? size : 1;
    }
}

enum status error_set(struct error *err, enum status status, const char *format,
                      ...)
{
    if (!err)
        return status;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(err->message, sizeof(err->message), format, arguments);
    va_end(arguments);
    err->status = status;
    tidy(err->message);
    return status;
}

enum status error_set_errno(struct error *err, const char *format, ...)
{
    int number = errno;
    enum status status =
        number == ENOENT || number == ENOTDIR ? STATUS_NOT_FOUND : STATUS_IO;
    if (!err)
        return status;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(err->message, sizeof(err->message), format, arguments);
    va_end(arguments);
    size_t used = strlen(err->message);
    snprintf(err->message + used, sizeof(err->message) - used, ": %s",
             strerror(number));
    err->status = status;
    tidy(err->message);
    return status;
}

enum status error_context(struct error *err, const char *format, ...)
{
    if (!err)
        return STATUS_INTERNAL;
    char inner[ERROR_MESSAGE_SIZE];
    memcpy(inner, err->message, sizeof(inner));
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(err->message, sizeof(err->message), format, arguments);
    va_end(arguments);
    size_t used = strlen(err->message);
    snprintf(err->message + used, sizeof(err->message) - used, ": %s", inner);
    tidy(err->message);
    return err->status;
}
