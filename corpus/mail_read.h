/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mail_read.h - the one door to GMime: a message of the Internet (RFC 5322)
 * with its MIME parts (RFC 2045 to 2049), decoded.
 */
#ifndef NEWS_CORPUS_MAIL_READ_H
#define NEWS_CORPUS_MAIL_READ_H

#include "base/arena.h"
#include "base/error.h"

struct mail {
    struct span author; /* the name in From, else its address */
    struct span subject, date, id, newsgroups, list, organization, language;
    struct span text;
    bool is_html; /* there was no plain text */
};

/* Once, before threads read mail. */
void mail_prepare(void);

/* Read a message; everything is UTF-8 as far as the message says what it is,
 * and lives in `memory`.  BAD_RECORD. */
enum status mail_read(struct mail *out, struct span message,
                      struct arena *memory, struct error *err);

#endif
