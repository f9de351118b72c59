/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/snippet.h"

#include "base/utf8.h"
#include "text/tokens.h"

enum {
    WINDOW_SIZE = 200, /* bytes from the first to the last place of a passage */
    LEAD_SIZE = 60,    /* bytes shown before a place in a long sentence */
    MERGE_SIZE = 20,   /* bytes between passages that are joined */
};

/* A stretch from place `first` to place `last`, both included. */
struct window {
    size_t first, last;
    double score;
};

static bool is_cut(char c)
{
    return c == '\n';
}

/* Whether the text between two places has a paragraph's end in it. */
static bool crosses_paragraph(struct span text, const struct found *a,
                              const struct found *b)
{
    for (size_t i = a->offset + a->size; i + 1 < b->offset; i++)
        if (is_cut(text.data[i]) && is_cut(text.data[i + 1]))
            return true;
    return false;
}

/* Different things that are still missing count most, then that they are near
 * each other, then that they are many, then that they come early. */
static double score_of(const struct found_list *found, size_t first,
                       size_t last, uint64_t covered)
{
    uint64_t seen = 0;
    unsigned fresh = 0, known = 0;
    for (size_t i = first; i <= last; i++) {
        uint64_t bit = (uint64_t)1 << (found->items[i].unit & 63);
        if (seen & bit)
            continue;
        seen |= bit;
        fresh += !(covered & bit);
        known += (covered & bit) != 0;
    }
    uint32_t span = found->items[last].offset + found->items[last].size -
                    found->items[first].offset;
    return fresh * 10.0 + known * 1.0 + (double)(last - first) * 0.3 +
           2.0 * WINDOW_SIZE / (WINDOW_SIZE + (double)span) -
           found->items[first].offset * 1e-5;
}

static bool overlaps(const struct window *windows, size_t count, size_t first,
                     size_t last)
{
    for (size_t i = 0; i < count; i++)
        if (first <= windows[i].last && last >= windows[i].first)
            return true;
    return false;
}

/* The best window that begins at each place; linear, since windows are
 * short. */
static bool best_window(struct span text, const struct found_list *found,
                        const struct window *taken, size_t taken_count,
                        uint64_t covered, struct window *out)
{
    bool any = false;
    for (size_t first = 0; first < found->count; first++) {
        for (size_t last = first; last < found->count && last < first + 16;
             last++) {
            const struct found *a = &found->items[first];
            const struct found *b = &found->items[last];
            if (b->offset + b->size - a->offset > WINDOW_SIZE ||
                (last > first &&
                 crosses_paragraph(text, &found->items[last - 1], b)) ||
                overlaps(taken, taken_count, first, last))
                break;
            double score = score_of(found, first, last, covered);
            if (!any || score > out->score)
                *out = (struct window){ first, last, score };
            any = true;
        }
    }
    return any;
}

static uint64_t units_of(const struct found_list *found,
                         const struct window *window)
{
    uint64_t units = 0;
    for (size_t i = window->first; i <= window->last; i++)
        units |= (uint64_t)1 << (found->items[i].unit & 63);
    return units;
}

/* ---- From windows to passages ----------------------------------------- */

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

/* Scripts without blanks are cut between characters. */
static size_t cut_before(struct span text, size_t at, size_t least)
{
    size_t start = word_start(text, at, least);
    return at - start > LEAD_SIZE ? utf8_floor(text, at) : start;
}

static size_t cut_after(struct span text, size_t at, size_t most)
{
    size_t end = word_end(text, at, most);
    return end - at > LEAD_SIZE ? utf8_floor(text, at) : end;
}

static void set_start(struct passage *passage, struct span text,
                      struct span sentence, size_t from, uint32_t size)
{
    size_t start = (size_t)(sentence.data - text.data);
    if (from < start)
        start = from;
    bool far = from - start > LEAD_SIZE && from - start > size / 4;
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
            end = next - cut < 25 ? next : cut_after(text, cut, next);
            passage->cut_end = end < next;
            break;
        }
        end = next;
        if (end < text.size && is_cut(text.data[end]))
            break;
    }
    passage->end = (uint32_t)end;
}

