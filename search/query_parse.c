/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Recursive descent over the tokens, one function for each precedence. */
#include <string.h>

#include "base/utf8.h"
#include "search/query_dates.h"
#include "search/query_scan.h"
#include "text/tokens.h"

struct parser {
    const struct query_tokens *tokens;
    size_t at;
    const struct query_settings *settings;
    struct arena *memory;
    struct query_report *report;
    struct error *err;
    unsigned depth, words, verified;
    enum field_id field; /* that words stand in here */
};

static enum status parse_or(struct parser *p, struct query_node **out);

/* ---- Nodes ------------------------------------------------------------ */

struct node_list {
    struct query_node **items;
    size_t count, capacity;
};

static void list_add(struct parser *p, struct node_list *list,
                     struct query_node *node)
{
    list->items = arena_grow(p->memory, list->items, list->count,
                             &list->capacity, sizeof(*list->items));
    list->items[list->count++] = node;
}

static struct query_node *new_node(struct arena *memory, enum query_kind kind,
                                   enum field_id field, uint32_t column)
{
    struct query_node *node = arena_alloc(memory, sizeof(*node));
    node->kind = kind;
    node->field = field;
    node->column = column;
    node->boost = 1;
    return node;
}

static struct query_node *join(struct parser *p, enum query_kind kind,
                               const struct node_list *list, uint32_t column)
{
    if (!list->count)
        return NULL;
    if (list->count == 1 && list->items[0]->mark != QUERY_MINUS)
        return list->items[0];
    struct query_node *node = new_node(p->memory, kind, FIELD_TEXT, column);
    node->parts = list->items;
    node->part_count = list->count;
    return node;
}

static const struct query_token *peek(const struct parser *p)
{
    return &p->tokens->items[p->at];
}

static const struct query_token *take(struct parser *p)
{
    const struct query_token *token = peek(p);
    if (token->kind != TOKEN_END)
        p->at++;
    return token;
}

