/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/fresh.h"

#include "base/date.h"
#include "newsdb/schema.h"

/* The ages, in units of `days`, at which 2^-age is 7/8, 5/8, 3/8 and 1/8: the
 * middles of the steps. */
static const double ages[] = { 0.193, 0.678, 1.415, 3 };

enum { STEPS = sizeof(ages) / sizeof(*ages) };

static struct xap_query *published_since(int32_t day, struct error *err)
{
    const struct date date = { DATE_TIME, day, 0, DATE_ZONE_NONE };
    struct str text = STR_INIT;
    schema_date_value(&text, date);
    struct span low = str_span(&text);
    struct xap_query *range = xap_query_range(
        (unsigned)schema_fields[FIELD_DATE].slot, &low, NULL, err);
    str_release(&text);
    return range;
}

/* A step's share of the weight of those answers that are so new. */
static struct xap_query *step(const struct xap_query *query, int32_t day,
                              struct error *err)
{
    struct xap_query *parts[] = { xap_query_copy(query, err),
                                  published_since(day, err) };
    struct xap_query *recent = xap_query_join(XAP_FILTER, parts, 2, 0, err);
    return recent ? xap_query_scale(recent, 1.0 / STEPS, err) : NULL;
}

enum status fresh_weigh(struct xap_query **query,
                        const struct freshness *freshness, struct error *err)
{
    if (!*query || !freshness->days)
        return STATUS_OK;
    struct xap_query *parts[STEPS + 1] = { xap_query_copy(*query, err) };
    for (size_t i = 0; i < STEPS; i++) {
        double age = ages[i] * freshness->days;
        parts[i + 1] = step(*query, freshness->today - (int32_t)age, err);
    }
    struct xap_query *weighed =
        xap_query_join(XAP_AND_MAYBE, parts, STEPS + 1, 0, err);
    if (!weighed)
        return err->status;
    xap_query_free(*query);
    *query = weighed;
    return STATUS_OK;
}