static size_t words_before(struct span text, size_t at)
{
    for (unsigned n = 0;
         n < SNIPPET_CONTEXT_WORDS && at && !is_cut(text.data[at - 1]); n++) {
        while (at && text.data[at - 1] == ' ')
            at--;
        size_t least = at > LEAD_SIZE ? at - LEAD_SIZE : 0;
        size_t start = word_start(text, at, least);
        if (start == least && least)
            return utf8_floor(text, least);
        at = start;
    }
    return at;
}

static size_t words_after(struct span text, size_t at)
{
    for (unsigned n = 0;
         n < SNIPPET_CONTEXT_WORDS && at < text.size && !is_cut(text.data[at]);
         n++) {
        while (at < text.size && text.data[at] == ' ')
            at++;
        size_t most = text.size - at > LEAD_SIZE ? at + LEAD_SIZE : text.size;
        size_t end = word_end(text, at, most);
        if (end == most && most < text.size)
            return utf8_floor(text, most);
        at = end;
    }
    return at;
}

static bool between_paragraphs(struct span text, size_t at)
{
    return is_cut(text.data[at]) && is_cut(text.data[at - 1]);
}

static size_t paragraph_start(struct span text, size_t at)
{
    size_t least = at > SNIPPET_CONTEXT_MAX ? at - SNIPPET_CONTEXT_MAX : 0;
    size_t start = at;
    while (start > least && !(start > 1 && between_paragraphs(text, start - 1)))
        start--;
    return start == least ? utf8_floor(text, start) : start;
}

