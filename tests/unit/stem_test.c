/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/stem.h"

#include "tests/unit/test.h"
#include "text/tokens.h"

static const struct {
    const char *language, *surface, *term, *stem;
} rows[] = {
    { "en", "Running", "running", "Zrun" },
    { "en", "Pakistan's", "pakistan", "Zpakistan" },
    { "en", "U.S.", "us", "Zus" },
    { "en", "O\u2019Brien", "o'brien", "Zo'brien" },
    { "en", "caf\u00E9s", "cafes", "Zcafe" },
    { "en", "AT&T", "at&t", "Zat&t" },
    /* what has no other forms has no stem */
    { "en", "1,780.5", "1780.5", "" },
    { "en", "1990s", "1990s", "" },
    { "en", "The", "the", "" },
    { "en", "before", "before", "" },
    { "en", "having", "having", "Zhave" },
    /* a name is not the small word that is written alike */
    { "en", "us", "us", "" },
    { "en", "US", "us", "Zus" },
    { "en", "u.s.", "us", "Zus" },
    { "en", "Who", "who", "" },
    { "en", "WHO", "who", "Zwho" },
    { "en", "THE", "the", "" },
    { "de", "us", "us", "Zus" },
    { "de", "the", "the", "Zthe" },
    { "de", "F\u00FCr", "fur", "" },
    /* libstemmer sees the accents, the stem is without */
    { "fr", "\u00C9tudes", "etudes", "Zetud" },
    { "de", "H\u00E4user", "hauser", "Zhaus" },
    { "es", "canciones", "canciones", "Zcancion" },
    { "ru", "\u043A\u043D\u0438\u0433\u0438", "\u043A\u043D\u0438\u0433\u0438",
      "Z\u043A\u043D\u0438\u0433" },
    { "tr", "\u0130stanbul'da", "istanbul'da", "Zistanbul'" },
    { "en", "caf\u00E9", "cafe", "Zcafe" },
    /* a language without a stemmer */
    { "zh", "\u4E2D", "\u4E2D", "" },
    { "en", "\u4E2D", "\u4E2D", "" },
    { "", "Running", "running", "Zrunning" },
    { "tlh", "R\u00E9union", "reunion", "Zreunion" },
};

/* The number leads to the same bytes, whose hash is known. */
static void check_term(struct stems *stems, uint32_t number, struct span text)
{
    CHECK(!number == !text.size);
    if (!number)
        return;
    const struct stems_term *term = &stems_terms(stems)[number - 1];
    CHECK(span_equal(term->text, text));
    CHECK(term->hash == span_hash(text, 0));
    CHECK_NUMBER(term->note, 0);
}

TEST(stems_of_words)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct stems *stems = stems_new(span_of(rows[i].language));
        for (int again = 0; again < 2; again++) {
            const struct word *word =
                stems_look_up(stems, span_of(rows[i].surface));
            CHECK_SPAN(word->term, rows[i].term);
            CHECK_SPAN(word->stem, rows[i].stem);
            check_term(stems, word->term_number, word->term);
            check_term(stems, word->stem_number, word->stem);
        }
        stems_free(stems);
    }
}

TEST(stems_know_languages_by_many_names)
{
    static const char *const known[] = {
        "en",    "EN",  "eng",        "en-GB", "en_US", "english", "English",
        "de",    "ger", "deu",        "de-AT", "fr",    "fre",     "fra-CA",
        "pt-BR", "nb",  "nn",         "no",    "el",    "ell",     "gre",
        "hy",    "eu",  "ca",         "da",    "nl",    "fi",      "hi",
        "hu",    "id",  "ga",         "it",    "lt",    "ne",      "ro",
        "ru",    "sr",  "es-419",     "sv",    "ta",    "tr",      "yi",
        "ar",    "rum", "portuguese",
    };
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        CHECK(stems_knows(span_of(known[i])));
    static const char *const unknown[] = { "",   "-",         "zh",  "ja", "e",
                                           "xx", "englishes", "-en", "uk" };
    for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++)
        CHECK(!stems_knows(span_of(unknown[i])));
}

TEST(stems_pass_over_what_is_no_word)
{
    struct stems *stems = stems_new(span_of("en"));
    struct str longest = STR_INIT;
    for (int i = 0; i < TOKENS_WORD_MAX; i++)
        str_add_char(&longest, 'q');
    CHECK_NUMBER(stems_look_up(stems, str_span(&longest))->term.size,
                 TOKENS_WORD_MAX);
    str_add_char(&longest, 'q');
    CHECK(!stems_look_up(stems, str_span(&longest))->term.size);
    CHECK(!stems_look_up(stems, str_span(&longest))->stem.size);
    for (int i = 0; i < 10000; i++)
        str_add_char(&longest, 'q');
    CHECK(!stems_look_up(stems, str_span(&longest))->term.size);
    CHECK(!stems_look_up(stems, span_of(""))->term.size);
    stems_free(stems);
    str_release(&longest);
}

