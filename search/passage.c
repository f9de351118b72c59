/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/passage.h"

#include "text/sentences.h"
#include "text/unicode.h"

enum { LEAD_SIZE = 60 }; /* bytes shown before a place in a long sentence */

static bool is_cut(char c)
{
    return c == '\n';
}

/* ---- As much as fits -------------------------------------------------- */

static size_t word_start(struct span text, size_t at, size_t least)
{
    while (at > least && text.data[at - 1] != ' ' && !is_cut(text.data[at - 1]))
        at--;
    return at;
}

static size_t word_end(struct span text, size_t at, size_t most)
{
    while (at < most && text.data[at] != ' ' && !is_cut(text.data[at]))
        at++;
    return at;
}

static size_t floor_from(struct span text, size_t at, size_t least)
{
    size_t floor = unicode_floor(text, at);
    return floor > least ? floor : least;
}

/* Scripts without blanks are cut between characters. */
static size_t cut_before(struct span text, size_t at, size_t least)
{
    size_t start = word_start(text, at, least);
    return at - start > LEAD_SIZE ? floor_from(text, at, start) : start;
}

static size_t cut_after(struct span text, size_t at, size_t most, size_t least)
{
    size_t end = word_end(text, at, most);
    return end - at > LEAD_SIZE ? floor_from(text, at, least) : end;
}

/* With the sentence, unless it is too long. */
static void set_start(struct passage *passage, struct span text,
                      struct span sentence, size_t from, size_t to,
                      uint32_t size)
{
    size_t start = (size_t)(sentence.data - text.data);
    if (from < start)
        start = from;
    bool fits = sentence.size <= size && to - start <= size;
    bool far = !fits && from - start > LEAD_SIZE;
    passage->start =
        (uint32_t)(far ? cut_before(text, from - LEAD_SIZE, start) : start);
    passage->cut_start = passage->start > start;
}

/* To the end of the sentence of the last place, and on with whole sentences
 * while there is room. */
static void set_end(struct passage *passage, struct span text, size_t to,
                    uint32_t size)
{
    size_t limit = passage->start + size;
    size_t end = to;
    for (;;) {
        size_t from = end;
        while (from < text.size && text.data[from] == ' ')
            from++;
        struct span sentence = text_sentence(text, from > to ? from : to - 1);
        if (!sentence.size)
            break;
        size_t next = (size_t)(sentence.data - text.data) + sentence.size;
        if (next <= end || (next > limit && end > to))
            break;
        if (next > limit) {
            size_t cut = limit > to ? limit : to;
            end = next - cut < 25 ? next : cut_after(text, cut, next, to);
            passage->cut_end = end < next;
            break;
        }
        end = next;
        if (end < text.size && is_cut(text.data[end]))
            break;
    }
    passage->end = (uint32_t)end;
}

/* ---- As the user says ------------------------------------------------- */

static size_t words_before(struct span text, size_t at)
{
    for (unsigned n = 0; n < PASSAGE_WORDS && at && !is_cut(text.data[at - 1]);
         n++) {
        while (at && text.data[at - 1] == ' ')
            at--;
        size_t least = at > LEAD_SIZE ? at - LEAD_SIZE : 0;
        size_t start = word_start(text, at, least);
        if (start == least && least)
            return unicode_floor(text, least);
        at = start;
    }
    return at;
}

static size_t words_after(struct span text, size_t at)
{
    for (unsigned n = 0;
         n < PASSAGE_WORDS && at < text.size && !is_cut(text.data[at]); n++) {
        while (at < text.size && text.data[at] == ' ')
            at++;
        size_t most = text.size - at > LEAD_SIZE ? at + LEAD_SIZE : text.size;
        size_t end = word_end(text, at, most);
        if (end == most && most < text.size)
            return floor_from(text, most, at);
        at = end;
    }
    return at;
}

static size_t paragraph_start(struct span text, size_t at)
{
    size_t least = at > PASSAGE_PARAGRAPH_MAX ? at - PASSAGE_PARAGRAPH_MAX : 0;
    size_t start = at;
    while (start > least &&
           !(start > 1 && passage_paragraph_ends(text, start - 2)))
        start--;
    return start == least ? unicode_floor(text, start) : start;
}

static size_t paragraph_end(struct span text, size_t at)
{
    size_t most = text.size - at > PASSAGE_PARAGRAPH_MAX
                      ? at + PASSAGE_PARAGRAPH_MAX
                      : text.size;
    size_t end = at;
    while (end < most && !passage_paragraph_ends(text, end))
        end++;
    return end == most ? unicode_floor(text, end) : end;
}

static struct span sentence_at(struct span text, size_t at)
{
    struct span sentence = text_sentence(text, at);
    return sentence.size ? sentence : span_slice(text, at, at + 1);
}

static size_t sentence_start(struct span text, size_t at)
{
    size_t start = (size_t)(sentence_at(text, at).data - text.data);
    return start < at ? start : at;
}

/* Of the sentence that holds the byte before `at`. */
static size_t sentence_end(struct span text, size_t at)
{
    struct span sentence = sentence_at(text, at - 1);
    size_t end = (size_t)(sentence.data - text.data) + sentence.size;
    return end > at ? end : at;
}

/* As much around the places from `from` to `to` as the user said. */
static void set_context(struct passage *passage, struct span text, size_t from,
                        size_t to, enum passage_context context)
{
    size_t start, end;
    switch (context) {
    case PASSAGE_BY_WORDS:
        start = words_before(text, from);
        end = words_after(text, to);
        break;
    case PASSAGE_PARAGRAPH:
        start = paragraph_start(text, from);
        end = paragraph_end(text, to);
        break;
    default:
        start = sentence_start(text, from);
        end = sentence_end(text, to);
        break;
    }
    passage->start = (uint32_t)start;
    passage->end = (uint32_t)end;
    passage->cut_start = sentence_start(text, start) < start;
    passage->cut_end = sentence_end(text, end) > end;
}

/* ---- The passage ------------------------------------------------------ */

void passage_make(struct passage *out, struct span text,
                  const struct found *first, const struct found *last,
                  uint32_t size, enum passage_context context)
{
    *out = (struct passage){ .cut_start = false };
    if (context != PASSAGE_FITTING) {
        set_context(out, text, first->offset, last->offset + last->size,
                    context);
        return;
    }
    size_t to = last->offset + last->size;
    set_start(out, text, text_sentence(text, first->offset), first->offset, to,
              size);
    set_end(out, text, to, size);
}

void passage_begin(struct passage *out, struct span text, size_t start,
                   uint32_t size)
{
    *out = (struct passage){ .start = (uint32_t)start };
    set_end(out, text, start + 1, size);
}
