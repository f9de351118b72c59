/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/names/gold.h"

#include <stdlib.h>

#include "base/memory.h"
#include "indexer/names/lexicon_files.h"

enum { ALL_LABELS = (1 << CRF_LABELS) - 1 };

static bool is_title(const struct lexicon *lexicon, struct span word)
{
    return lexicon_word_lists(lexicon, lexicon_hash_lower(word)) >>
               LEXICON_TITLES &
           1;
}

/* Cut off what stands before the name proper; false where nothing is left. */
static bool trim_loose(const struct lexicon *lexicon,
                       const struct name_tokens *tokens, struct span text,
                       enum crf_type type, size_t *from, size_t to)
{
    for (; *from < to; ++*from) {
        const struct name_token *token = &tokens->items[*from];
        struct span word = name_token_span(token, text);
        if (!(token->flags & NAME_TOKEN_CAPITAL) || span_is_nocase(word, "the"))
            continue;
        if (type != CRF_PERSON || !is_title(lexicon, word))
            return true;
    }
    return false;
}

/* The name of that number; `*at` goes on from name to name. */
static void mark_name(struct gold *gold, const struct name_tokens *tokens,
                      const struct lexicon *lexicon, uint32_t number,
                      size_t *at)
{
    const struct tagged_name *name = &gold->article->names[number];
    struct span text = str_span(&gold->article->text);
    const struct name_token *items = tokens->items;
    while (*at < tokens->count &&
           items[*at].offset + items[*at].size <= name->offset)
        ++*at;
    size_t from = *at, to = from;
    while (to < tokens->count && items[to].offset < name->offset + name->size)
        to++;
    size_t kept = from;
    if (gold->style.loose &&
        !trim_loose(lexicon, tokens, text, name->type, &kept, to)) {
        for (size_t i = from; i < to; i++)
            gold->any[i] = true;
        return;
    }
    for (size_t i = kept; i < to; i++)
        gold->names[i] = number + 1;
}

void gold_read(struct gold *out, const struct tagged_article *article,
               const struct name_tokens *tokens, struct gold_style style,
               const struct lexicon *lexicon)
{
    size_t count = tokens->count + 1, at = 0;
    *out = (struct gold){ .article = article,
                          .style = style,
                          .names = memory_new(count, sizeof(uint32_t)),
                          .allowed = memory_new(count, sizeof(uint32_t)),
                          .any = memory_new(count, sizeof(bool)) };
    for (size_t i = 0; i < article->name_count; i++)
        mark_name(out, tokens, lexicon, (uint32_t)i, &at);
}

static uint32_t label_in_run(const struct gold *gold, struct run run, size_t i)
{
    uint32_t name = gold->names[i];
    bool first = i == run.from || gold->names[i - 1] != name;
    bool last = i + 1 == run.to || gold->names[i + 1] != name;
    unsigned part = first  ? last ? CRF_UNIT : CRF_BEGIN
                    : last ? CRF_LAST
                           : CRF_INSIDE;
    return 1u << (gold->article->names[name - 1].type * 4 + part);
}

void gold_allow(struct gold *gold, struct run run)
{
    uint32_t outside = 1u << CRF_OUTSIDE;
    if (gold->style.without_other)
        outside |= 0xFu << CRF_OTHER * 4;
    for (size_t i = run.from; i < run.to; i++)
        gold->allowed[i] = gold->names[i] ? label_in_run(gold, run, i)
                           : gold->any[i] ? ALL_LABELS
                                          : outside;
}

void gold_release(struct gold *gold)
{
    free(gold->names);
    free(gold->allowed);
    free(gold->any);
}
