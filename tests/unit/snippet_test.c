/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/snippet.h"

#include "base/utf8.h"
#include "tests/unit/test.h"

#define P "\n\n"
#define TEN "one two three four five six seven eight nine ten "
#define HAN "\xE6\xB4\xAA\xE6\xB0\xB4" /* flood */
#define FAMILY "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7"
#define HEART "\xE2\x9D\xA4\xEF\xB8\x8F"

static const struct snippet_options fitting = { 0, 0, PASSAGE_FITTING },
                                    one = { 0, 1, PASSAGE_FITTING },
                                    by_words = { 0, 0, PASSAGE_BY_WORDS },
                                    sentence = { 0, 0, PASSAGE_SENTENCE },
                                    paragraph = { 0, 0, PASSAGE_PARAGRAPH },
                                    all = { 0, SNIPPET_ALL, PASSAGE_SENTENCE },
                                    all_words = { 0, SNIPPET_ALL,
                                                  PASSAGE_BY_WORDS };

/* The title is "A flood"; passages come out behind the number of their
 * paragraph, with "..." where they are cut and brackets around marks. */
static const struct {
    const char *query;
    const struct snippet_options *options;
    const char *body, *shown;
} cases[] = {
    /* Without a place in the body: how it begins. */
    { "flood", &fitting, "Rain fell. It was cold.",
      "1 Rain fell. It was cold.\n" },
    { "flood", &fitting, "\n\nRain.", "2 Rain.\n" },
    { "zzz", &fitting, "", "1 A flood\n" },
    /* What is marked is what matched. */
    { "flood", &fitting, "Floods and a floor.", "1 [Floods] and a floor.\n" },
    { "=flood", &fitting, "Floods and a flood.", "1 Floods and a [flood].\n" },
    { "flo*r", &fitting, "Floods and a floor.", "1 Floods and a [floor].\n" },
    { "river~", &fitting, "Rivers and rivets and rives.",
      "1 [Rivers] and rivets and [rives].\n" },
    { "\"sea wall\"", &fitting, "The sea and a wall; the sea wall.",
      "1 The sea and a wall; the [sea wall].\n" },
    { "sea w/2 wall", &fitting, "The sea at the far wall. The wall at sea.",
      "1 The [wall] at [sea].\n" },
    { "person:kirby", &fitting, "Kirby spoke.", "1 [Kirby] spoke.\n" },
    { "title:flood", &fitting, "The flood.", "1 The flood.\n" },
    { "source:flood", &fitting, "The flood.", "1 The flood.\n" },
    { "sea -wall", &fitting, "The sea wall.", "1 The [sea] wall.\n" },
    /* As much around it as is asked for. */
    { "sea", &by_words, TEN "eleven sea twelve " TEN,
      "1 ...two three four five six seven eight nine ten eleven [sea] twelve "
      "one two three four five six seven eight nine...\n" },
    { "sea", &by_words, "Not here." P "The sea." P "Nor here.",
      "2 The [sea].\n" },
    { "sea", &sentence, "Not here. The sea is. Nor here.",
      "1 The [sea] is.\n" },
    { "sea", &paragraph, "Not here." P "First. The sea. Last." P "Nor here.",
      "2 First. The [sea]. Last.\n" },
    /* The best passage, and others only for what it lacks. */
    { "sea wall", &fitting, "Sea." P "Rain." P "Sea and wall." P "Wall.",
      "3 [Sea] and [wall].\n" },
    { "sea wall", &fitting, "Sea." P "Rain." P "Wall.",
      "1 [Sea].\n3 [Wall].\n" },
    { "sea wall", &one, "Sea." P "Rain." P "Wall.", "1 [Sea].\n" },
    /* Not the title once more, nor another article's. */
    { "flood", &fitting, "A FLOOD" P "It rained, and the river rose.",
      "2 It rained, and the river rose.\n" },
    { "flood", &fitting, "A flood" P "A flood" P "Rain, and the flood came.",
      "3 Rain, and the [flood] came.\n" },
    { "flood", &fitting, "A flood" P, "" },
    { "sea wall", &fitting,
      "READ ALSO: the sea wall in the north" P
      "It stood by the sea, and has stood there long.",
      "1 READ ALSO: the [sea] [wall] in the north\n"
      "2 It stood by the [sea], and has stood there long.\n" },
    { "sea", &fitting,
      "Read also: the sea wall in the north" P
      "It stood by the sea, and has stood there long.",
      "2 It stood by the [sea], and has stood there long.\n" },
    /* A sentence is whole where it fits. */
    { "sea", &fitting, "Rain. It is " TEN TEN TEN "in the sea. Rain.",
      "1 It is " TEN TEN TEN "in the [sea]. Rain.\n" },
    { "sea", &fitting, TEN TEN TEN TEN TEN TEN "in the sea.",
      "1 ...ten one two three four five six seven eight nine ten in the "
      "[sea].\n" },
    /* All of them. */
    { "sea", &all, "Sea. Rain. Sea." P "Rain." P "The sea.",
      "1 [Sea]. Rain. [Sea].\n3 The [sea].\n" },
    { "sea", &all_words, "Sea " TEN TEN TEN TEN TEN "sea.",
      "1 [Sea] one two three four five six seven eight nine ten...\n"
      "1 ...one two three four five six seven eight nine ten [sea].\n" },
};

