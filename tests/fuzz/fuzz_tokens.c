/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any text is cut into words and sentences that agree with each other. */
#include <stdlib.h>

#include "base/str.h"
#include "base/utf8.h"
#include "tests/fuzz/fuzz.h"
#include "text/stem.h"
#include "text/folding.h"
#include "text/sentences.h"
#include "text/tokens.h"
#include "text/unicode.h"

enum { SIZE_LOOKED_AT = 1024 }; /* the checks are quadratic */

static void require(bool condition)
{
    if (!condition)
        abort();
}

static bool is_valid(struct span s)
{
    return utf8_valid_prefix(s) == s.size;
}

/* A word alone is the same word: what is indexed is what a query sees. */
static void check_alone(struct span surface)
{
    struct tokens tokens = tokens_begin(surface);
    struct token token;
    require(tokens_next(&tokens, &token));
    require(span_equal(token.surface, surface));
    require(!tokens_next(&tokens, &token));
}

static void check_word(struct stems *stems, struct span surface)
{
    struct str term = STR_INIT, lower = STR_INIT;
    require(surface.size && is_valid(surface));
    token_fold(&term, surface);
    token_lower(&lower, surface);
    require(term.size <= TOKENS_WORD_MAX && lower.size <= TOKENS_WORD_MAX);
    require(is_valid(str_span(&term)) && is_valid(str_span(&lower)));
    const struct word *word = stems_look_up(stems, surface);
    require(span_equal(word->term, str_span(&term)));
    require(!word->stem.size || word->stem.data[0] == 'Z');
    require(is_valid(word->stem));
    str_release(&term);
    str_release(&lower);
}

/* The sentence around a word holds it, and so do those of its neighbours if
 * and only if they are of the same sentence. */
static void check_sentence(struct span text, const struct token *token,
                           const struct token *before,
                           struct span *sentence_before)
{
    struct span sentence = text_sentence(text, token->offset);
    require(sentence.data <= token->surface.data);
    require(sentence.data + sentence.size >=
            token->surface.data + token->surface.size);
    bool same = sentence.data == sentence_before->data;
    if (before)
        require(same == (before->sentence == token->sentence));
    *sentence_before = sentence;
}

static void check_walk(struct span text)
{
    struct stems *stems = stems_new(span_of("en"));
    struct tokens tokens = tokens_begin(text);
    struct token token, before = { 0 };
    struct span sentence = { NULL, 0 };
    size_t end = 0;
    while (tokens_next(&tokens, &token)) {
        require(token.offset >= end);
        require(token.surface.data == text.data + token.offset);
        end = token.offset + token.surface.size;
        require(end <= text.size);
        require(token.position > before.position);
        require(token.sentence >= before.sentence);
        require(token.paragraph >= before.paragraph);
        check_alone(token.surface);
        check_word(stems, token.surface);
        check_sentence(text, &token, before.position ? &before : NULL,
                       &sentence);
        before = token;
    }
    stems_free(stems);
}

static void check_composed(struct span text)
{
    struct str once = STR_INIT, twice = STR_INIT;
    unicode_compose(&once, text);
    unicode_compose(&twice, str_span(&once));
    require(is_valid(str_span(&once)));
    require(span_equal(str_span(&once), str_span(&twice)));
    str_release(&once);
    str_release(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = STR_INIT, folded = STR_INIT;
    size = size < SIZE_LOOKED_AT ? size : SIZE_LOOKED_AT;
    utf8_repair(&text, (struct span){ (const char *)data, size });
    check_walk(str_span(&text));
    check_composed(str_span(&text));
    text_fold(&folded, str_span(&text));
    require(is_valid(str_span(&folded)));
    for (size_t at = 0; at <= text.size; at++) {
        struct span sentence = text_sentence(str_span(&text), at);
        require(is_valid(sentence));
    }
    str_release(&text);
    str_release(&folded);
    return 0;
}
