/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/compiler.h"

/* ---- Dates as terms --------------------------------------------------- */

static void add_date_term(struct compiler *c, struct terms *terms,
                          enum field_id field, struct date date)
{
    struct str text = STR_INIT;
    schema_date(&text, field, date);
    struct span rest = str_span(&text), term;
    if (span_next(&rest, '\0', &term))
        terms_add(c, terms, term); /* the most precise comes first */
    str_release(&text);
}

/* The fewest days, months and years that cover the range; false where they are
 * more than `most`. */
static bool cover(struct compiler *c, struct terms *terms, enum field_id field,
                  int32_t first, int32_t last, size_t most)
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
        if (terms->count == most)
            return false;
        add_date_term(c, terms, field, whole);
        day = date_last_day(whole) + 1;
    }
    return true;
}

/* ---- When it was published -------------------------------------------- */

static struct span day_value(struct compiler *c, int32_t day, int32_t second)
{
    struct str text = STR_INIT;
    const struct date date = { DATE_TIME, day, second, DATE_ZONE_NONE };
    schema_date_value(&text, date);
    struct span value = arena_copy(c->memory, str_span(&text));
    str_release(&text);
    return value;
}

/* The first and the last day in a slot; false where it has none, or no days. */
static bool days_in_slot(struct compiler *c, unsigned slot, int32_t *first,
                         int32_t *last)
{
    struct str low = STR_INIT, high = STR_INIT;
    uint32_t count = 0;
    enum status rc =
        xap_db_value_bounds(c->db, slot, &count, &low, &high, c->err);
    if (rc)
        compiler_fail(c, rc);
    bool known = !rc && count && schema_value_day(str_span(&low), first) &&
                 schema_value_day(str_span(&high), last);
    str_release(&low);
    str_release(&high);
    return known;
}

enum { COVER_MAX = 200 }; /* terms; of more the values are tested */

/* Articles whose day is in the range.  Lists of terms are short; to test values
 * libxapian walks through those of all articles. */
static struct xap_query *published_in(struct compiler *c, int32_t first,
                                      int32_t last)
{
    unsigned slot = (unsigned)schema_fields[FIELD_DATE].slot;
    int32_t lowest, highest;
    struct terms terms = { NULL, 0, 0 };
    if (days_in_slot(c, slot, &lowest, &highest) &&
        cover(c, &terms, FIELD_DATE, first > lowest ? first : lowest,
              last < highest ? last : highest, COVER_MAX))
        return compiler_join(c, &terms, XAP_OR);
    struct span low = day_value(c, first, 0), high = day_value(c, last, 86399);
    return compiler_checked(c, xap_query_range(slot, &low, &high, c->err));
}

/* Articles of which only the month or the year is known, if that reaches into
 * the range: their first day is in the slot of the date, their last in a slot
 * of its own. */
static struct xap_query *partial_in(struct compiler *c, int32_t first,
                                    int32_t last)
{
    unsigned slot = (unsigned)schema_fields[FIELD_DATE].slot;
    struct span low = day_value(c, first, 0), high = day_value(c, last, 86399);
    struct xap_query *ends[] = {
        xap_query_range(SCHEMA_SLOT_LAST_DAY, &low, NULL, c->err),
        xap_query_range(slot, NULL, &high, c->err),
    };
    return compiler_checked(c, xap_query_join(XAP_AND, ends, 2, 0, c->err));
}

static struct xap_query *published(struct compiler *c,
                                   const struct query_node *node)
{
    bool open_start = node->first_day == QUERY_DAY_FIRST;
    bool open_end = node->last_day == QUERY_DAY_LAST;
    int32_t first =
        open_start ? date_day(DATE_YEAR_MIN, 1, 1) : node->first_day;
    int32_t last = open_end ? date_day(DATE_YEAR_MAX, 12, 31) : node->last_day;
    struct xap_query *whole = published_in(c, first, last);
    int32_t lowest, highest;
    if (!days_in_slot(c, SCHEMA_SLOT_LAST_DAY, &lowest, &highest))
        return whole;
    struct xap_query *either[] = { whole, partial_in(c, first, last) };
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

/* ---- What it speaks of ------------------------------------------------ */

enum { MENTIONED_DAYS_MAX = 200 * 366 };

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
    cover(c, &terms, FIELD_ABOUT, first, last, SIZE_MAX);
    return compiler_join(c, &terms, XAP_OR);
}

struct xap_query *compiler_date(struct compiler *c,
                                const struct query_node *node)
{
    if (node->field == FIELD_ABOUT)
        return mentioned(c, node);
    return node->first_day > node->last_day ? undated(c) : published(c, node);
}
