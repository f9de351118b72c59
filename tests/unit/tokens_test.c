/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/tokens.h"

#include "tests/unit/test.h"

/* The surfaces of a text with "|" between them. */
static struct span surfaces(struct str *out, const char *text)
{
    str_clear(out);
    struct tokens tokens = tokens_begin(span_of(text));
    struct token token;
    while (tokens_next(&tokens, &token)) {
        if (out->size)
            str_add_char(out, '|');
        str_add(out, token.surface);
    }
    return str_span(out);
}

struct row {
    const char *text, *expected;
};

static const struct row word_rows[] = {
    { "", "" },
    { " \t\n--- ?! ", "" },
    { "a", "a" },
    { "The Pentagon said", "The|Pentagon|said" },
    { "end.", "end" },
    { "(end).", "end" },
    /* hyphens, underscores and slashes part words */
    { "El-Rufai", "El|Rufai" },
    { "COVID-19", "COVID|19" },
    { "and/or snake_case", "and|or|snake|case" },
    { "user@example.com #tag", "user|example|com|tag" },
    /* apostrophes */
    { "O'Brien don't", "O'Brien|don't" },
    { "O\u2019Brien", "O\u2019Brien" },
    { "O\u2018Brien O\u00B4Brien O`Brien",
      "O\u2018Brien|O\u00B4Brien|O`Brien" },
    { "workers' pay", "workers|pay" },
    { "'quoted' \u2018quoted\u2019", "quoted|quoted" },
    { "rock 'n' roll", "rock|n|roll" },
    { "the 1990's", "the|1990's" },
    { "5'10 tall", "5|10|tall" },
    { "O''Brien", "O|Brien" },
    /* elision before a vowel or h */
    { "d'\u00E9tudes", "d|\u00E9tudes" },
    { "l\u2019homme d'Haiti", "l|homme|d|Haiti" },
    { "L'\u00C9TAT qu'il n'y s'est", "L|\u00C9TAT|qu|il|n|y|s|est" },
    { "dell'arte un'altra all'\u00E8ra", "dell|arte|un|altra|all|\u00E8ra" },
    { "c'\u0153uvre", "c|\u0153uvre" },
    { "D'Angelo", "D|Angelo" },
    { "N'Djamena aujourd'hui Qur'an", "N'Djamena|aujourd'hui|Qur'an" },
    { "Al-Qa'ida's", "Al|Qa'ida's" },
    /* acronyms */
    { "the U.S. and", "the|U.S.|and" },
    { "in the U.S.", "in|the|U.S." },
    { "U.S.A", "U.S.A" },
    { "U.S.'s policy, U.S.\u2019s", "U.S.'s|policy|U.S.\u2019s" },
    { "U.S.-led", "U.S.|led" },
    { "10 a.m. (p.m.)", "10|a.m.|p.m." },
    { "J. K. and J.K. Rowling", "J|K|and|J.K.|Rowling" },
    { "F.Kennedy", "F|Kennedy" },
    { "U.S.based", "U.S.|based" },
    { "A... B", "A|B" },
    { "www.bbc.co.uk", "www|bbc|co|uk" },
    { "\u0421.\u0428.\u0410. \u0438", "\u0421.\u0428.\u0410.|\u0438" },
    /* ampersands */
    { "AT&T at&t S&P's BB&T PG&E", "AT&T|at&t|S&P's|BB&T|PG&E" },
    { "Marks&Spencer", "Marks|Spencer" },
    { "A & B && C&", "A|B|C" },
    /* numbers */
    { "1,780.5", "1,780.5" },
    { "$1,780.50, 3.5m and 50%", "1,780.50|3.5m|and|50" },
    { "at 10:30. 5, 6", "at|10:30|5|6" },
    { "13.04.2022", "13.04.2022" },
    { "5-3,6-2", "5|3,6|2" },
    { ".5 5.", "5|5" },
    { "G20's v1.2", "G20's|v1.2" },
    /* marks belong to the letter before them and begin no word */
    { "re\u0301sume\u0301", "re\u0301sume\u0301" },
    { "\u2764\uFE0F love", "love" },
    { "\u0301 a", "a" },
    { "\u0939\u093F\u0928\u094D\u0926\u0940 \u092D\u093E\u0937\u093E",
      "\u0939\u093F\u0928\u094D\u0926\u0940|\u092D\u093E\u0937\u093E" },
    /* hidden characters */
    { "co\u00ADop", "co\u00ADop" },
    { "a\u00AD\u00AD b\u200D", "a|b" },
    { "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645",
      "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645" },
    { "a\u200Bb", "a|b" },
    /* Catalan */
    { "col\u00B7legi \uBBF8\u00B7\uC911", "col\u00B7legi|\uBBF8|\uC911" },
    /* scripts without blanks, and Hangul: a word each */
    { "\u4E2D\u56FD\u4EBA", "\u4E2D|\u56FD|\u4EBA" },
    { "iPhone\u624B\u673A2\u53F0", "iPhone|\u624B|\u673A|2|\u53F0" },
    { "\u304B\u3099\u30AB\u30FC", "\u304B\u3099|\u30AB|\u30FC" },
    { "\uFF76\uFF9E", "\uFF76\uFF9E" },
    { "\u0E01\u0E34\u0E19", "\u0E01\u0E34|\u0E19" },
    { "\uB300\uD55C\uBBFC\uAD6D \uC0AC\uB78C",
      "\uB300|\uD55C|\uBBFC|\uAD6D|\uC0AC|\uB78C" },
    /* full-width */
    { "\uFF21\uFF22\uFF23\uFF11", "\uFF21\uFF22\uFF23\uFF11" },
};

