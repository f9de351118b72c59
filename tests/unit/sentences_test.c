/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/sentences.h"

#include "tests/unit/test.h"
#include "text/tokens.h"

/* Texts with "|" where a new sentence begins. */
static const char *const rows[] = {
    "He left. |She stayed! |Why? |No one knows.",
    "He left. she stayed.",
    "He left.She stayed.",
    "It cost 5. |Ten more came.",
    "It ended. |13 people died.",
    "\"He left.\" |She stayed.",
    "He left.\" |\"We stayed.",
    "(He left.) |She stayed.",
    "He left. |(She stayed.)",
    "He left. (as he said)",
    "\"Why?\" he asked.",
    "He left. |\"we stayed\"",
    "He left\u2026 |She stayed.",
    "He left... |She stayed.",
    "He left... and came back.",
    "What?! |No.",
    "\u201CHe left.\u201D |\u201CShe stayed.\u201D",
    "He left. |\u2014 She stayed.",
    "\u00BFQu\u00E9? |\u00A1No!",
    "Er ging. |\u00C4rzte blieben.",
    "\u041E\u043D \u0443\u0448\u0451\u043B. |\u041E\u043D\u0430 "
    "\u043D\u0435\u0442.",
    /* letters without case begin sentences */
    "\u0630\u0647\u0628. |\u0628\u0642\u064A\u060C "
    "\u0644\u0645\u0627\u0630\u0627\u061F |\u0646\u0639\u0645",
    "\u4ED6\u8D70\u4E86\u3002|\u5979\u7559\u4E0B\uFF01|\u597D",
    "\u300C\u8D70\u3002\u300D|\u5979",
    "\u092E\u0948\u0902\u0964 |\u0924\u0941\u092E",
    /* titles */
    "Mr. Kirby met Mrs. Psaki and Dr. No.",
    "Gen. Mark Milley told Sen. John McCain and Rep. A. Schiff.",
    "St. Louis",
    "Prof. \"Bones\" McCoy",
    /* initials and acronyms */
    "John F. Kennedy met J. K. Rowling",
    "the U.S. Congress met",
    "in the U.S. |The Congress met",
    "in the U.S. |It met",
    "at 5 p.m. Tuesday",
    "at 5 p.m. |He left",
    "in Washington, D.C. |\"The end",
    "A. A. Milne",
    "Plan B. |But he left",
    /* abbreviations that may end a sentence */
    "Ford Motor Co. Chairman Bill Ford",
    "He joined Ford Motor Co. |He left",
    "Apple Inc. |In May it fell",
    "on Feb. 26 and Sept. 5",
    "It began in Feb. |The end",
    "Robert Kennedy Jr. ran",
    "Robert Downey Jr. |When he",
    "apples, pears, etc. |The end",
    "Roe vs. Wade, Roe v. Wade",
    "No. 10 and no. 5",
    "Dr. No. |The end",
    "Vol. 3 of it",
    "in Calif. Gov. Newsom",
    /* only what is spelled so */
    "We sat in the sun. |Kirby left",
    "He has the gen. |Kirby left",
    "He took the rap. |Kirby left",
    /* numbers */
    "Am 13. April und 1. M\303\244rz",
    "It grew 3.5 percent. |Ten fell.",
    "We won 13. |Kirby lost",
    /* a paragraph ends a sentence */
    "A headline\n\n|the text",
    "One line\nthe next. |Three",
};

/* The text without its marks, and how many there were. */
static void plain_text(struct str *out, const char *row)
{
    str_clear(out);
    for (const char *p = row; *p; p++)
        if (*p != '|')
            str_add_char(out, *p);
}

/* The text with a mark before each word that begins a sentence. */
static void mark_by_tokens(struct str *out, struct span text)
{
    struct tokens tokens = tokens_begin(text);
    struct token token;
    uint32_t sentence = 0;
    size_t done = 0;
    while (tokens_next(&tokens, &token)) {
        if (token.sentence == sentence)
            continue;
        /* the quotes and brackets in front of the word belong to it */
        size_t at = token.offset;
        while (at && !strchr(" \n", text.data[at - 1]) &&
               (unsigned char)text.data[at - 1] != 0x82 &&
               (unsigned char)text.data[at - 1] != 0x81 &&
               (unsigned char)text.data[at - 1] != 0x8D)
            at--;
        if (at >= 4 && !memcmp(text.data + at - 4, "\u2014 ", 4))
            at -= 4;
        str_add(out, span_slice(text, done, at));
        str_add_char(out, '|');
        done = at;
        sentence = token.sentence;
    }
    str_add(out, span_slice(text, done, text.size));
}

