/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/compiler.h"

static struct span day_value(struct compiler *c, int32_t day, int32_t second)
{
    struct str text = STR_INIT;
    const struct date date = { DATE_TIME, day, second, DATE_ZONE_NONE };
    schema_date_value(&text, date);
    struct span value = arena_copy(c->memory, str_span(&text));
    str_release(&text);
    return value;
}

/*
 * Articles whose day is in the range, and those of which only the month or
 * year is known, if that reaches into it: their first day is in the slot of
 * the date, their last in a slot of its own.
 */
static struct xap_query *published(struct compiler *c,
                                   const struct query_node *node)
{
    unsigned slot = (unsigned)schema_fields[FIELD_DATE].slot;
    bool open_start = node->first_day == QUERY_DAY_FIRST;
    bool open_end = node->last_day == QUERY_DAY_LAST;
    struct span low = day_value(
        c, open_start ? date_day(DATE_YEAR_MIN, 1, 1) : node->first_day, 0);
    struct span high = day_value(
        c, open_end ? date_day(DATE_YEAR_MAX, 12, 31) : node->last_day, 86399);
    struct xap_query *partial[] = {
        xap_query_range(SCHEMA_SLOT_LAST_DAY, &low, NULL, c->err),
        xap_query_range(slot, NULL, &high, c->err),
    };
    struct xap_query *either[] = {
        xap_query_range(slot, &low, &high, c->err),
        xap_query_join(XAP_AND, partial, 2, 0, c->err),
    };
    return compiler_checked(c, xap_query_join(XAP_OR, either, 2, 0, c->err));
}

static struct xap_query *undated(struct compiler *c)
{
    unsigned slot = (unsigned)schema_fields[FIELD_DATE].slot;
    struct span low = day_value(c, date_day(DATE_YEAR_MIN, 1, 1), 0);
    struct xap_query *parts[] = {
        xap_query_all(c->err),
        xap_query_range(slot, &low, NULL, c->err),
    };
    return compiler_checked(c,
                            xap_query_join(XAP_AND_NOT, parts, 2, 0, c->err));
}

/* Mentioned dates are terms of days, months and years: the fewest that cover
 * the range. */
static void add_date_term(struct compiler *c, struct terms *terms,
                          struct date date)
{
    struct str text = STR_INIT;
    schema_date(&text, FIELD_ABOUT, date);
    struct span rest = str_span(&text), term;
    if (span_next(&rest, '\0', &term))
        terms_add(c, terms, term); /* the most precise comes first */
    str_release(&text);
}

enum { MENTIONED_DAYS_MAX = 200 * 366 };

static void mentioned_terms(struct compiler *c, struct terms *terms,
                            int32_t first, int32_t last)
{
    for (int32_t day = first; day <= last;) {
        int year, month, of_month;
        date_civil(day, &year, &month, &of_month);
        struct date whole;
        if (month == 1 && of_month == 1 && date_of_year(&whole, year) &&
            date_last_day(whole) <= last)
            ;
        else if (of_month == 1 && date_of_month(&whole, year, month) &&
                 date_last_day(whole) <= last)
            ;
        else
            date_of_day(&whole, year, month, of_month);
        add_date_term(c, terms, whole);
        day = date_last_day(whole) + 1;
    }
}

static struct xap_query *mentioned(struct compiler *c,
                                   const struct query_node *node)
{
    struct terms terms = { NULL, 0, 0 };
    int32_t first = node->first_day, last = node->last_day;
    if (first > last || first == QUERY_DAY_FIRST || last == QUERY_DAY_LAST ||
        last - first > MENTIONED_DAYS_MAX) {
        *c->column = node->column;
        return compiler_fail(
            c, error_set(c->err, STATUS_BAD_QUERY,
                         "about: wants a date or a range of at most "
                         "200 years"));
    }
    mentioned_terms(c, &terms, first, last);
    return compiler_join(c, &terms, XAP_OR);
}

struct xap_query *compiler_date(struct compiler *c,
                                const struct query_node *node)
{
    if (node->field == FIELD_ABOUT)
        return mentioned(c, node);
    return node->first_day > node->last_day ? undated(c) : published(c, node);
}
