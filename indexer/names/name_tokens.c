/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/names/name_tokens.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "indexer/names/name_characters.h"
#include "indexer/names/name_word.h"

/* ---- Words ------------------------------------------------------------ */

struct cutter {
    struct name_tokens *tokens;
    struct span text;
    size_t at;
    bool start;    /* the next word begins a sentence */
    size_t first;  /* token that begins the sentence */
    bool stopped;  /* the last tokens may end a sentence */
    size_t line;   /* where the line began */
    size_t column; /* the longest line of the paragraph, in bytes */
};

enum { SMALL_SIZE_MAX = 5 }; /* bytes of a link or particle */

static unsigned word_flags(struct span text, const struct name_word *word)
{
    unsigned flags = 0;
    if (word->address || text.size > NAME_TOKEN_SIZE_MAX)
        return NAME_TOKEN_APART;
    if (word->digit)
        flags |= NAME_TOKEN_DIGITS | NAME_TOKEN_LINK;
    if (word->upper) {
        flags |= NAME_TOKEN_CAPITAL;
        if (word->capital)
            flags |= NAME_TOKEN_FIRST_CAPITAL;
        if (word->upper > 1 && !word->lower && !word->other)
            flags |= NAME_TOKEN_ALL_CAPITALS;
    } else if (word->lower) {
        flags |= NAME_TOKEN_LOWER;
    }
    unsigned listed = text.size <= SMALL_SIZE_MAX ? name_word_listed(text) : 0;
    if (listed & NAME_WORD_LINK)
        flags |= NAME_TOKEN_LINK;
    if (listed & NAME_WORD_PARTICLE && flags & NAME_TOKEN_LOWER)
        flags |= NAME_TOKEN_PARTICLE;
    return flags;
}

/* The token from the place of the cutter to the end of the word. */
static void add_token(struct cutter *cutter, const struct name_word *word,
                      unsigned flags)
{
    struct name_tokens *tokens = cutter->tokens;
    MEMORY_GROW(tokens->items, tokens->count, tokens->capacity);
    unsigned letters = word->upper + word->lower + word->other;
    if (cutter->start && !(flags & NAME_TOKEN_MARK)) {
        flags |= NAME_TOKEN_START;
        cutter->start = false;
    }
    tokens->items[tokens->count++] = (struct name_token){
        (uint32_t)cutter->at, (uint32_t)(word->end - cutter->at), word->fold,
        (uint16_t)flags, (uint16_t)(letters < 65535 ? letters : 65535)
    };
    cutter->at = word->end;
}

static void read_word(struct cutter *cutter)
{
    struct name_word word;
    name_word_read(&word, cutter->text, cutter->at);
    add_token(
        cutter, &word,
        word_flags(span_slice(cutter->text, cutter->at, word.end), &word));
}

/* 's and its kin after a word: false where the apostrophe is a quotation mark.
 */
static bool read_contraction(struct cutter *cutter)
{
    const struct name_tokens *tokens = cutter->tokens;
    struct name_word word;
    if (!tokens->count ||
        tokens->items[tokens->count - 1].flags & NAME_TOKEN_MARK ||
        !name_word_read_contraction(&word, cutter->text, cutter->at))
        return false;
    add_token(cutter, &word, NAME_TOKEN_LINK);
    return true;
}

/* ---- Sentences -------------------------------------------------------- */

/* A line that was cut to fit a width holds about this many bytes at most; text
 * with longer lines has its line ends where the author put them. */
enum { WRAPPED_LINE_MAX = 100 };

/* Whether the line end at `at` is the author's: the first word of the next line
 * would have fitted on this one, or lines are not cut to a width at all. */
static bool line_is_ended(const struct cutter *cutter, size_t at)
{
    size_t size, length = at - cutter->line, word = at + 1;
    if (cutter->column > WRAPPED_LINE_MAX || length > WRAPPED_LINE_MAX)
        return true;
    while (word < cutter->text.size && word - at <= WRAPPED_LINE_MAX &&
           is_word(character_at(cutter->text, word, &size)))
        word += size;
    return length + (word - at) <= cutter->column;
}

/* The longest line of the paragraph that begins at `from`. */
static size_t paragraph_column(struct span text, size_t from)
{
    size_t longest = 0;
    while (from < text.size && longest <= WRAPPED_LINE_MAX) {
        const char *end = memchr(text.data + from, '\n', text.size - from);
        size_t to = end ? (size_t)(end - text.data) : text.size;
        if (to == from)
            break;
        if (to - from > longest)
            longest = to - from;
        from = to + 1;
    }
    return longest;
}

/* Small words that a headline leaves in lower case are shorter than this. */
enum { TITLE_WORD_MIN = 4 };

/* Say of the words of the sentence that ends here what kind of line it is:
 * all in capitals, or a headline with most words capitalised. */
