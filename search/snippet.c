/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/snippet.h"

#include "text/folding.h"

enum {
    WINDOW_SIZE = 200, /* bytes from the first to the last place of a passage */
    MERGE_SIZE = 20,   /* bytes between passages that are joined */
    LINE_SIZE = 40,    /* bytes of what is hardly a sentence */
};

/* How lines begin that speak of other articles; in any case. */
static const char *const elsewhere[] = {
    "read also", "also read", "read more", "see also", "read this:", "related:"
};

/* What a passage of that line loses: a passage with one thing less that was
 * asked for is better than another article's title. */
static double cost_of(struct span line)
{
    line = span_trim(line);
    for (size_t i = 0; i < sizeof(elsewhere) / sizeof(*elsewhere); i++)
        if (span_starts_nocase(line, elsewhere[i]))
            return 15;
    return line.size < LINE_SIZE ? 3 : 0;
}

static struct span line_at(struct span text, size_t at)
{
    size_t start = at, end = at;
    while (start && text.data[start - 1] != '\n')
        start--;
    while (end < text.size && text.data[end] != '\n')
        end++;
    return span_slice(text, start, end);
}

/* A stretch from place `first` to place `last`, both included. */
struct window {
    size_t first, last;
    double score;
};

/* Whether the text between two places has a paragraph's end in it. */
static bool crosses_paragraph(struct span text, const struct found *a,
                              const struct found *b)
{
    for (size_t i = a->offset + a->size; i + 1 < b->offset; i++)
        if (passage_paragraph_ends(text, i))
            return true;
    return false;
}

/* The different things in a window. */
struct tally {
    uint64_t seen;
    unsigned fresh, known; /* still missing, and covered already */
};

static void add_unit(struct tally *tally, uint32_t unit, uint64_t covered)
{
    uint64_t bit = (uint64_t)1 << (unit & 63);
    if (tally->seen & bit)
        return;
    tally->seen |= bit;
    tally->fresh += !(covered & bit);
    tally->known += (covered & bit) != 0;
}

/* Different things that are still missing count most, then that they are near
 * each other, then that they are many, then that they come early. */
static double score_of(const struct found_list *found, size_t first,
                       size_t last, const struct tally *tally)
{
    uint32_t span = found->items[last].offset + found->items[last].size -
                    found->items[first].offset;
    return tally->fresh * 10.0 + tally->known * 1.0 +
           (double)(last - first) * 0.3 +
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

/* Whether place `last` may stand in a window from `first` to the one before. */
static bool fits_window(struct span text, const struct found_list *found,
                        size_t first, size_t last)
{
    const struct found *a = &found->items[first], *b = &found->items[last];
    return b->offset + b->size - a->offset <= WINDOW_SIZE &&
           (last == first || !crosses_paragraph(text, b - 1, b));
}

/* The best window that begins at each place; linear, since windows are
 * short. */
static bool best_window(struct span text, const struct found_list *found,
                        const struct window *taken, size_t taken_count,
                        uint64_t covered, struct window *out)
{
    bool any = false;
    double cost = 0;
    size_t line_end = 0;
    for (size_t first = 0; first < found->count; first++) {
        size_t at = found->items[first].offset;
        if (at >= line_end) {
            struct span line = line_at(text, at);
            line_end = (size_t)(line.data - text.data) + line.size;
            cost = cost_of(line);
        }
        struct tally tally = { 0, 0, 0 };
        for (size_t last = first; last < found->count && last < first + 16;
             last++) {
            if (!fits_window(text, found, first, last) ||
                overlaps(taken, taken_count, first, last))
                break;
            add_unit(&tally, found->items[last].unit, covered);
            double score = score_of(found, first, last, &tally) - cost;
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

static uint32_t count_paragraphs(struct span text, size_t from, size_t to)
{
    uint32_t count = 0;
    for (size_t i = from; i + 1 < to; i++)
        count += passage_paragraph_ends(text, i);
    return count;
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
            near = text.data[at] != '\n';
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
        passage->marks = i < found->count ? found->items + i : NULL;
        for (; i < found->count &&
               found->items[i].offset + found->items[i].size <= passage->end;
             i++)
            passage->mark_count++;
    }
}

static size_t skip_lines(struct span text, size_t at)
{
    while (at < text.size && text.data[at] == '\n')
        at++;
    return at;
}

/* Where the body goes on behind first lines that are the title once more. */
static size_t title_end(struct span text, size_t title_size)
{
    struct str title = STR_INIT, line = STR_INIT;
    size_t end = title_size;
    text_fold(&title, span_slice(text, 0, title_size));
    for (size_t at = skip_lines(text, end); title.size && at < text.size;
         at = skip_lines(text, end)) {
        struct span next = line_at(text, at);
        str_clear(&line);
        if (next.size <= 2 * title_size)
            text_fold(&line, next);
        if (!span_equal(str_span(&line), str_span(&title)))
            break;
        end = at + next.size;
    }
    str_release(&title);
    str_release(&line);
    return end;
}

/* ---- The snippet ------------------------------------------------------ */

static void beginning(struct snippet *out, struct span text, size_t start,
                      uint32_t size)
{
    struct passage *passage = &out->passages[0];
    start = skip_lines(text, start);
    if (start >= text.size)
        return;
    passage_begin(passage, text, start, size);
    out->count = passage->end > passage->start;
}

/* The places from `start` on. */
static struct found_list in_body(const struct found_list *found, size_t start)
{
    size_t i = 0;
    while (i < found->count && found->items[i].offset < start)
        i++;
    if (i == found->count)
        return (struct found_list){ NULL, 0 };
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
        passage_make(passage, text, &body->items[window->first],
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
        last = first;
        while (last + 1 < body->count &&
               fits_window(text, body, first, last + 1))
            last++;
        passage_make(&out->passages[out->count++], text, &body->items[first],
                     &body->items[last], size, options->context);
    }
}

void snippet_make(struct snippet *out, struct span text, uint32_t title_size,
                  const struct found_list *found,
                  const struct snippet_options *options, struct arena *memory)
{
    uint32_t size = options->size ? options->size : SNIPPET_SIZE;
    if (title_size >= text.size)
        title_size = 0;
    size_t start = options->passages == SNIPPET_ALL
                       ? title_size
                       : title_end(text, title_size);
    struct found_list body = in_body(found, start);
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
        beginning(out, text, start, size);
    out->count = merge_passages(out->passages, out->count, text);
    finish_passages(out, text, title_size, found);
}
