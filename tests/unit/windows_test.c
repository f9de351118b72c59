/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Random windows in random texts, against all sets of words that could be
 * them. */
#include "search/windows.h"

#include <stdlib.h>

#include "search/match.h"
#include "tests/unit/test.h"

enum { TEXTS = 3000, WORDS_MAX = 16, SETS_MAX = 20000 };

/* The text: words 'b' to 'f', and which of them begin sentences, paragraphs. */
struct text {
    char words[WORDS_MAX];
    int sentences[WORDS_MAX], paragraphs[WORDS_MAX], count;
};

/* Places of a window, each a set of words: bit i is word i. */
struct sets {
    uint32_t items[SETS_MAX];
    size_t count;
};

static uint32_t draw(uint32_t *random, uint32_t below)
{
    *random = *random * 1664525u + 1013904223u;
    return (uint32_t)((uint64_t)(*random >> 4) * below >> 28);
}

static void make_text(struct text *text, struct str *out, uint32_t *random)
{
    text->count = 3 + (int)draw(random, WORDS_MAX - 2);
    int sentence = 0, paragraph = 0;
    for (int i = 0; i < text->count; i++) {
        uint32_t end = i ? draw(random, 12) : 11;
        sentence += end < 3;
        paragraph += end == 0;
        text->words[i] = (char)('b' + draw(random, 5));
        text->sentences[i] = sentence;
        text->paragraphs[i] = paragraph;
        str_add_text(out, end == 0 ? ".\n\n" : end < 3 ? ". " : " ");
        str_addf(out, "%c%c",
                 end < 3 ? text->words[i] - 'b' + 'B' : text->words[i],
                 text->words[i]);
    }
    str_add_char(out, '.');
}

static void make_query(struct str *out, uint32_t *random, int depth)
{
    static const char *const ways[] = { "w/1", "w/3", "pre/2", "w/s", "w/p" };
    char a = (char)('b' + draw(random, 5)), b = (char)('b' + draw(random, 5));
    uint32_t kind = draw(random, 8);
    if (depth && kind > 2) {
        str_add_char(out, '(');
        make_query(out, random, depth - 1);
        str_addf(out, " %s ", ways[draw(random, 5)]);
        make_query(out, random, depth - 1);
        str_add_char(out, ')');
    } else if (kind == 0) {
        str_addf(out, "\"%c%c %c%c\"", a, a, b, b);
    } else if (kind == 1) {
        str_addf(out, "(=%c%c OR =%c%c)", a, a, b, b);
    } else {
        str_addf(out, "=%c%c", a, a);
    }
}

static void add_set(struct sets *sets, uint32_t set)
{
    for (size_t i = 0; i < sets->count; i++)
        if (sets->items[i] == set)
            return;
    if (sets->count < SETS_MAX)
        sets->items[sets->count++] = set;
}

static int first_of(uint32_t set)
{
    return __builtin_ctz(set);
}

static int last_of(uint32_t set)
{
    return 31 - __builtin_clz(set);
}

static bool is_within(const struct text *text, const struct query_node *node,
                      uint32_t a, uint32_t b)
{
    int first = first_of(a | b), last = last_of(a | b);
    if (a & b || text->paragraphs[first] != text->paragraphs[last])
        return false;
    if (node->unit != QUERY_WORDS)
        return node->unit == QUERY_PARAGRAPH ||
               text->sentences[first] == text->sentences[last];
    if (first_of(b) > last_of(a))
        return first_of(b) - last_of(a) <= (int)node->number;
    if (node->ordered)
        return false;
    return first_of(a) - last_of(b) <= (int)node->number;
}

static void find_sets(struct sets *out, const struct text *text,
                      const struct query_node *node)
{
    struct sets *left, *right;
    int size = (int)node->part_count;
    switch (node->kind) {
    case QUERY_OR:
        for (int i = 0; i < size; i++)
            find_sets(out, text, node->parts[i]);
        return;
    case QUERY_PHRASE:
        for (int i = 0; i + 1 < text->count; i++)
            if (text->words[i] == node->parts[0]->text.data[0] &&
                text->words[i + 1] == node->parts[1]->text.data[0] &&
                text->paragraphs[i] == text->paragraphs[i + 1])
                add_set(out, 3u << i);
        return;
    case QUERY_NEAR: break;
    default:
        for (int i = 0; i < text->count; i++)
            if (text->words[i] == node->text.data[0])
                add_set(out, 1u << i);
        return;
    }
    left = calloc(1, sizeof(*left));
    right = calloc(1, sizeof(*right));
    find_sets(left, text, node->parts[0]);
    find_sets(right, text, node->parts[1]);
    for (size_t i = 0; i < left->count; i++)
        for (size_t j = 0; j < right->count; j++)
            if (is_within(text, node, left->items[i], right->items[j]))
                add_set(out, left->items[i] | right->items[j]);
    free(left);
    free(right);
}

/* What is marked is of some window, and is where there is one. */
static void compare(const struct text *text, struct span written,
                    const char *question, struct arena *memory)
{
    const struct query_settings settings = { 0, false };
    struct query_report report = QUERY_REPORT_INIT;
    struct error err = ERROR_INIT;
    struct query_node *tree;
    struct found_list found;
    struct sets *sets = calloc(1, sizeof(*sets));
    CHECK_STATUS(
        query_parse(&tree, span_of(question), &settings, memory, &report, &err),
        STATUS_OK, err);
    find_sets(sets, text, tree);
    struct matcher *matcher = matcher_new(tree, NULL, span_of("en"));
    matcher_run(matcher, written, 0, memory, &found);
    uint32_t any = 0, marked = 0;
    for (size_t i = 0; i < sets->count; i++)
        any |= sets->items[i];
    for (size_t i = 0; i < found.count; i++) {
        size_t word = 0;
        for (size_t at = 0; at < found.items[i].offset; at++)
            word += written.data[at] == ' ' ||
                    (written.data[at] == '\n' && written.data[at + 1] != '\n');
        marked |= 1u << (word - 1);
    }
    if (!any != !marked || (marked & ~any))
        printf("%s in%.*s: %x of %x\n", question, SPAN_ARGS(written), marked,
               any);
    CHECK(!any == !marked);
    CHECK(!(marked & ~any));
    matcher_free(matcher);
    free(sets);
}

TEST(windows_are_those_that_counting_words_finds)
{
    uint32_t random = 7;
    struct arena *memory = arena_new();
    for (int i = 0; i < TEXTS; i++) {
        struct text text;
        struct str written = STR_INIT, question = STR_INIT;
        make_text(&text, &written, &random);
        str_add_char(&question, '(');
        make_query(&question, &random, 2);
        str_add_text(&question, i % 2 ? " w/4 " : " w/s ");
        make_query(&question, &random, 1);
        str_add_char(&question, ')');
        compare(&text, str_span(&written), question.data, memory);
        arena_reset(memory);
        str_release(&written);
        str_release(&question);
    }
    arena_free(memory);
}
