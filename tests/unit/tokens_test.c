/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/tokens.h"

#include "tests/unit/test.h"

/* The words of a text, folded, with "/" before a new sentence and "|" before
 * a new paragraph. */
static void spell(struct str *out, struct span text)
{
    struct tokens tokens = tokens_begin(text);
    struct token token;
    uint32_t sentence = 0, paragraph = 0;
    while (tokens_next(&tokens, &token)) {
        if (out->size)
            str_add_char(out, ' ');
        if (token.paragraph != paragraph)
            str_add_text(out, "| ");
        else if (token.sentence != sentence)
            str_add_text(out, "/ ");
        sentence = token.sentence;
        paragraph = token.paragraph;
        token_fold(out, token.surface);
    }
}

static const struct {
    const char *text, *words;
} cases[] = {
    /* words and punctuation */
    { "", "" },
    { "The Pentagon has said", "the pentagon has said" },
    { "El-Rufai and 3-month", "el rufai and 3 month" },
    { "O'Brien didn\xE2\x80\x99t", "o'brien didn't" },
    { "Pakistan's and Pakistan\xE2\x80\x99s, the states' own",
      "pakistan and pakistan the states own" },
    { "AT&T, R&D; A & B", "at&t r&d a b" },
    { "1,780.5 at 15:01", "1780.5 at 15:01" },
    /* acronyms */
    { "the U.S. army at 9 a.m. today", "the us army at 9 am today" },
    { "in the U.S. The army", "in the us / the army" },
    { "J.K. Rowling and e.g. others", "jk rowling and eg others" },
    { "see www.example.org now", "see www example org now" },
    /* elision */
    { "l'ONU et d'\xC3\xA9tudes", "l onu et d etudes" },
    { "D'Angelo said", "d angelo said" },
    /* accents and other scripts */
    { "Erdo\xC4\x9F"
      "an, K\xC3\xB8"
      "benhavn, \xC5\x81\xC3\xB3"
      "d\xC5\xBA",
      "erdogan kobenhavn lodz" },
    { "Stra\xC3\x9F"
      "e \xC3\x86ro",
      "strasse aero" },
    { "\xD0\x99\xD0\xBE\xD0\xB4", "\xD0\xB9\xD0\xBE\xD0\xB4" },
    { "\xE5\x8C\x97\xE4\xBA\xAC", "\xE5\x8C\x97 \xE4\xBA\xAC" },
    { "\xEF\xBC\xA1\xEF\xBC\xA2", "ab" },
    { "co\xC2\xADop", "coop" },
    /* sentences */
    { "It fell. Prices rose! Why? \xE2\x80\x9CNo one knows.\xE2\x80\x9D He "
      "left",
      "it fell / prices rose / why / no one knows / he left" },
    { "Mr. Smith met Gen. J. Doe. They spoke",
      "mr smith met gen j doe / they spoke" },
    { "rose to 5.5 percent. in all", "rose to 5.5 percent in all" },
    { "\xE5\x8C\x97\xE3\x80\x82\xE4\xBA\xAC", "\xE5\x8C\x97 / \xE4\xBA\xAC" },
    /* paragraphs */
    { "One line\nstill one.\n\nAnother", "one line still one | another" },
};

TEST(tokens_are_what_the_header_says)
{
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct str words = STR_INIT;
        spell(&words, span_of(cases[i].text));
        CHECK_STR(words.data, cases[i].words);
        str_release(&words);
    }
}

TEST(tokens_positions_leave_a_gap_between_paragraphs)
{
    struct tokens tokens = tokens_begin(span_of("a b\n\nc"));
    struct token token;
    const uint32_t expected[] = { 1, 2, 2 + TOKENS_PARAGRAPH_GAP };
    for (size_t i = 0; tokens_next(&tokens, &token); i++)
        CHECK_NUMBER(token.position, expected[i]);
}

TEST(tokens_over_the_limit_are_no_words)
{
    struct str long_word = STR_INIT, out = STR_INIT;
    for (int i = 0; i < TOKENS_WORD_MAX + 1; i++)
        str_add_char(&long_word, 'x');
    token_fold(&out, str_span(&long_word));
    CHECK_STR(out.data, "");
    str_cut(&long_word, TOKENS_WORD_MAX);
    token_fold(&out, str_span(&long_word));
    CHECK_NUMBER(out.size, TOKENS_WORD_MAX);
    str_release(&long_word);
    str_release(&out);
}

TEST(text_fold_joins_words_with_blanks)
{
    struct str out = STR_INIT;
    text_fold(&out,
              span_of("  Ban\tKi-moon's \xE2\x80\x9COffice\xE2\x80\x9D "));
    CHECK_STR(out.data, "ban ki moon office");
    str_release(&out);
}

TEST(text_sentence_finds_the_sentence_around)
{
    struct span text = span_of(
        "First one. \xE2\x80\x9CSecond,\xE2\x80\x9D she said.\n\nThird.");
    CHECK_SPAN(text_sentence(text, 2), "First one.");
    CHECK_SPAN(text_sentence(text, 20),
               "\xE2\x80\x9CSecond,\xE2\x80\x9D she said.");
    CHECK_SPAN(text_sentence(text, text.size - 2), "Third.");
}
