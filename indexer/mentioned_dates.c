/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/mentioned_dates.h"

#include "indexer/date_patterns.h"
#include "indexer/date_words.h"
#include "text/ascii_run.h"

/* The first three letters of all words that a date may begin with, by their
 * first one. */
static const char *const beginnings[26] = {
    ['a' - 'a'] = "apraug",
    ['d' - 'a'] = "dec",
    ['e' - 'a'] = "eig",
    ['f' - 'a'] = "febfrifoufiv",
    ['j' - 'a'] = "janjunjul",
    ['l' - 'a'] = "las",
    ['m' - 'a'] = "marmaymon",
    ['n' - 'a'] = "novnexnin",
    ['o' - 'a'] = "octone",
    ['s' - 'a'] = "sepsunsatsixsev",
    ['t' - 'a'] = "thithutodtomtontuetwothrten",
    ['w' - 'a'] = "wed",
    ['y' - 'a'] = "yes",
};

/* Judged by its first letters: most words begin no date. */
static bool may_begin_date(struct span text, size_t at)
{
    const char *p = text.data + at;
    if (*p >= '0' && *p <= '9')
        return true;
    const char *known = beginnings[(*p | 0x20) - 'a'];
    if (!known || text.size - at < 3)
        return false;
    for (; *known; known += 3)
        if ((p[1] | 0x20) == known[1] && (p[2] | 0x20) == known[2])
            return true;
    return false;
}

/* The next place from `at` on where a date may begin, or the end. */
static size_t next_candidate(struct span text, size_t at)
{
    while (at < text.size) {
        if (!ascii_is_alphanumeric(text.data[at]))
            at++;
        else if (may_begin_date(text, at))
            return at;
        else
            at = ascii_run_end(text, at);
    }
    return at;
}

/* The word that ends before `end`, if it is a plain one. */
static struct span word_before(struct span text, size_t end)
{
    const char *data = text.data;
    while (end && !ascii_is_alphanumeric(data[end - 1]))
        end--;
    size_t start = end;
    while (start && ascii_is_alphanumeric(data[start - 1]))
        start--;
    bool joined = start && (data[start - 1] == '\'' || data[start - 1] & 0x80);
    return span_slice(text, joined ? end : start, end);
}

/* Look at the word at `at`, or at the next one where no word begins there.
 * Words do not span blanks, so it is begun at the last blank, or at `from`,
 * where a word is known to end or begin, if that comes later. */
static void look_at(struct date_window *window, size_t at, size_t from)
{
    size_t start = at;
    while (start > from && window->text.data[start - 1] != ' ' &&
           window->text.data[start - 1] != '\n')
        start--;
    window->behind = tokens_begin_words(window->text);
    window->behind.at = start;
    window->count = 0;
    do
        if (!tokens_next(&window->behind, &window->ahead[0]))
            return;
    while (window->ahead[0].offset < at);
    window->before = word_before(window->text, window->ahead[0].offset);
    window->count = 1;
}

void mentioned_dates_find(struct mentioned_date **out, size_t *count,
                          struct span text, struct date published,
                          struct arena *memory)
{
    struct date_window window = { .text = text, .published = published };
    size_t capacity = 0, at = 0, from = 0;
    *out = NULL;
    *count = 0;
    while (*count < MENTIONED_DATES_MAX &&
           (at = next_candidate(text, at)) < text.size) {
        look_at(&window, at, from);
        if (!window.count)
            return;
        const struct token *first = &window.ahead[0];
        if (first->offset > at) {
            at = from = first->offset;
            continue;
        }
        struct date date = DATE_INIT;
        size_t words = date_patterns_find(&window, &date);
        const struct token *last = &window.ahead[words ? words - 1 : 0];
        at = from = last->offset + last->surface.size;
        if (!words)
            continue;
        uint32_t end = last->offset + (uint32_t)word_bare(last->surface).size;
        *out = arena_grow(memory, *out, *count, &capacity, sizeof(**out));
        (*out)[(*count)++] =
            (struct mentioned_date){ date, first->offset, end - first->offset };
    }
}
