/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * query_scan.h - the tokens of a question, each with its column.
 *
 * Marks mean what they look like (query_plain.h).  Words come as typed (apart
 * from that); what is a word in the end is for text/tokens.h to say.  A token
 * of punctuation alone is no token.
 */
#ifndef NEWS_SEARCH_QUERY_SCAN_H
#define NEWS_SEARCH_QUERY_SCAN_H

#include "search/query.h"

enum query_token_kind {
    TOKEN_END,
    TOKEN_WORD,   /* pakistan, El-Rufai, secur*, 2022-04..          */
    TOKEN_QUOTED, /* "..."; the text is without the quotes          */
    TOKEN_OPEN,   /* (                                              */
    TOKEN_CLOSE,  /* )                                              */
    TOKEN_FIELD,  /* title:                                         */
    TOKEN_AND,    /* in capitals                                    */
    TOKEN_OR,
    TOKEN_NOT,
    TOKEN_PLUS, /* before an item                                 */
    TOKEN_MINUS,
    TOKEN_EXACT,   /* = before a word                                */
    TOKEN_NEAR,    /* w/5, near/5, pre/5, w/s, w/p                   */
    TOKEN_ATLEAST, /* atleast3, before a bracket                     */
    TOKEN_TILDE,   /* ~ or ~2, after a word or a quotation           */
    TOKEN_CARET,   /* ^3, after a word, a quotation or a bracket     */
};

struct query_token {
    enum query_token_kind kind;
    uint32_t column;      /* of its first character, from 1 */
    struct span text;     /* valid as long as the arena */
    enum field_id field;  /* FIELD */
    uint32_t number;      /* NEAR words, ATLEAST times, TILDE (0: none said) */
    double factor;        /* CARET */
    enum query_unit unit; /* NEAR */
    bool ordered;         /* NEAR */
    bool open;            /* QUOTED: without a closing mark */
};

struct query_tokens {
    struct query_token *items; /* the last is TOKEN_END */
    size_t count;
};

/* BAD_QUERY where it is over a limit, not UTF-8, has control characters, or
 * names a field that does not exist; `*column` says where. */
enum status query_scan(struct query_tokens *out, struct span text,
                       struct arena *memory, uint32_t *column,
                       struct error *err);

#endif