static enum status refuse(struct parser *p, const struct query_token *token,
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

/* Of each the texts that may answer are looked at, which takes long. */
static enum status count_verified(struct parser *p,
                                  const struct query_token *token)
{
    if (++p->verified <= QUERY_VERIFIED_MAX)
        return STATUS_OK;
    p->report->column = token->column;
    return error_set(p->err, STATUS_BAD_QUERY,
                     "over %d times w/s and atleastN()", QUERY_VERIFIED_MAX);
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
        new_node(p->memory, QUERY_WILDCARD, p->field, token->column);
    node->text = fold_pattern(p, text);
    if (count_letters(node->text) < QUERY_WILDCARD_LETTERS_MIN)
        return refuse(p, token,
                      "a wildcard needs at least two letters beside it");
    list_add(p, list, node);
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
                new_node(p->memory, kind, p->field, token->column);
            node->text = arena_copy(p->memory, word.surface);
            list_add(p, list, node);
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
static enum status word_node(struct parser *p, struct query_node **out,
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
    *out = join(p, QUERY_PHRASE, &list, token->column);
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
        new_node(p->memory, QUERY_DATE, p->field, token->column);
    enum status rc = query_dates(&node->first_day, &node->last_day, text,
                                 p->settings->today, p->err);
    if (rc)
        p->report->column = token->column;
    *out = node;
    return rc ? rc : count_word(p, token);
}

/* What a field holds decides what is made of the text. */
static enum status value_node(struct parser *p, struct query_node **out,
                              struct span text, bool quoted,
                              const struct query_token *token)
{
    const struct field *field = &schema_fields[p->field];
    if (field->flags & FIELD_RANGE)
        return date_node(p, out, text, token);
    if (field->flags & FIELD_WORDS)
        return word_node(p, out, turn_name(p, text),
                         quoted ? QUERY_EXACT : QUERY_WORD, token);
    if (p->field != FIELD_ID && span_find_char(text, 0, '*') != SIZE_MAX)
        return refuse(p, token, "this field takes no wildcards");
    *out = new_node(p->memory, QUERY_VALUE, p->field, token->column);
    (*out)->text = arena_copy(p->memory, span_trim(text));
    return count_word(p, token);
}

/* ---- Suffixes --------------------------------------------------------- */

static enum status apply_tilde(struct parser *p, struct query_node *node,
                               const struct query_token *tilde, bool quoted)
{
    uint32_t number = tilde->number;
    if (quoted) {
        if (!number || number > QUERY_NEAR_MAX)
            return refuse(p, tilde, "\"...\"~N wants N from 1 to 999");
        if (node->kind != QUERY_PHRASE)
            return STATUS_OK;
        node->kind = QUERY_NEAR;
        node->number = number;
        return STATUS_OK;
    }
    bool is_said = tilde->text.size > 1;
    if (number > QUERY_EDITS_MAX || (is_said && !number))
        return refuse(p, tilde, "word~N wants N of 1 or 2");
    if (node->kind != QUERY_WORD && node->kind != QUERY_EXACT)
        return refuse(p, tilde, "~ belongs behind a word or a quotation");
    node->kind = QUERY_FUZZY;
    node->number = number ? number : 1;
    return STATUS_OK;
}

static enum status parse_suffixes(struct parser *p, struct query_node *node,
                                  bool quoted)
{
    const struct query_token *token = peek(p);
    enum status rc = STATUS_OK;
    if (token->kind == TOKEN_TILDE) {
        take(p);
        if (node)
            rc = apply_tilde(p, node, token, quoted);
        token = peek(p);
    }
    if (!rc && token->kind == TOKEN_CARET) {
        take(p);
        if (token->factor <= 0 || token->factor > QUERY_BOOST_MAX)
            return refuse(p, token, "^N wants N over 0, up to 1000");
        if (node)
            node->boost = token->factor;
    }
    return rc;
}

/* ---- Items ------------------------------------------------------------ */

static enum status parse_bracket(struct parser *p, struct query_node **out)
{
    const struct query_token *open = take(p);
    if (++p->depth > QUERY_DEPTH_MAX) {
        p->report->column = open->column;
        return error_set(p->err, STATUS_BAD_QUERY,
                         "over %d brackets within brackets", QUERY_DEPTH_MAX);
    }
    enum status rc = parse_or(p, out);
    p->depth--;
    if (rc)
        return rc;
    if (peek(p)->kind == TOKEN_CLOSE)
        take(p);
    else if (!p->settings->repair)
        return refuse(p, open, "this bracket is not closed");
    else
        str_add_text(&p->report->notes, "a bracket was not closed\n");
    return parse_suffixes(p, *out, false);
}

static enum status parse_quoted(struct parser *p, struct query_node **out)
{
    const struct query_token *token = take(p);
    if (token->open && !p->settings->repair)
        return refuse(p, token, "this quotation is not closed");
    if (token->open)
        str_add_text(&p->report->notes, "a quotation was not closed\n");
    enum status rc = value_node(p, out, token->text, true, token);
    return rc ? rc : parse_suffixes(p, *out, true);
}

static enum status parse_exact(struct parser *p, struct query_node **out)
{
    take(p);
    const struct query_token *token = peek(p);
    if (token->kind != TOKEN_WORD)
        return refuse(p, token, "= belongs in front of a word");
    take(p);
    enum status rc = word_node(p, out, token->text, QUERY_EXACT, token);
    return rc ? rc : parse_suffixes(p, *out, false);
}

static enum status parse_field(struct parser *p, struct query_node **out);

static enum status parse_atleast(struct parser *p, struct query_node **out)
{
    const struct query_token *token = take(p);
    if (!token->number || token->number > QUERY_ATLEAST_MAX)
        return refuse(p, token, "atleastN wants N from 1 to 999");
    struct query_node *inner;
    enum status rc = count_verified(p, token);
    if (!rc)
        rc = parse_bracket(p, &inner);
    if (rc || !inner)
        return rc ? rc : refuse(p, token, "nothing to count in the bracket");
    struct query_node *node =
        new_node(p->memory, QUERY_ATLEAST, p->field, token->column);
    node->number = token->number;
    node->parts = arena_alloc(p->memory, sizeof(*node->parts));
    node->parts[0] = inner;
    node->part_count = 1;
    *out = node;
    return STATUS_OK;
}

static enum status parse_primary(struct parser *p, struct query_node **out)
{
    const struct query_token *token = peek(p);
    *out = NULL;
    switch (token->kind) {
    case TOKEN_FIELD: return parse_field(p, out);
    case TOKEN_OPEN: return parse_bracket(p, out);
    case TOKEN_QUOTED: return parse_quoted(p, out);
    case TOKEN_EXACT: return parse_exact(p, out);
    case TOKEN_ATLEAST: return parse_atleast(p, out);
    case TOKEN_WORD: {
        take(p);
        enum status rc = value_node(p, out, token->text, false, token);
        return rc ? rc : parse_suffixes(p, *out, false);
    }
    default: return refuse(p, token, "a word is missing here");
    }
}

static enum status parse_field(struct parser *p, struct query_node **out)
{
    const struct query_token *token = take(p);
    enum field_id outer = p->field;
    const struct query_token *next = peek(p);
    if (next->kind == TOKEN_END || next->kind == TOKEN_CLOSE) {
        p->report->column = token->column;
        return error_set(p->err, STATUS_BAD_QUERY,
                         "what to look for in '%s' is missing",
                         schema_fields[token->field].name);
    }
    p->field = token->field;
    enum status rc = parse_primary(p, out);
    p->field = outer;
    return rc;
}

static enum field_id field_of(const struct query_node *node)
{
    while (node->part_count)
        node = node->parts[0];
    return node->field;
}

static enum status parse_near(struct parser *p, struct query_node **out)
{
    enum status rc = parse_primary(p, out);
    while (!rc && peek(p)->kind == TOKEN_NEAR) {
        const struct query_token *token = take(p);
        if (token->unit == QUERY_WORDS &&
            (!token->number || token->number > QUERY_NEAR_MAX))
            return refuse(p, token, "w/N wants N from 1 to 999");
        struct query_node *right;
        if (token->unit == QUERY_SENTENCE)
            rc = count_verified(p, token);
        if (!rc)
            rc = parse_primary(p, &right);
        if (rc)
            return rc;
        if (!*out || !right)
            return refuse(p, token, "w/N wants a word on both sides");
        if (field_of(*out) != field_of(right))
            return refuse(p, token, "w/N wants both sides in one field");
        struct query_node *node =
            new_node(p->memory, QUERY_NEAR, p->field, token->column);
        node->number = token->number;
        node->unit = token->unit;
        node->ordered = token->ordered;
        node->parts = arena_alloc(p->memory, 2 * sizeof(*node->parts));
        node->parts[0] = *out;
        node->parts[1] = right;
        node->part_count = 2;
        *out = node;
    }
    return rc;
}

static bool begins_item(enum query_token_kind kind)
{
    return kind == TOKEN_WORD || kind == TOKEN_QUOTED || kind == TOKEN_OPEN ||
           kind == TOKEN_FIELD || kind == TOKEN_PLUS || kind == TOKEN_MINUS ||
           kind == TOKEN_EXACT || kind == TOKEN_ATLEAST;
}

static enum status parse_list(struct parser *p, struct query_node **out)
{
    struct node_list list = { NULL, 0, 0 };
    const struct query_token *first = peek(p);
    bool positive = false;
    if (!begins_item(first->kind))
        return refuse(p, first,
                      first->kind == TOKEN_NOT
                          ? "NOT needs something to subtract from"
                          : "a word is missing here");
    while (begins_item(peek(p)->kind)) {
        enum query_mark mark = QUERY_PLAIN;
        if (peek(p)->kind == TOKEN_PLUS || peek(p)->kind == TOKEN_MINUS)
            mark = take(p)->kind == TOKEN_PLUS ? QUERY_PLUS : QUERY_MINUS;
        struct query_node *item;
        enum status rc = parse_near(p, &item);
        if (rc)
            return rc;
        if (!item)
            continue;
        item->mark = mark;
        positive = positive || mark != QUERY_MINUS;
        list_add(p, &list, item);
    }
    if (list.count && !positive)
        return refuse(p, first, "- needs something to subtract from");
    *out = join(p, QUERY_LIST, &list, first->column);
    return STATUS_OK;
}

static enum status parse_and(struct parser *p, struct query_node **out)
{
    enum status rc = parse_list(p, out);
    while (!rc && (peek(p)->kind == TOKEN_AND || peek(p)->kind == TOKEN_NOT)) {
        const struct query_token *token = take(p);
        bool subtract = token->kind == TOKEN_NOT;
        if (!subtract && peek(p)->kind == TOKEN_NOT) {
            take(p);
            subtract = true;
        }
        struct query_node *right;
        rc = parse_list(p, &right);
        if (rc || !right)
            continue;
        if (!*out)
            return refuse(p, token, "a word is missing before this");
        struct query_node *node =
            new_node(p->memory, subtract ? QUERY_NOT : QUERY_AND, FIELD_TEXT,
                     token->column);
        node->parts = arena_alloc(p->memory, 2 * sizeof(*node->parts));
        node->parts[0] = *out;
        node->parts[1] = right;
        node->part_count = 2;
        *out = node;
    }
    return rc;
}

static enum status parse_or(struct parser *p, struct query_node **out)
{
    struct node_list list = { NULL, 0, 0 };
    uint32_t column = peek(p)->column;
    for (;;) {
        struct query_node *part;
        enum status rc = parse_and(p, &part);
        if (rc)
            return rc;
        if (part)
            list_add(p, &list, part);
        if (peek(p)->kind != TOKEN_OR)
            break;
        take(p);
    }
    *out = join(p, QUERY_OR, &list, column);
    return STATUS_OK;
}

/* ---- Entries ---------------------------------------------------------- */

static enum status parse_all(struct parser *p, struct query_node **out)
{
    if (peek(p)->kind == TOKEN_END)
        return STATUS_OK;
    enum status rc = parse_or(p, out);
    while (!rc && peek(p)->kind == TOKEN_CLOSE && p->settings->repair) {
        take(p);
        str_add_text(&p->report->notes, "a bracket too many was left out\n");
        if (peek(p)->kind == TOKEN_END)
            return STATUS_OK;
        struct query_node *more;
        rc = parse_or(p, &more);
        struct query_node *both[] = { *out, more };
        if (!rc)
            *out = query_all_of(both, 2, p->memory);
    }
    if (!rc && peek(p)->kind == TOKEN_CLOSE)
        return refuse(p, peek(p), "this bracket was never opened");
    if (!rc && peek(p)->kind != TOKEN_END)
        return refuse(p, peek(p), "this does not belong here");
    return rc;
}

enum status query_parse(struct query_node **out, struct span text,
                        const struct query_settings *settings,
                        struct arena *memory, struct query_report *report,
                        struct error *err)
{
    *out = NULL;
    struct query_tokens tokens;
    enum status rc = query_scan(&tokens, text, memory, &report->column, err);
    if (rc)
        return rc;
    struct parser parser = {
        .tokens = &tokens,
        .settings = settings,
        .memory = memory,
        .report = report,
        .err = err,
        .field = FIELD_TEXT,
    };
    struct query_node *tree = NULL;
    rc = parse_all(&parser, &tree);
    if (!rc)
        *out = tree;
    return rc;
}

enum status query_value(struct query_node **out, enum field_id field,
                        struct span text, const struct query_settings *settings,
                        struct arena *memory, struct error *err)
{
    *out = NULL;
    struct query_report report = QUERY_REPORT_INIT;
    const struct query_token token = { .kind = TOKEN_QUOTED, .column = 0 };
    struct parser parser = {
        .settings = settings,
        .memory = memory,
        .report = &report,
        .err = err,
        .field = field,
    };
    if (utf8_valid_prefix(text) != text.size)
        return error_set(err, STATUS_BAD_QUERY, "'%s' is not UTF-8",
                         schema_fields[field].name);
    enum status rc = value_node(&parser, out, text, true, &token);
    str_release(&report.notes);
    return rc;
}
