/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * name_tokens.h - text cut into words, marks and sentences as annotated news
 * has them (CoNLL-2003), which is what the recogniser learns from.
 *
 * Not the words of the index (text/tokens.h): here a hyphen stays inside its
 * word, an abbreviation keeps its full stop, 's is a token of its own, and so
 * is every mark.  Time is linear in the text whatever it holds.
 */
#ifndef NEWS_INDEXER_NAMES_NAME_TOKENS_H
#define NEWS_INDEXER_NAMES_NAME_TOKENS_H

#include "base/span.h"

enum {
    NAME_TOKEN_SIZE_MAX =
        128, /* bytes; a longer word is never part of a name */
};

enum name_token_flags {
    NAME_TOKEN_CAPITAL = 1 << 0,       /* a word that holds a capital letter */
    NAME_TOKEN_FIRST_CAPITAL = 1 << 1, /* and begins with it */
    NAME_TOKEN_ALL_CAPITALS = 1 << 2,  /* two or more, and no small letter */
    NAME_TOKEN_LOWER = 1 << 3,         /* a word of small letters only */
    NAME_TOKEN_DIGITS = 1 << 4,        /* begins with a digit */
    NAME_TOKEN_MARK = 1 << 5,          /* punctuation */
    NAME_TOKEN_LINK = 1 << 6,      /* may stand inside a name: of, and, de, & */
    NAME_TOKEN_START = 1 << 7,     /* the first word of a sentence */
    NAME_TOKEN_APART = 1 << 8,     /* addresses, @users, overlong words */
    NAME_TOKEN_CAPS_LINE = 1 << 9, /* in a sentence all in capitals */
    NAME_TOKEN_TITLE_LINE = 1 << 10, /* in a headline: Most Words Like This */
    NAME_TOKEN_PARTICLE = 1 << 11,   /* may begin a name: de, van, al, bin */
};

struct name_token {
    uint32_t offset;
    uint32_t size;
    uint32_t fold;    /* hash of the word without regard to ASCII case */
    uint16_t flags;   /* enum name_token_flags */
    uint16_t letters; /* used inside: letters counted, at most 65535 */
};

struct name_tokens {
    struct name_token *items;
    size_t count, capacity;
};

static inline struct span name_token_span(const struct name_token *token,
                                          struct span text)
{
    return span_slice(text, token->offset, token->offset + token->size);
}

#define NAME_TOKENS_INIT \
    {                    \
        NULL, 0, 0       \
    }

/* Cut `text` (valid UTF-8, under 4 GB) from the byte `from` on, and stop at the
 * first end of a sentence after `limit` tokens.  The tokens replace those that
 * `tokens` held; returns the byte where the next call goes on, text.size at
 * the end. */
size_t name_tokens_read(struct name_tokens *tokens, struct span text,
                        size_t from, size_t limit);
void name_tokens_release(struct name_tokens *tokens);

#endif