static void show(struct str *out, struct span text,
                 const struct snippet *snippet)
{
    for (size_t i = 0; i < snippet->count; i++) {
        const struct passage *passage = &snippet->passages[i];
        size_t at = passage->start;
        str_addf(out, "%u %s", (unsigned)passage->paragraph,
                 passage->cut_start ? "..." : "");
        for (size_t n = 0; n < passage->mark_count; n++) {
            const struct found *mark = &passage->marks[n];
            str_add(out, span_slice(text, at, mark->offset));
            at = mark->offset + mark->size;
            str_addf(out, "[%.*s]",
                     SPAN_ARGS(span_slice(text, mark->offset, at)));
        }
        str_add(out, span_slice(text, at, passage->end));
        str_addf(out, "%s\n", passage->cut_end ? "..." : "");
    }
}

static void make(struct str *out, const char *query, struct span text,
                 uint32_t title_size, const struct snippet_options *options)
{
    const struct query_settings settings = { 0, false };
    struct query_report report = QUERY_REPORT_INIT;
    struct arena *memory = arena_new();
    struct error err = ERROR_INIT;
    struct query_node *tree;
    struct found_list found;
    struct snippet snippet;
    CHECK_STATUS(
        query_parse(&tree, span_of(query), &settings, memory, &report, &err),
        STATUS_OK, err);
    struct matcher *matcher = matcher_new(tree, NULL, span_of("en"));
    matcher_run(matcher, text, title_size, memory, &found);
    snippet_make(&snippet, text, title_size, &found, options, memory);
    show(out, text, &snippet);
    matcher_free(matcher);
    str_release(&report.notes);
    arena_free(memory);
}

TEST(snippets_show_what_matched)
{
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct str text = STR_INIT, out = STR_INIT;
        str_addf(&text, "A flood%s%s", *cases[i].body ? P : "", cases[i].body);
        make(&out, cases[i].query, str_span(&text), 7, cases[i].options);
        CHECK_STR(out.data, cases[i].shown);
        str_release(&text);
        str_release(&out);
    }
}

/* A long text without blanks has `unit` many times on both sides of `word`;
 * whatever is shown of it is whole units. */
static void check_whole(const char *unit, const char *word)
{
    for (int context = PASSAGE_FITTING; context <= PASSAGE_PARAGRAPH;
         context++) {
        const struct snippet_options options = {
            0, 1, (enum passage_context)context
        };
        struct str text = STR_INIT, out = STR_INIT;
        for (int i = 0; i < 12000; i++)
            str_addf(&text, "%s%s", unit, i == 6000 ? word : "");
        make(&out, word, str_span(&text), 0, &options);
        struct span rest = str_span(&out);
        CHECK(span_starts(rest, "1 ..."));
        rest = span_slice(rest, 5, rest.size);
        size_t units = 0;
        while (span_starts(rest, unit) || span_starts(rest, "[")) {
            size_t skip = span_of(unit).size;
            if (span_starts(rest, "["))
                skip = span_find_char(rest, 0, ']') + 1;
            else
                units++;
            rest = span_slice(rest, skip, rest.size);
        }
        CHECK(units >= 4);
        CHECK(span_is(rest, "...\n"));
        str_release(&text);
        str_release(&out);
    }
}

TEST(snippets_cut_no_character)
{
    check_whole("\xE5\xB1\xB1", HAN);
    /* A kana with its voicing mark apart, a Thai letter with vowel and tone. */
    check_whole("\xE3\x81\x8B\xE3\x82\x99", HAN);
    check_whole("\xE0\xB8\x81\xE0\xB8\xB4\xE0\xB9\x88", HAN);
    check_whole(FAMILY, HAN);
    check_whole(HEART, HAN);
}

TEST(snippets_of_right_to_left_text_are_whole)
{
    struct str out = STR_INIT;
    /* "The government said today." with vowel signs, in Arabic and Hebrew. */
    const char *arabic = "\xD9\x82\xD9\x8E\xD8\xA7\xD9\x84\xD9\x8E\xD8\xAA\xD9"
                         "\x90 \xD8\xA7\xD9\x84\xD8\xAD\xD9\x83\xD9\x88\xD9\x85"
                         "\xD8\xA9 \xD8\xA7\xD9\x84\xD9\x8A\xD9\x88\xD9\x85.";
    make(&out, "\xD8\xA7\xD9\x84\xD9\x8A\xD9\x88\xD9\x85", span_of(arabic), 0,
         &fitting);
    CHECK_STR(out.data, "1 \xD9\x82\xD9\x8E\xD8\xA7\xD9\x84\xD9\x8E\xD8\xAA\xD9"
                        "\x90 \xD8\xA7\xD9\x84\xD8\xAD\xD9\x83\xD9\x88\xD9\x85"
                        "\xD8\xA9 [\xD8\xA7\xD9\x84\xD9\x8A\xD9\x88\xD9\x85]."
                        "\n");
    str_release(&out);
}