static size_t paragraph_end(struct span text, size_t at)
{
    size_t most = text.size - at > SNIPPET_CONTEXT_MAX
                      ? at + SNIPPET_CONTEXT_MAX
                      : text.size;
    size_t end = at;
    while (end < most &&
           !(end + 1 < text.size && between_paragraphs(text, end + 1)))
        end++;
    return end == most ? utf8_floor(text, end) : end;
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
                        size_t to, enum snippet_context context)
{
    size_t start, end;
    switch (context) {
    case CONTEXT_WORDS:
        start = words_before(text, from);
        end = words_after(text, to);
        break;
    case CONTEXT_PARAGRAPH:
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

static uint32_t count_paragraphs(struct span text, size_t from, size_t to)
{
    uint32_t count = 0;
    for (size_t i = from; i + 1 < to; i++)
        count += is_cut(text.data[i]) && is_cut(text.data[i + 1]);
    return count;
}

static void make_passage(struct passage *out, struct span text,
                         const struct found *first, const struct found *last,
                         uint32_t size, enum snippet_context context)
{
    *out = (struct passage){ .cut_start = false };
    if (context != CONTEXT_FITTING) {
        set_context(out, text, first->offset, last->offset + last->size,
                    context);
        return;
    }
    set_start(out, text, text_sentence(text, first->offset), first->offset,
              size);
    set_end(out, text, last->offset + last->size, size);
}

static void sort_passages(struct passage *passages, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct passage passage = passages[i];
        size_t j = i;
        for (; j && passages[j - 1].start > passage.start; j--)
            passages[j] = passages[j - 1];
        passages[j] = passage;
    }
}

/* Passages that touch become one. */
static size_t merge_passages(struct passage *passages, size_t count,
                             struct span text)
{
    size_t kept = 0;
    for (size_t i = 1; i < count; i++) {
        struct passage *last = &passages[kept], *next = &passages[i];
        bool near = next->start <= last->end + MERGE_SIZE;
        for (size_t at = last->end; near && at < next->start; at++)
            near = !is_cut(text.data[at]);
        if (!near) {
            passages[++kept] = *next;
        } else if (next->end > last->end) {
            last->end = next->end;
            last->cut_end = next->cut_end;
        }
    }
    return count ? kept + 1 : 0;
}

/* Number the paragraphs of passages in text order, and mark the places. */
static void finish_passages(struct snippet *out, struct span text,
                            uint32_t title_size, const struct found_list *found)
{
    size_t from = title_size ? title_size + 2 : 0, i = 0;
    uint32_t paragraph = 1;
    for (size_t n = 0; n < out->count; n++) {
        struct passage *passage = &out->passages[n];
        paragraph += count_paragraphs(text, from, passage->start);
        from = passage->start > from ? passage->start : from;
        passage->paragraph = paragraph;
        while (i < found->count && found->items[i].offset < passage->start)
            i++;
        passage->marks = found->items + i;
        for (; i < found->count &&
               found->items[i].offset + found->items[i].size <= passage->end;
             i++)
            passage->mark_count++;
    }
}

/* ---- The snippet ------------------------------------------------------ */

static void beginning(struct snippet *out, struct span text, size_t start,
                      uint32_t size)
{
    struct passage *passage = &out->passages[0];
    while (start < text.size && is_cut(text.data[start]))
        start++;
    if (start >= text.size)
        return;
    passage->start = (uint32_t)start;
    set_end(passage, text, start + 1, size);
    out->count = passage->end > passage->start;
}

/* The places behind the title. */
static struct found_list in_body(const struct found_list *found,
                                 uint32_t title_size)
{
    size_t i = 0;
    while (i < found->count && found->items[i].offset < title_size)
        i++;
    return (struct found_list){ found->items + i, found->count - i };
}

/* The best windows, until nothing is added or the size is used up. */
static void choose_best(struct snippet *out, struct span text,
                        const struct found_list *body,
                        const struct snippet_options *options, uint32_t size,
                        size_t most)
{
    struct window windows[SNIPPET_PASSAGES_MAX];
    uint64_t covered = 0;
    uint32_t used = 0;
    while (out->count < most && (options->passages || used < size)) {
        struct window *window = &windows[out->count];
        if (!best_window(text, body, windows, out->count, covered, window))
            break;
        uint64_t units = units_of(body, window);
        if (!options->passages && out->count && !(units & ~covered))
            break;
        covered |= units;
        struct passage *passage = &out->passages[out->count++];
        uint32_t left = options->passages ? size : size - used;
        make_passage(passage, text, &body->items[window->first],
                     &body->items[window->last], left, options->context);
        used += passage->end - passage->start;
    }
    sort_passages(out->passages, out->count);
}

/* Every place, those near each other in one passage. */
static void choose_all(struct snippet *out, struct span text,
                       const struct found_list *body,
                       const struct snippet_options *options, uint32_t size)
{
    for (size_t first = 0, last; first < body->count; first = last + 1) {
        const struct found *places = body->items;
        last = first;
        while (last + 1 < body->count &&
               places[last + 1].offset + places[last + 1].size -
                       places[first].offset <=
                   WINDOW_SIZE &&
               !crosses_paragraph(text, &places[last], &places[last + 1]))
            last++;
        make_passage(&out->passages[out->count++], text, &places[first],
                     &places[last], size, options->context);
    }
}

void snippet_make(struct snippet *out, struct span text, uint32_t title_size,
                  const struct found_list *found,
                  const struct snippet_options *options, struct arena *memory)
{
    uint32_t size = options->size ? options->size : SNIPPET_SIZE;
    if (title_size >= text.size)
        title_size = 0;
    struct found_list body = in_body(found, title_size);
    size_t most =
        options->passages == SNIPPET_ALL ? body.count + 1
        : options->passages && options->passages < SNIPPET_PASSAGES_MAX
            ? options->passages
            : SNIPPET_PASSAGES_MAX;
    *out = (struct snippet){ arena_alloc(memory, most * sizeof(*out->passages)),
                             0 };
    if (options->passages == SNIPPET_ALL)
        choose_all(out, text, &body, options, size);
    else
        choose_best(out, text, &body, options, size, most);
    if (!out->count)
        beginning(out, text, title_size, size);
    out->count = merge_passages(out->passages, out->count, text);
    finish_passages(out, text, title_size, found);
}
