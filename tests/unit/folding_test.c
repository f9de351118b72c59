/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/folding.h"

#include "tests/unit/test.h"
#include "text/tokens.h"

struct row {
    const char *text, *expected;
};

static const struct {
    const char *surface, *term, *lower;
} fold_rows[] = {
    { "Pentagon", "pentagon", "pentagon" },
    { "O'Brien", "o'brien", "o'brien" },
    { "O\u2019Brien", "o'brien", "o'brien" },
    { "Hawai\u02BBi", "hawai'i", "hawai'i" },
    { "Pakistan's", "pakistan", "pakistan" },
    { "PAKISTAN\u2019S", "pakistan", "pakistan" },
    { "workers'", "workers", "workers" },
    { "'tis", "tis", "tis" },
    { "s", "s", "s" },
    { "U.S.", "us", "us" },
    { "U.S.'s", "us", "us" },
    { "a.m.", "am", "am" },
    { "AT&T", "at&t", "at&t" },
    { "AT&T's", "at&t", "at&t" },
    { "1,780.5", "1780.5", "1780.5" },
    { "1,234,567", "1234567", "1234567" },
    { "1,00,000", "100000", "100000" },
    { "1,5", "1,5", "1,5" },
    { "1,2,3", "1,2,3", "1,2,3" },
    { "10:30", "10:30", "10:30" },
    { "3.5", "3.5", "3.5" },
    /* accents */
    { "Erdo\u011Fan", "erdogan", "erdo\u011Fan" },
    { "\u00C9TUDES", "etudes", "\u00E9tudes" },
    { "re\u0301sume\u0301", "resume", "r\u00E9sum\u00E9" },
    { "\u00D8re", "ore", "\u00F8re" },
    { "Stra\u00DFe", "strasse", "strasse" },
    { "\u00C6sir \u0153uvre", "aesir oeuvre", "\u00E6sir \u0153uvre" },
    { "\u0141\u00F3d\u017A", "lodz", "\u0142\u00F3d\u017A" },
    { "\u0110\u1ED7", "do", "\u0111\u1ED7" },
    { "I\u015F\u0131k", "isik", "i\u015F\u0131k" },
    { "\u0130stanbul", "istanbul", "istanbul" },
    { "\u00DE\u00F3r\u00F0ur", "thordur", "\u00FE\u00F3r\u00F0ur" },
    { "\u0198asa \u0253era", "kasa bera", "\u0199asa \u0253era" },
    { "\u1F08\u03B8\u03AE\u03BD\u03B1\u03B9",
      "\u03B1\u03B8\u03B7\u03BD\u03B1\u03B9",
      "\u1F00\u03B8\u03AE\u03BD\u03B1\u03B9" },
    { "\u039A\u039F\u03A3\u039C\u039F\u03A3 "
      "\u03BA\u03CC\u03C3\u03BC\u03BF\u03C2",
      "\u03BA\u03BF\u03C3\u03BC\u03BF\u03C3 "
      "\u03BA\u03BF\u03C3\u03BC\u03BF\u03C3",
      "\u03BA\u03BF\u03C3\u03BC\u03BF\u03C3 "
      "\u03BA\u03CC\u03C3\u03BC\u03BF\u03C3" },
    /* what is no accent stays */
    { "\u0422\u043E\u043B\u0441\u0442\u043E\u0439",
      "\u0442\u043E\u043B\u0441\u0442\u043E\u0439",
      "\u0442\u043E\u043B\u0441\u0442\u043E\u0439" },
    { "\u0438\u0306", "\u0439", "\u0439" },
    { "\u0443\u0451", "\u0443\u0435", "\u0443\u0451" },
    { "\u0456\u0308", "\u0457", "\u0457" },
    /* Arabic vowels, the stroke, alef with hamza, yeh and kaf of Persian */
    { "\u0645\u064F\u062D\u064E\u0645", "\u0645\u062D\u0645",
      "\u0645\u064F\u062D\u064E\u0645" },
    { "\u0645\u0640\u0640\u062D", "\u0645\u062D", "\u0645\u0640\u0640\u062D" },
    { "\u0623\u0633", "\u0627\u0633", "\u0623\u0633" },
    { "\u0626\u0633", "\u0626\u0633", "\u0626\u0633" },
    { "\u06CC\u06A9\u0649", "\u064A\u0643\u064A", "\u06CC\u06A9\u0649" },
    { "\u05E9\u05C1\u05DC", "\u05E9\u05C1\u05DC", "\u05E9\u05C1\u05DC" },
    { "\u0939\u093F\u0928\u094D\u0926\u0940",
      "\u0939\u093F\u0928\u094D\u0926\u0940",
      "\u0939\u093F\u0928\u094D\u0926\u0940" },
    { "\u304B\u3099", "\u304C", "\u304C" },
    { "\uD55C\uAD6D", "\uD55C\uAD6D", "\uD55C\uAD6D" },
    /* compatibility forms */
    { "\uFF21\uFF22\uFF23\uFF11", "abc1", "abc1" },
    { "\uFF76\uFF9E", "\u30AC", "\u30AC" },
    { "\uFB01nance", "finance", "finance" },
    { "m\u00B2", "m2", "m2" },
    { "1\u00BD", "1\u00BD", "1\u00BD" },
    { "\u2474", "1", "1" },
    { "\U0001D400\U0001D401", "ab", "ab" },
    { "col\u00B7legi", "collegi", "col\u00B7legi" },
    /* hidden characters */
    { "co\u00ADop", "coop", "coop" },
    { "\u0645\u06CC\u200C\u062E", "\u0645\u064A\u062E", "\u0645\u06CC\u062E" },
    { "\u845B\U000E0100", "\u845B", "\u845B" },
};