TEST(sentences_end_where_they_should)
{
    struct str text = STR_INIT, marked = STR_INIT;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        plain_text(&text, rows[i]);
        str_clear(&marked);
        mark_by_tokens(&marked, str_span(&text));
        CHECK_SPAN(str_span(&marked), rows[i]);
    }
    str_release(&text);
    str_release(&marked);
}

/* text_sentence() at every byte gives the sentence between two marks. */
static void check_every_byte(const char *row)
{
    struct str text = STR_INIT;
    plain_text(&text, row);
    struct span rest = span_of(row), part;
    size_t at = 0;
    while (span_next(&rest, '|', &part)) {
        struct str expected = STR_INIT;
        str_add(&expected, span_trim(part));
        for (size_t i = 0; i < part.size; i++, at++)
            CHECK_SPAN(text_sentence(str_span(&text), at), expected.data);
        str_release(&expected);
    }
    str_release(&text);
}

TEST(text_sentence_agrees_at_every_byte)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        check_every_byte(rows[i]);
    check_every_byte("  One. |Two.\n\n|three four\n\n|\nFive.\n");
}

TEST(text_sentence_takes_any_place)
{
    CHECK_SPAN(text_sentence(span_of(""), 0), "");
    CHECK_SPAN(text_sentence(span_of("a b"), 99), "a b");
    CHECK_SPAN(text_sentence(span_of("\n\n\n\n"), 2), "");
    CHECK_SPAN(text_sentence(span_of("One. Two."), SIZE_MAX), "Two.");
}

TEST(text_sentence_is_bounded)
{
    enum { SIZE = 1000 * 1000 };
    struct str text = STR_INIT;
    for (int i = 0; i < SIZE / 4; i++)
        str_add_text(&text, "abc ");
    struct span sentence = text_sentence(str_span(&text), SIZE / 2);
    CHECK(sentence.size > 10 * 1000 && sentence.size < 40 * 1000);
    CHECK(sentence.data <= text.data + SIZE / 2);
    CHECK(sentence.data + sentence.size > text.data + SIZE / 2);
    str_release(&text);
}

/* Each abbreviation is found: a table out of order would hide some. */
TEST(sentences_know_every_abbreviation)
{
    static const char *const before_name[] = {
        "Adm", "Ala",  "Apr",  "Ariz", "Ark",   "Assn", "Atty", "Aug",
        "Ave", "Blvd", "Brig", "Bros", "Calif", "Capt", "Cmdr", "Co",
        "Col", "Colo", "Conn", "Corp", "Cpl",   "Dec",  "Dept", "Dr",
        "Esq", "Feb",  "Fla",  "Fr",   "Fri",   "Ft",   "Ga",   "Gen",
        "Gov", "Hon",  "Ill",  "Inc",  "Insp",  "Jan",  "Jr",   "Kan",
        "Ky",  "Lt",   "Ltd",  "Maj",  "Mar",   "Mass", "Md",   "Messrs",
        "Mme", "Mich", "Minn", "Miss", "Mo",    "Mon",  "Mont", "Mr",
        "Mrs", "Ms",   "Mt",   "Neb",  "Nev",   "Nov",  "Oct",  "Okla",
        "Ore", "Pa",   "Pfc",  "Ph",   "Pres",  "Prof", "Pvt",  "Rd",
        "Rep", "Rev",  "Sat",  "Sen",  "Sep",   "Sept", "Sgt",  "Sr",
        "St",  "Sun",  "Supt", "Tenn", "Tex",   "Thu",  "Tue",  "Univ",
        "Va",  "Vt",   "Wash", "Wed",  "Wis",   "Wyo",  "cf",   "etc",
        "v",   "vs",
    };
    struct str text = STR_INIT;
    for (size_t i = 0; i < sizeof(before_name) / sizeof(before_name[0]); i++) {
        str_clear(&text);
        str_addf(&text, "the %s. Kirby", before_name[i]);
        size_t after;
        CHECK(!sentence_ends(str_span(&text), 4 + strlen(before_name[i]),
                             &after));
    }
    static const char *const before_digit[] = { "No",  "Nos", "Fig", "Vol",
                                                "Art", "no",  "pp",  "ca" };
    for (size_t i = 0; i < sizeof(before_digit) / sizeof(before_digit[0]);
         i++) {
        str_clear(&text);
        str_addf(&text, "the %s. 10", before_digit[i]);
        size_t after;
        CHECK(!sentence_ends(str_span(&text), 4 + strlen(before_digit[i]),
                             &after));
    }
    str_release(&text);
}
