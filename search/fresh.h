/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fresh.h - newer articles rank higher: --fresh 30d.
 *
 * An article's weight is multiplied by 1 + 2^(-age / days): doubled on the day,
 * one and a half after `days`, as it is for what is old or undated. So
 * freshness decides between articles that answer about as well, and never
 * which ones answer. The curve is taken in four steps of a quarter, each a
 * range of dates, so that other machines weigh as this one does.
 */
#ifndef NEWS_SEARCH_FRESH_H
#define NEWS_SEARCH_FRESH_H

#include "base/error.h"
#include "xapian-c/xapian-c.h"

struct freshness {
    int32_t today; /* a day number (date.h) */
    int32_t days;  /* 0: age does not matter */
};

/* Replace `*query`, which may be NULL; it is left as it was where that
 * fails. */
enum status fresh_weigh(struct xap_query **query,
                        const struct freshness *freshness, struct error *err);

#endif