TEST(token_fold_gives_terms)
{
    struct str out = STR_INIT;
    for (size_t i = 0; i < sizeof(fold_rows) / sizeof(fold_rows[0]); i++) {
        str_clear(&out);
        token_fold(&out, span_of(fold_rows[i].surface));
        CHECK_SPAN(str_span(&out), fold_rows[i].term);
        str_clear(&out);
        token_lower(&out, span_of(fold_rows[i].surface));
        CHECK_SPAN(str_span(&out), fold_rows[i].lower);
    }
    str_release(&out);
}

TEST(token_fold_appends)
{
    struct str out = STR_INIT;
    str_add_text(&out, "XP");
    token_fold(&out, span_of("K\u00FCche"));
    CHECK_SPAN(str_span(&out), "XPkuche");
    str_release(&out);
}

/* How long the term of `count` times `text` is. */
static size_t folded_size(const char *text, size_t count)
{
    struct str surface = STR_INIT, out = STR_INIT;
    for (size_t i = 0; i < count; i++)
        str_add_text(&surface, text);
    token_fold(&out, str_span(&surface));
    size_t size = out.size;
    str_release(&surface);
    str_release(&out);
    return size;
}

TEST(token_fold_drops_long_words)
{
    CHECK_NUMBER(folded_size("A", TOKENS_WORD_MAX), TOKENS_WORD_MAX);
    CHECK_NUMBER(folded_size("A", TOKENS_WORD_MAX + 1), 0);
    CHECK_NUMBER(folded_size("\u00E9", TOKENS_WORD_MAX), TOKENS_WORD_MAX);
    CHECK_NUMBER(folded_size("\u00E9", TOKENS_WORD_MAX + 1), 0);
    CHECK_NUMBER(folded_size("\uFF21", TOKENS_WORD_MAX), TOKENS_WORD_MAX);
    CHECK_NUMBER(folded_size("A", 1000 * 1000), 0);
    CHECK_NUMBER(folded_size("\uFDFA", 100 * 1000), 0);
    CHECK_NUMBER(folded_size("\u064B\u0650\u0651", 100), 0);
}

static const struct row text_rows[] = {
    { "", "" },
    { "  --  ", "" },
    { "John  Kirby", "john kirby" },
    { " The New York Times. ", "the new york times" },
    { "U.S. Department of Defense", "us department of defense" },
    { "AT&T, Inc.", "at&t inc" },
    { "Jean-Claude J\u00FCncker's", "jean claude juncker" },
    { "' '' 's", "s" },
};

TEST(text_fold_joins_words)
{
    struct str out = STR_INIT;
    for (size_t i = 0; i < sizeof(text_rows) / sizeof(text_rows[0]); i++) {
        str_clear(&out);
        text_fold(&out, span_of(text_rows[i].text));
        CHECK_SPAN(str_span(&out), text_rows[i].expected);
    }
    str_release(&out);
}

TEST(text_fold_leaves_no_blank_for_long_words)
{
    struct str text = STR_INIT, out = STR_INIT;
    str_add_text(&text, "a ");
    for (int i = 0; i < 100; i++)
        str_add_char(&text, 'x');
    str_add_text(&text, " b");
    str_add_text(&out, "=");
    text_fold(&out, str_span(&text));
    CHECK_SPAN(str_span(&out), "=a b");
    str_release(&text);
    str_release(&out);
}
