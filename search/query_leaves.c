/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/query_parser.h"

#include "search/query_dates.h"
#include "text/folding.h"
#include "text/language_code.h"
#include "text/tokens.h"

/* ---- Nodes ------------------------------------------------------------ */

void parser_list_add(struct parser *p, struct node_list *list,
                     struct query_node *node)
{
    list->items = arena_grow(p->memory, list->items, list->count,
                             &list->capacity, sizeof(*list->items));
    list->items[list->count++] = node;
}

struct query_node *parser_node(struct arena *memory, enum query_kind kind,
                               enum field_id field, uint32_t column)
{
    struct query_node *node = arena_alloc(memory, sizeof(*node));
    node->kind = kind;
    node->field = field;
    node->column = column;
    node->boost = 1;
    return node;
}

struct query_node *parser_join(struct parser *p, enum query_kind kind,
                               const struct node_list *list, uint32_t column)
{
    if (!list->count)
        return NULL;
    if (list->count == 1 && list->items[0]->mark != QUERY_MINUS)
        return list->items[0];
    struct query_node *node = parser_node(p->memory, kind, FIELD_TEXT, column);
    node->parts = list->items;
    node->part_count = list->count;
    return node;
}

enum status parser_refuse(struct parser *p, const struct query_token *token,
                          const char *what)
{
    p->report->column = token->column;
    return error_set(p->err, STATUS_BAD_QUERY, "%s", what);
}

static enum status count_word(struct parser *p, const struct query_token *token)
{
    if (++p->words <= QUERY_WORDS_MAX)
        return STATUS_OK;
    p->report->column = token->column;
    return error_set(p->err, STATUS_BAD_QUERY, "the question has over %d words",
                     QUERY_WORDS_MAX);
}

/* ---- Words ------------------------------------------------------------ */

static bool has_stems(enum field_id field)
{
    return schema_fields[field].flags & FIELD_STEMS;
}

/* '*' anywhere, '?' before a letter: a pattern. */
static bool is_pattern(struct span text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] == '*' || (text.data[i] == '?' && i + 1 < text.size &&
                                    text.data[i + 1] != '?'))
            return true;
    return false;
}

/* The pattern folded piece by piece, its marks kept. */
static struct span fold_pattern(struct parser *p, struct span text)
{
    struct str out = STR_INIT;
    for (size_t at = 0; at < text.size;) {
        size_t end = at;
        while (end < text.size && text.data[end] != '*' &&
               text.data[end] != '?')
            end++;
        token_fold(&out, span_slice(text, at, end));
        if (end < text.size && !(out.size && out.data[out.size - 1] == '*' &&
                                 text.data[end] == '*'))
            str_add_char(&out, text.data[end]);
        at = end + 1;
    }
    struct span folded = arena_copy(p->memory, str_span(&out));
    str_release(&out);
    return folded;
}

static size_t count_letters(struct span pattern)
{
    size_t count = 0;
    for (size_t i = 0; i < pattern.size; i++)
        count += pattern.data[i] != '*' && pattern.data[i] != '?' &&
                 (pattern.data[i] & 0xC0) != 0x80;
    return count;
}

static enum status add_pattern(struct parser *p, struct node_list *list,
                               struct span text,
                               const struct query_token *token)
{
    struct query_node *node =
        parser_node(p->memory, QUERY_WILDCARD, p->field, token->column);
    node->text = fold_pattern(p, text);
    if (count_letters(node->text) < QUERY_WILDCARD_LETTERS_MIN)
        return parser_refuse(p, token,
                             "a wildcard needs at least two letters beside it");
    parser_list_add(p, list, node);
    return count_word(p, token);
}

/* The words of a text, each a node of that kind; a pattern is one piece up to
 * its next hyphen or blank. */
static enum status add_words(struct parser *p, struct node_list *list,
                             struct span text, enum query_kind kind,
                             const struct query_token *token)
{
    struct span rest = text, piece;
    enum status rc = STATUS_OK;
    while (!rc && span_next(&rest, ' ', &piece)) {
        if (is_pattern(piece)) {
            struct span part;
            while (!rc && span_next(&piece, '-', &part)) {
                if (is_pattern(part))
                    rc = add_pattern(p, list, part, token);
                else
                    rc = add_words(p, list, part, QUERY_EXACT, token);
            }
            continue;
        }
        struct tokens words = tokens_begin(piece);
        struct token word;
        while (!rc && tokens_next(&words, &word)) {
            struct query_node *node =
                parser_node(p->memory, kind, p->field, token->column);
            node->text = arena_copy(p->memory, word.surface);
            parser_list_add(p, list, node);
            rc = count_word(p, token);
        }
    }
    return rc;
}

static void make_exact(struct node_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i]->kind == QUERY_WORD)
            list->items[i]->kind = QUERY_EXACT;
}

/* One thing typed as a word: several words in it are a phrase. */
enum status parser_word(struct parser *p, struct query_node **out,
                        struct span text, enum query_kind kind,
                        const struct query_token *token)
{
    struct node_list list = { NULL, 0, 0 };
    *out = NULL;
    if (kind == QUERY_WORD && !has_stems(p->field))
        kind = QUERY_EXACT;
    enum status rc = add_words(p, &list, text, kind, token);
    if (rc || !list.count)
        return rc;
    if (list.count > 1)
        make_exact(&list);
    *out = parser_join(p, QUERY_PHRASE, &list, token->column);
    (*out)->field = p->field;
    return STATUS_OK;
}

/* "kirby, john" of a person is John Kirby. */
static struct span turn_name(struct parser *p, struct span text)
{
    size_t comma = span_find_char(text, 0, ',');
    if (p->field != FIELD_PERSON || comma == SIZE_MAX)
        return text;
    struct str name = STR_INIT;
    str_add(&name, span_trim(span_slice(text, comma + 1, text.size)));
    str_add_char(&name, ' ');
    str_add(&name, span_slice(text, 0, comma));
    struct span turned = arena_copy(p->memory, str_span(&name));
    str_release(&name);
    return turned;
}

static enum status date_node(struct parser *p, struct query_node **out,
                             struct span text, const struct query_token *token)
{
    struct query_node *node =
        parser_node(p->memory, QUERY_DATE, p->field, token->column);
    enum status rc = query_dates(&node->first_day, &node->last_day, text,
                                 p->settings->today, p->err);
    if (rc)
        p->report->column = token->column;
    *out = node;
    return rc ? rc : count_word(p, token);
}

/* What a field holds decides what is made of the text. */
enum status parser_value(struct parser *p, struct query_node **out,
                         struct span text, bool quoted,
                         const struct query_token *token)
{
    const struct field *field = &schema_fields[p->field];
    if (field->flags & FIELD_RANGE)
        return date_node(p, out, text, token);
    if (field->flags & FIELD_WORDS)
        return parser_word(p, out, turn_name(p, text),
                           quoted ? QUERY_EXACT : QUERY_WORD, token);
    if (p->field != FIELD_ID && span_find_char(text, 0, '*') != SIZE_MAX)
        return parser_refuse(p, token, "this field takes no wildcards");
    *out = parser_node(p->memory, QUERY_VALUE, p->field, token->column);
    text = span_trim(text);
    struct span code = p->field == FIELD_LANGUAGE ? language_code(text) : text;
    (*out)->text = arena_copy(p->memory, code.size ? code : text);
    return count_word(p, token);
}
