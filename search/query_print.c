/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <inttypes.h>

#include "base/utf8.h"
#include "search/query.h"
#include "text/unicode.h"

static const char *const kinds[QUERY_KIND_COUNT] = {
    [QUERY_PHRASE] = "phrase",   [QUERY_NEAR] = "near",
    [QUERY_ATLEAST] = "atleast", [QUERY_LIST] = "list",
    [QUERY_AND] = "and",         [QUERY_OR] = "or",
    [QUERY_NOT] = "not",
};

static void print_day(struct str *out, int32_t day)
{
    if (day == QUERY_DAY_FIRST || day == QUERY_DAY_LAST)
        return;
    date_add(out, (struct date){ DATE_DAY, day, 0, DATE_ZONE_NONE });
}

static void print_leaf(struct str *out, const struct query_node *node,
                       bool with_field)
{
    if (with_field && node->field != FIELD_TEXT)
        str_addf(out, "%s:", schema_fields[node->field].name);
    if (node->kind == QUERY_DATE) {
        if (node->first_day > node->last_day) {
            str_add_text(out, "unknown");
            return;
        }
        print_day(out, node->first_day);
        str_add_text(out, "..");
        print_day(out, node->last_day);
        return;
    }
    if (node->kind == QUERY_EXACT && with_field)
        str_add_char(out, '=');
    str_add(out, node->text);
    if (node->kind == QUERY_FUZZY)
        str_addf(out, "~%" PRIu32, node->number);
}

static void print_marks(struct str *out, const struct query_node *node)
{
    if (node->mark != QUERY_PLAIN)
        str_add_char(out, node->mark == QUERY_PLUS ? '+' : '-');
}

static void print_name(struct str *out, const struct query_node *node)
{
    bool words = node->kind == QUERY_PHRASE ||
                 (node->kind == QUERY_NEAR && node->field != FIELD_TEXT);
    if (words && node->field != FIELD_TEXT)
        str_addf(out, "%s:", schema_fields[node->field].name);
    str_add_char(out, '(');
    str_add_text(out, node->ordered ? "pre" : kinds[node->kind]);
    if (node->kind == QUERY_NEAR && node->unit != QUERY_WORDS)
        str_add_text(out, node->unit == QUERY_SENTENCE ? " s" : " p");
    else if (node->number)
        str_addf(out, " %" PRIu32, node->number);
}

static void print(struct str *out, const struct query_node *node,
                  bool with_field, int indent)
{
    if (!node)
        return;
    print_marks(out, node);
    if (!node->part_count) {
        print_leaf(out, node, with_field);
    } else {
        bool phrase = node->kind == QUERY_PHRASE;
        print_name(out, node);
        for (size_t i = 0; i < node->part_count; i++) {
            if (indent >= 0 && !phrase)
                str_addf(out, "\n%*s", indent + 2, "");
            else
                str_add_char(out, ' ');
            print(out, node->parts[i], with_field && !phrase,
                  indent >= 0 ? indent + 2 : -1);
        }
        str_add_char(out, ')');
    }
    if (node->boost != 1)
        str_addf(out, "^%g", node->boost);
}

void query_print(struct str *out, const struct query_node *node)
{
    print(out, node, true, -1);
}

void query_print_lines(struct str *out, const struct query_node *node)
{
    print(out, node, true, 0);
}

enum { POINT_BEFORE = 50, POINT_AFTER = 25 }; /* characters shown */

void query_point(struct str *out, struct span text, uint32_t column)
{
    uint32_t first = column > POINT_BEFORE ? column - POINT_BEFORE : 1;
    uint32_t at_column = 1;
    unsigned blanks = 0;
    for (size_t at = 0; at < text.size; at_column++) {
        uint32_t code;
        size_t size = utf8_decode(text, at, &code);
        bool is_shown = size && code >= 0x20;
        if (at_column >= first && at_column <= column + POINT_AFTER) {
            if (is_shown)
                str_add(out, span_slice(text, at, at + size));
            else
                str_add_char(out, '?');
            if (at_column < column)
                blanks += is_shown ? unicode_columns(code) : 1;
        }
        at += size ? size : 1;
    }
    blanks += column > at_column ? column - at_column : 0;
    str_addf(out, "\n%*s^\n", (int)blanks, "");
}