TEST(stems_keep_many_words_and_forget_them)
{
    enum { WORDS = 300 * 1000 };
    struct stems *stems = stems_new(span_of("en"));
    struct str surface = STR_INIT;
    struct span first = stems_look_up(stems, span_of("word0"))->term;
    for (int i = 0; i < WORDS; i++) {
        str_clear(&surface);
        str_addf(&surface, "word%d", i);
        stems_look_up(stems, str_span(&surface));
    }
    int wrong = 0;
    for (int i = 0; i < WORDS; i++) {
        str_clear(&surface);
        str_addf(&surface, "word%d", i);
        const struct word *word = stems_look_up(stems, str_span(&surface));
        wrong += !span_equal(word->term, str_span(&surface));
    }
    CHECK_NUMBER(wrong, 0);
    CHECK(first.data == stems_look_up(stems, span_of("word0"))->term.data);
    CHECK(stems_held(stems) > STEMS_MEMORY_MAX);
    stems_trim(stems);
    CHECK(stems_held(stems) < STEMS_MEMORY_MAX / 100);
    CHECK_SPAN(stems_look_up(stems, span_of("Wars"))->stem, "Zwar");
    size_t held = stems_held(stems);
    stems_trim(stems);
    CHECK_NUMBER(stems_held(stems), held);
    stems_free(stems);
    stems_free(NULL);
    str_release(&surface);
}

TEST(stems_number_terms_and_keep_notes_of_them)
{
    struct stems *stems = stems_new(span_of("en"));
    uint32_t walks = stems_look_up(stems, span_of("walks"))->term_number;
    uint32_t walk = stems_look_up(stems, span_of("walks"))->stem_number;
    CHECK(walks != walk);
    CHECK_NUMBER(stems_look_up(stems, span_of("Walks"))->term_number, walks);
    CHECK_NUMBER(stems_look_up(stems, span_of("walking"))->stem_number, walk);
    stems_terms(stems)[walk - 1].note = 7;
    for (unsigned i = 0; i < 20000; i++) {
        char word[16];
        snprintf(word, sizeof(word), "w%u", i);
        stems_look_up(stems, span_of(word));
    }
    CHECK_NUMBER(stems_terms(stems)[walk - 1].note, 7);
    CHECK_NUMBER(stems_look_up(stems, span_of("walked"))->stem_number, walk);
    stems_free(stems);
}

static char as_kept(char letter)
{
    letter |= 0x20;
    return letter == 'y' ? 'i' : letter;
}

/* The words whose stems are least like them. */
TEST(stems_keep_the_first_letters_where_it_is_said)
{
    static const char *const words[][2] = {
        { "en", "skies dying lying ties ugly early idly news yes Ying only "
                "ieds aing Oedly dyed by bying spied egged" },
        { "de", "uebung ungeheuer gegangen hauser Zahlen essen" },
        { "fr", "yeux internationales jouer uniquement quelques emus" },
        { "es", "yendo hijos jovenes universidades inmigrantes" },
        { "pt", "jovens universidades ideias inteligentes" },
        { "it", "uomini iugoslavi universita gioielli dell acqua" },
        { "nl", "gegeven ijzeren yoghurt universiteiten eieren" },
        { "sv", "jordens universiteten" },
        { "da", "jordens universiteterne" },
        { "no", "jordens universitetene" },
        { "fi", "yksi oikeuksien uudet" },
        { "hu", "iskolak ujsagok" },
        { "ro", "ianuarie universitati" },
        { "ca", "universitats joves" },
    };
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
        struct stems *stems = stems_new(span_of(words[i][0]));
        unsigned kept = stems_kept_letters(stems);
        CHECK(kept >= 1);
        struct span rest = span_of(words[i][1]), word;
        while (rest.size && span_next(&rest, ' ', &word)) {
            struct span stem = stems_look_up(stems, word)->stem;
            for (unsigned j = 0; j < kept && j + 1 < stem.size; j++)
                CHECK(as_kept(stem.data[j + 1]) == as_kept(word.data[j]));
        }
        stems_free(stems);
    }
    struct stems *indonesian = stems_new(span_of("id"));
    CHECK_SPAN(stems_look_up(indonesian, span_of("membaca"))->stem, "Zbaca");
    CHECK_NUMBER(stems_kept_letters(indonesian), 0);
    stems_free(indonesian);
}