static void end_sentence(struct cutter *cutter)
{
    struct name_token *items = cutter->tokens->items;
    size_t words = 0, capitals = 0, all = 0, small = 0;
    for (size_t i = cutter->first; i < cutter->tokens->count; i++) {
        unsigned flags = items[i].flags;
        if (items[i].letters < 2 || flags & NAME_TOKEN_APART)
            continue;
        words++;
        capitals += !!(flags & NAME_TOKEN_FIRST_CAPITAL);
        all += !!(flags & NAME_TOKEN_ALL_CAPITALS);
        small +=
            !(flags & NAME_TOKEN_CAPITAL) && items[i].letters >= TITLE_WORD_MIN;
    }
    unsigned line = 0;
    if (words && all * 10 >= words * 9)
        line = NAME_TOKEN_CAPS_LINE;
    else if (words >= 4 && capitals * 10 >= words * 7 && small <= words / 10)
        line = NAME_TOKEN_TITLE_LINE;
    for (size_t i = cutter->first; line && i < cutter->tokens->count; i++)
        items[i].flags |= (uint16_t)line;
    cutter->first = cutter->tokens->count;
    cutter->start = true;
    cutter->stopped = false;
}

static void read_line_end(struct cutter *cutter)
{
    struct span text = cutter->text;
    size_t end = cutter->at, at = end + 1;
    while (at < text.size && (text.data[at] == ' ' || text.data[at] == '\t' ||
                              text.data[at] == '\r'))
        at++;
    bool paragraph = at >= text.size || text.data[at] == '\n';
    if (paragraph || line_is_ended(cutter, end))
        end_sentence(cutter);
    while (at < text.size && text.data[at] == '\n')
        at++;
    if (paragraph)
        cutter->column = paragraph_column(text, at);
    cutter->line = at;
    cutter->at = at;
}

/* Marks that may stand inside a name; those of more than one byte are dashes
 * and quotation marks. */
static unsigned mark_flags(struct span mark)
{
    if (mark.size > 1 || strchr("&-'.,/", mark.data[0]))
        return NAME_TOKEN_MARK | NAME_TOKEN_LINK;
    return NAME_TOKEN_MARK;
}

static bool is_stop(struct span mark)
{
    return strchr(".!?", mark.data[0]) || span_is(mark, "\xE2\x80\xA6");
}

static bool is_closer(struct span mark)
{
    return strchr("\"')]", mark.data[0]) || span_is(mark, "\xE2\x80\x9D") ||
           span_is(mark, "\xE2\x80\x99");
}

/* Whether the full stop at `from` is that of an initial or an abbreviation,
 * with a blank between as annotated news has it: "U . S .", "St . Vincent". */
static bool is_detached_stop(const struct cutter *cutter, size_t from)
{
    const struct name_tokens *tokens = cutter->tokens;
    if (cutter->text.data[from] != '.' || tokens->count == cutter->first)
        return false;
    const struct name_token *last = &tokens->items[tokens->count - 1];
    size_t end = (size_t)last->offset + last->size;
    if (end == from)
        return false;
    struct span word = span_slice(cutter->text, last->offset, end);
    return (last->letters == 1 && last->flags & NAME_TOKEN_CAPITAL) ||
           name_word_listed(word) & NAME_WORD_ABBREVIATION;
}

static void read_mark(struct cutter *cutter, size_t size)
{
    struct span text = cutter->text;
    size_t from = cutter->at, next;
    struct name_word word = { .end = from + size };
    if ((text.data[from] == '@' || text.data[from] == '#') &&
        is_word(character_at(text, word.end, &next))) {
        while (is_word(character_at(text, word.end, &next)))
            word.end += next;
        add_token(cutter, &word, NAME_TOKEN_APART);
        return;
    }
    if (size == 1)
        while (word.end < text.size && text.data[word.end] == text.data[from])
            word.end++;
    struct span mark = span_slice(text, from, word.end);
    cutter->stopped = (is_stop(mark) && !is_detached_stop(cutter, from)) ||
                      (cutter->stopped && is_closer(mark));
    word.fold = (unsigned char)mark.data[0];
    add_token(cutter, &word, mark_flags(mark));
}

static void read_token(struct cutter *cutter, enum character c, size_t size)
{
    bool blank_before =
        cutter->at && strchr(" \t\n\r\xA0", cutter->text.data[cutter->at - 1]);
    if (cutter->stopped && blank_before && c != C_LOWER)
        end_sentence(cutter);
    if (is_word(c)) {
        cutter->stopped = false;
        read_word(cutter);
    } else if (c != C_APOSTROPHE || !read_contraction(cutter)) {
        read_mark(cutter, size);
    }
}

size_t name_tokens_read(struct name_tokens *tokens, struct span text,
                        size_t from, size_t limit)
{
    tokens->count = 0;
    struct cutter cutter = {
        tokens, text, from, true, 0, false, from, paragraph_column(text, from)
    };
    while (cutter.at < text.size) {
        if (tokens->count >= limit &&
            (cutter.first == tokens->count || tokens->count >= 2 * limit))
            break;
        size_t size;
        enum character c = character_at(text, cutter.at, &size);
        if (c == C_LINE)
            read_line_end(&cutter);
        else if (c == C_BLANK || c == C_HIDDEN)
            cutter.at += size;
        else
            read_token(&cutter, c, size);
    }
    end_sentence(&cutter);
    return cutter.at;
}

void name_tokens_release(struct name_tokens *tokens)
{
    free(tokens->items);
    *tokens = (struct name_tokens)NAME_TOKENS_INIT;
}
