/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Recursive descent over the tokens, one function for each precedence. */
#include "base/utf8.h"
#include "search/query_parser.h"

static enum status parse_or(struct parser *p, struct query_node **out);

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

/* Of each the texts that may answer are looked at, which takes long. */
static enum status count_verified(struct parser *p,
                                  const struct query_token *token)
{
    if (++p->verified <= QUERY_VERIFIED_MAX)
        return STATUS_OK;
    p->report->column = token->column;
    return error_set(p->err, STATUS_BAD_QUERY,
                     "over %d times w/s, atleastN() and quotations or windows "
                     "within a window",
                     QUERY_VERIFIED_MAX);
}

/* ---- Suffixes --------------------------------------------------------- */

static enum status apply_tilde(struct parser *p, struct query_node *node,
                               const struct query_token *tilde, bool quoted)
{
    uint32_t number = tilde->number;
    if (quoted) {
        if (!number || number > QUERY_NEAR_MAX)
            return parser_refuse(p, tilde, "\"...\"~N wants N from 1 to 999");
        if (node->kind != QUERY_PHRASE)
            return STATUS_OK;
        node->kind = QUERY_NEAR;
        node->number = number;
        return STATUS_OK;
    }
    bool is_said = tilde->text.size > 1;
    if (number > QUERY_EDITS_MAX || (is_said && !number))
        return parser_refuse(p, tilde, "word~N wants N of 1 or 2");
    if (node->kind != QUERY_WORD && node->kind != QUERY_EXACT)
        return parser_refuse(p, tilde,
                             "~ belongs behind a word or a quotation");
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
            return parser_refuse(p, token, "^N wants N over 0, up to 1000");
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
        return parser_refuse(p, open, "this bracket is not closed");
    else
        str_add_text(&p->report->notes, "a bracket was not closed\n");
    return parse_suffixes(p, *out, false);
}

static enum status parse_quoted(struct parser *p, struct query_node **out)
{
    const struct query_token *token = take(p);
    if (token->open && !p->settings->repair)
        return parser_refuse(p, token, "this quotation is not closed");
    if (token->open)
        str_add_text(&p->report->notes, "a quotation was not closed\n");
    enum status rc = parser_value(p, out, token->text, true, token);
    return rc ? rc : parse_suffixes(p, *out, true);
}

static enum status parse_exact(struct parser *p, struct query_node **out)
{
    take(p);
    const struct query_token *token = peek(p);
    if (token->kind != TOKEN_WORD)
        return parser_refuse(p, token, "= belongs in front of a word");
    take(p);
    enum status rc = parser_word(p, out, token->text, QUERY_EXACT, token);
    return rc ? rc : parse_suffixes(p, *out, false);
}

static enum status parse_field(struct parser *p, struct query_node **out);

static enum status parse_atleast(struct parser *p, struct query_node **out)
{
    const struct query_token *token = take(p);
    if (!token->number || token->number > QUERY_ATLEAST_MAX)
        return parser_refuse(p, token, "atleastN wants N from 1 to 999");
    struct query_node *inner;
    enum status rc = count_verified(p, token);
    if (!rc)
        rc = parse_bracket(p, &inner);
    if (rc || !inner)
        return rc ? rc
                  : parser_refuse(p, token, "nothing to count in the bracket");
    struct query_node *node =
        parser_node(p->memory, QUERY_ATLEAST, p->field, token->column);
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
        enum status rc = parser_value(p, out, token->text, false, token);
        return rc ? rc : parse_suffixes(p, *out, false);
    }
    default: return parser_refuse(p, token, "a word is missing here");
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
            return parser_refuse(p, token, "w/N wants N from 1 to 999");
        struct query_node *right;
        rc = parse_primary(p, &right);
        if (rc)
            return rc;
        if (!*out || !right)
            return parser_refuse(p, token, "w/N wants a word on both sides");
        if (field_of(*out) != field_of(right))
            return parser_refuse(p, token, "w/N wants both sides in one field");
        struct query_node *node =
            parser_node(p->memory, QUERY_NEAR, p->field, token->column);
        node->number = token->number;
        node->unit = token->unit;
        node->ordered = token->ordered;
        node->parts = arena_alloc(p->memory, 2 * sizeof(*node->parts));
        node->parts[0] = *out;
        node->parts[1] = right;
        node->part_count = 2;
        *out = node;
        if (query_wants_text(node))
            rc = count_verified(p, token);
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
        return parser_refuse(p, first,
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
        parser_list_add(p, &list, item);
    }
    if (list.count && !positive)
        return parser_refuse(p, first, "- needs something to subtract from");
    *out = parser_join(p, QUERY_LIST, &list, first->column);
    return STATUS_OK;
}

/* What NOT takes away. */
static enum status parse_one(struct parser *p, struct query_node **out)
{
    enum query_token_kind kind = peek(p)->kind;
    if (!begins_item(kind) || kind == TOKEN_PLUS || kind == TOKEN_MINUS)
        return parser_refuse(p, peek(p), "a word is missing here");
    return parse_near(p, out);
}

static enum status parse_and(struct parser *p, struct query_node **out)
{
    enum status rc = parse_list(p, out);
    while (!rc) {
        const struct query_token *token = peek(p);
        bool subtract = token->kind == TOKEN_NOT || token->kind == TOKEN_MINUS;
        if (subtract || token->kind == TOKEN_AND)
            take(p);
        else if (!begins_item(token->kind))
            break;
        if (token->kind == TOKEN_AND && peek(p)->kind == TOKEN_NOT) {
            take(p);
            subtract = true;
        }
        struct query_node *right;
        rc = subtract ? parse_one(p, &right) : parse_list(p, &right);
        if (rc || !right)
            continue;
        if (!*out)
            return parser_refuse(p, token, "a word is missing before this");
        struct query_node *node =
            parser_node(p->memory, subtract ? QUERY_NOT : QUERY_AND, FIELD_TEXT,
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
            parser_list_add(p, &list, part);
        if (peek(p)->kind != TOKEN_OR)
            break;
        take(p);
    }
    *out = parser_join(p, QUERY_OR, &list, column);
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
        return parser_refuse(p, peek(p), "this bracket was never opened");
    if (!rc && peek(p)->kind != TOKEN_END)
        return parser_refuse(p, peek(p), "this does not belong here");
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
    enum status rc = parser_value(&parser, out, text, true, &token);
    str_release(&report.notes);
    return rc;
}
