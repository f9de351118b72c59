/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/stem.h"

#include "tests/unit/test.h"

static const struct {
    const char *language, *surface, *term, *stem;
} cases[] = {
    { "en", "Relations", "relations", "Zrelat" },
    { "en-GB", "Pakistan's", "pakistan", "Zpakistan" },
    { "eng", "2022", "2022", "Z2022" },
    { "fr", "\xC3\xA9tudes", "etudes", "Zetud" },
    { "de", "H\xC3\xA4user", "hauser", "Zhaus" },
    { "xx", "Words", "words", "" },
    { "", "Words", "words", "" },
};

TEST(stems_look_up_gives_term_and_stem)
{
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct stems *stems = stems_new(span_of(cases[i].language));
        for (int again = 0; again < 2; again++) {
            const struct word *word =
                stems_look_up(stems, span_of(cases[i].surface));
            CHECK_SPAN(word->term, cases[i].term);
            CHECK_SPAN(word->stem, cases[i].stem);
            CHECK(word->term_hash == span_hash(word->term, 0));
        }
        stems_free(stems);
    }
}

TEST(stems_survive_many_words_and_trims)
{
    struct stems *stems = stems_new(span_of("en"));
    struct str text = STR_INIT;
    for (int i = 0; i < 20000; i++) {
        str_clear(&text);
        str_addf(&text, "word%dings", i);
        const struct word *word = stems_look_up(stems, str_span(&text));
        CHECK(span_equal(word->term, str_span(&text)));
    }
    CHECK(stems_held(stems) < STEMS_MEMORY_MAX);
    stems_trim(stems);
    CHECK_SPAN(stems_look_up(stems, span_of("Armies"))->stem, "Zarmi");
    stems_free(stems);
    str_release(&text);
}
