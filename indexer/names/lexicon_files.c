/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/names/lexicon_files.h"

#include "base/file.h"
#include "base/number.h"
#include "indexer/names/features.h"
#include "indexer/names/name_tokens.h"

enum { LIST_FILE_MAX = 64 * 1024 * 1024 };

/* Lists of the file by their number, as bits; list 14 follows list 10. */
enum list { LIST_LAST = 11, LIST_LAST_NUMBER = 14 };

static uint32_t *new_cells(struct lexicon_table *table, size_t count,
                           struct arena *memory)
{
    table->capacity = lexicon_capacity(count);
    uint32_t *cells = arena_alloc(memory, table->capacity * sizeof(*cells));
    table->cells = cells;
    return cells;
}

static size_t count_lines(struct span text)
{
    size_t count = 1;
    for (size_t i = 0; i < text.size; i++)
        count += text.data[i] == '\n';
    return count;
}

/* A bit path below a leading 1; 0 where it is none. */
static uint32_t parse_path(struct span text)
{
    uint32_t path = 1;
    if (!text.size || text.size > 30)
        return 0;
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] != '0' && text.data[i] != '1')
            return 0;
        path = path << 1 | (uint32_t)(text.data[i] - '0');
    }
    return path;
}

/* The number of a path, added to `paths` where it is new; 0: too many. */
static unsigned class_of_path(uint32_t *paths, uint32_t path)
{
    for (unsigned i = 1; i < LEXICON_CLASSES; i++) {
        if (!paths[i])
            paths[i] = path;
        if (paths[i] == path)
            return i;
    }
    return 0;
}

enum status lexicon_read_classes(struct lexicon *lexicon, const char *path,
                                 struct arena *memory, struct error *err)
{
    struct str file = STR_INIT;
    enum status rc = file_read(path, LIST_FILE_MAX, &file, err);
    struct span rest = str_span(&file), line, bits, word;
    uint32_t *cells = new_cells(&lexicon->classes, count_lines(rest), memory);
    uint32_t *paths = arena_alloc(memory, LEXICON_CLASSES * sizeof(*paths));
    paths[0] = 1;
    for (size_t n = 1; !rc && rest.size && span_next(&rest, '\n', &line); n++) {
        unsigned number = 0;
        if (span_next(&line, '\t', &bits) && span_next(&line, '\t', &word) &&
            word.size)
            number = class_of_path(paths, parse_path(bits));
        if (!number)
            rc = error_set(err, STATUS_BAD_FORMAT,
                           "'%s', line %zu: no bit path and word, or over %d "
                           "classes",
                           path, n, LEXICON_CLASSES - 1);
        else
            lexicon_add_class(cells, lexicon->classes.capacity, word, number);
    }
    lexicon->paths = paths;
    str_release(&file);
    return rc;
}

uint64_t lexicon_hash_lower(struct span word)
{
    struct word_view view;
    struct lexicon none = { .paths = NULL };
    word_view(&view, &none, word);
    return view.lower;
}

static void add_listed(struct lexicon *lexicon, struct span name,
                       unsigned lists, struct name_tokens *tokens)
{
    name_tokens_read(tokens, name, 0, SIZE_MAX / 2);
    uint64_t phrase = 0;
    for (size_t i = 0; i < tokens->count; i++) {
        const struct name_token *token = &tokens->items[i];
        uint64_t word = lexicon_hash_lower(name_token_span(token, name));
        phrase = i ? lexicon_hash_next(phrase, word) : word;
    }
    struct lexicon_table *table =
        tokens->count == 1 ? &lexicon->words : &lexicon->phrases;
    if (tokens->count && tokens->count <= LEXICON_PHRASE_MAX)
        lexicon_add_lists((uint32_t *)(uintptr_t)table->cells, table->capacity,
                          phrase, lists);
}

enum status lexicon_read_lists(struct lexicon *lexicon, const char *path,
                               struct arena *memory, struct error *err)
{
    struct str file = STR_INIT;
    struct name_tokens tokens = NAME_TOKENS_INIT;
    enum status rc = file_read(path, LIST_FILE_MAX, &file, err);
    struct span rest = str_span(&file), line, number_text;
    size_t phrases = 0;
    for (size_t i = 0; i < rest.size; i++)
        phrases += rest.data[i] == ' ' && i && rest.data[i - 1] != ' ';
    size_t lines = count_lines(rest);
    new_cells(&lexicon->words, lines, memory);
    new_cells(&lexicon->phrases, phrases < lines ? phrases : lines, memory);
    for (size_t n = 1; !rc && rest.size && span_next(&rest, '\n', &line); n++) {
        uint64_t number;
        if (!span_next(&line, '\t', &number_text) || !line.size ||
            !number_parse(number_text, LIST_LAST_NUMBER, &number) ||
            (number >= LIST_LAST && number != LIST_LAST_NUMBER))
            rc = error_set(err, STATUS_BAD_FORMAT,
                           "'%s', line %zu: no list and name", path, n);
        else
            add_listed(lexicon, line,
                       1u << (number < LIST_LAST ? number : LIST_LAST),
                       &tokens);
    }
    name_tokens_release(&tokens);
    str_release(&file);
    return rc;
}
