/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * query_parser.h - what the parts of the parser share (query.h is the door):
 * query_leaves.c makes words, values and dates of tokens, query_parse.c the
 * tree above them.
 */
#ifndef NEWS_SEARCH_QUERY_PARSER_H
#define NEWS_SEARCH_QUERY_PARSER_H

#include "search/query_scan.h"

struct parser {
    const struct query_tokens *tokens;
    size_t at;
    const struct query_settings *settings;
    struct arena *memory;
    struct query_report *report;
    struct error *err;
    unsigned depth, words, verified;
    enum field_id field; /* that words stand in here */
};

struct node_list {
    struct query_node **items;
    size_t count, capacity;
};

void parser_list_add(struct parser *p, struct node_list *list,
                     struct query_node *node);
/* A node without parts, in the arena. */
struct query_node *parser_node(struct arena *memory, enum query_kind kind,
                               enum field_id field, uint32_t column);
/* The nodes of the list as parts of one; the only one itself, NULL of none. */
struct query_node *parser_join(struct parser *p, enum query_kind kind,
                               const struct node_list *list, uint32_t column);

/* BAD_QUERY at the token. */
enum status parser_refuse(struct parser *p, const struct query_token *token,
                          const char *what);

/* The words of a text as one node, of a kind; NULL where it has none. */
enum status parser_word(struct parser *p, struct query_node **out,
                        struct span text, enum query_kind kind,
                        const struct query_token *token);
/* What the text means in the parser's field: words, a date, a whole value. */
enum status parser_value(struct parser *p, struct query_node **out,
                         struct span text, bool quoted,
                         const struct query_token *token);

#endif
