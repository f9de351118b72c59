/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * error.h - one status enum and one error report for the whole tree.
 *
 * A function that can fail returns `enum status` and takes a trailing
 * `struct error *err`.  STATUS_OK is 0, so `if (rc)` reads "if it failed".
 * The report is a fixed buffer inside the caller's frame: writing it never
 * allocates, so it also works when memory is what ran out.
 */
#ifndef NEWS_BASE_ERROR_H
#define NEWS_BASE_ERROR_H

#ifdef __cplusplus
extern "C" {
#endif

enum status {
    STATUS_OK = 0,
    STATUS_END,         /* no more items; not a failure, err is untouched */
    STATUS_SKIPPED,     /* well-formed, but not an article: count, go on  */
    STATUS_BAD_RECORD,  /* this record is unusable, the next may be read  */
    STATUS_BAD_FORMAT,  /* the file is not what it claims to be           */
    STATUS_BAD_QUERY,   /* the user's query does not parse                */
    STATUS_USAGE,       /* the command line is not understood             */
    STATUS_NOT_FOUND,   /* no such file, archive, document or field       */
    STATUS_LOCKED,      /* another writer holds the archive               */
    STATUS_STALE,       /* the archive moved under a reader: reopen, retry */
    STATUS_UNREACHABLE, /* another machine does not answer               */
    STATUS_CORRUPT,     /* the archive is damaged                         */
    STATUS_MISMATCH,    /* the archive has another schema version         */
    STATUS_TOO_BIG,     /* an input exceeds a stated limit                */
    STATUS_IO,          /* the operating system refused                   */
    STATUS_NO_MEMORY,
    STATUS_INTERRUPTED, /* the user asked us to stop                      */
    STATUS_INTERNAL,    /* a bug here or in a library                     */
    STATUS_COUNT
};

enum { ERROR_MESSAGE_SIZE = 512 };

struct error {
    enum status status;
    char message[ERROR_MESSAGE_SIZE]; /* one line, no full stop, valid UTF-8 */
};

/* An empty report; the usual way to declare one. */
#define ERROR_INIT    \
    {                 \
        STATUS_OK, "" \
    }

/* "bad-query": the name used in JSON and in tests. */
const char *status_name(enum status status);

/* The exit status of a program that ends because of `status`: 0 all well,
 * 1 nothing found or records skipped, 2 usage or query, 3 archive or input
 * unreadable, 4 out of space or I/O, 130 interrupted. */
int status_exit_code(enum status status);

/* Fill `err` (which may be NULL) and return `status`, so that a failing
 * function ends in `return error_set(err, STATUS_IO, "cannot open '%s'", p);`
 * Control characters and bytes that are not UTF-8 are replaced by '?'. */
enum status error_set(struct error *err, enum status status, const char *format,
                      ...) __attribute__((format(printf, 3, 4)));

/* The same for a failed system call: appends strerror(errno).  STATUS_IO, or
 * STATUS_NOT_FOUND for ENOENT and ENOTDIR. */
enum status error_set_errno(struct error *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Put "context: " in front of the message as an error travels upwards;
 * returns err->status (STATUS_INTERNAL where err is NULL). */
enum status error_context(struct error *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#ifdef __cplusplus
}
#endif

#endif