TEST(tokens_are_words)
{
    struct str out = STR_INIT;
    for (size_t i = 0; i < sizeof(word_rows) / sizeof(word_rows[0]); i++)
        CHECK_SPAN(surfaces(&out, word_rows[i].text), word_rows[i].expected);
    str_release(&out);
}

/* The positions of a text; "|" where a sentence, "||" where a paragraph
 * begins. */
static struct span positions(struct str *out, const char *text)
{
    str_clear(out);
    struct tokens tokens = tokens_begin(span_of(text));
    struct token token, before = { 0 };
    while (tokens_next(&tokens, &token)) {
        if (token.paragraph != before.paragraph)
            str_add_text(out, "||");
        else if (token.sentence != before.sentence)
            str_add_char(out, '|');
        else if (out->size)
            str_add_char(out, ' ');
        str_addf(out, "%u", token.position);
        before = token;
    }
    return str_span(out);
}

static const struct row position_rows[] = {
    { "a b. C d", "1 2|3 4" },
    { "\n\na", "1" },
    { "... A", "1" },
    { "a\n\nb", "1||1001" },
    { "a\nb", "1 2" },
    { "a\n \t\r\nb", "1||1001" },
    { "a\n-\nb", "1 2" },
    { "A.\n\n\n\nB c.\n\nD", "1||1001 1002||2002" },
    { "in the U.S. The end", "1 2 3|4 5" },
    { "the U.S. Congress", "1 2 3" },
};

TEST(tokens_have_positions)
{
    struct str out = STR_INIT;
    for (size_t i = 0; i < sizeof(position_rows) / sizeof(position_rows[0]);
         i++)
        CHECK_SPAN(positions(&out, position_rows[i].text),
                   position_rows[i].expected);
    str_release(&out);
}

TEST(tokens_of_words_only_are_the_same_without_sentences)
{
    for (size_t i = 0; i < sizeof(position_rows) / sizeof(position_rows[0]);
         i++) {
        struct span text = span_of(position_rows[i].text);
        struct tokens whole = tokens_begin(text);
        struct tokens words = tokens_begin_words(text);
        struct token a, b;
        while (tokens_next(&whole, &a)) {
            CHECK(tokens_next(&words, &b));
            CHECK_NUMBER(b.offset, a.offset);
            CHECK_NUMBER(b.position, a.position);
            CHECK_NUMBER(b.paragraph, a.paragraph);
            CHECK_NUMBER(b.sentence, 0);
        }
        CHECK(!tokens_next(&words, &b));
    }
}

TEST(tokens_count_sentences_and_offsets)
{
    const char *text = "One. Two!\n\nThr\u00E9e.";
    struct tokens tokens = tokens_begin(span_of(text));
    struct token token;
    CHECK(tokens_next(&tokens, &token));
    CHECK_NUMBER(token.sentence, 0);
    CHECK(tokens_next(&tokens, &token));
    CHECK_NUMBER(token.sentence, 1);
    CHECK_NUMBER(token.paragraph, 0);
    CHECK_NUMBER(token.offset, 5);
    CHECK(tokens_next(&tokens, &token));
    CHECK_NUMBER(token.sentence, 2);
    CHECK_NUMBER(token.paragraph, 1);
    CHECK_NUMBER(token.offset, 11);
    CHECK_NUMBER(token.surface.size, 6);
    CHECK(!tokens_next(&tokens, &token));
    CHECK(!tokens_next(&tokens, &token));
}

TEST(tokens_positions_never_run_over)
{
    enum { PARAGRAPHS = 5 * 1000 * 1000 };
    struct str text = STR_INIT;
    for (int i = 0; i < PARAGRAPHS; i++)
        str_add_text(&text, "a\n\n");
    struct tokens tokens = tokens_begin(str_span(&text));
    struct token token;
    uint32_t last = 0, count = 0;
    bool ascend = true;
    while (tokens_next(&tokens, &token)) {
        ascend &= token.position > last;
        last = token.position;
        count++;
    }
    CHECK(ascend);
    CHECK_NUMBER(count, PARAGRAPHS);
    str_release(&text);
}
