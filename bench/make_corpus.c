/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * make_corpus - invented news of any size, the same for the same seed.
 *
 *     make_corpus [--articles N] [--seed S]
 *
 * JSON Lines on standard output. Words follow Zipf's law (exponent 1.07) over a
 * vocabulary that grows with the text as Heaps' law has it (about 44 n^0.55),
 * so new words keep coming; they are pronounceable and capitalised names are
 * among them. Articles have a headline, a dateline, three to twelve paragraphs,
 * one of eight outlets, a section, an author, and dates from 2015 on.
 */
#include <inttypes.h>
#include <math.h>
#include <stddef.h>
#include <stdio.h>

#include "base/date.h"
#include "base/json.h"
#include "base/options.h"

struct settings {
    uint64_t articles, seed;
};

static const struct option_spec specs[] = {
    { OPTION_COUNT, 'n', "articles", "N", "so many articles (10000)",
      offsetof(struct settings, articles) },
    { OPTION_COUNT, 's', "seed", "S", "another seed, another corpus (1)",
      offsetof(struct settings, seed) },
    OPTION_TABLE_END,
};

struct maker {
    uint64_t state;    /* of the generator */
    uint64_t words;    /* written so far */
    double vocabulary; /* ranks in use */
};

/* splitmix64 (Sebastiano Vigna, public domain). */
static uint64_t next_random(struct maker *maker)
{
    uint64_t z = maker->state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static double next_unit(struct maker *maker)
{
    return (double)(next_random(maker) >> 11) / 9007199254740992.0;
}

static uint32_t next_below(struct maker *maker, uint32_t bound)
{
    return (uint32_t)(next_unit(maker) * bound);
}

/* A rank of Zipf's law over the vocabulary, by inverting the integral. */
static uint32_t next_rank(struct maker *maker)
{
    const double exponent = 1.07;
    double top = pow(maker->vocabulary, 1 - exponent);
    double u = next_unit(maker);
    double rank = pow(1 - u * (1 - top), 1 / (1 - exponent));
    if (++maker->words % 64 == 0)
        maker->vocabulary = 2000 + 44 * pow((double)maker->words, 0.55);
    return rank > 1e9 ? 1000000000 : (uint32_t)rank;
}

static const char *const common[] = {
    "the", "of",   "to",   "and",  "in",  "a",  "said", "that", "for", "on",
    "was", "with", "is",   "he",   "it",  "by", "at",   "from", "has", "as",
    "an",  "were", "have", "will", "not", "be", "had",  "its",  "who", "but",
};

static const char *const syllables[] = {
    "ba",  "ker", "li",  "mon", "ta",  "re",  "so",  "vi",  "den", "ga",
    "po",  "lan", "ri",  "mu",  "ne",  "sta", "ko",  "fel", "war", "di",
    "che", "no",  "bur", "ash", "tin", "el",  "gro", "pa",  "sim", "ul",
};

enum {
    COMMON = sizeof(common) / sizeof(*common),
    SYLLABLES = sizeof(syllables) / sizeof(*syllables)
};

/* The word of a rank is always the same; every fifth is a name. */
static void add_word(struct str *out, uint32_t rank, bool capital)
{
    size_t start = out->size;
    if (rank <= COMMON) {
        str_add_text(out, common[rank - 1]);
    } else {
        static const char *const endings[] = { "", "", "s", "ed", "ing" };
        uint32_t base = rank / 3;
        for (uint32_t n = base + SYLLABLES; n; n /= SYLLABLES)
            str_add_text(out, syllables[n % SYLLABLES]);
        str_add_text(out, endings[rank % 3 + base % 2]);
        capital = capital || base % 5 == 0;
    }
    if (capital)
        out->data[start] = (char)(out->data[start] - 32);
}

static void add_sentence(struct maker *maker, struct str *out, int words)
{
    for (int i = 0; i < words; i++) {
        if (i)
            str_add_char(out, ' ');
        add_word(out, next_rank(maker), i == 0);
        if (i && i + 1 < words && next_below(maker, 12) == 0)
            str_add_char(out, ',');
    }
    str_add_char(out, '.');
}

static void add_paragraphs(struct maker *maker, struct str *out)
{
    int paragraphs = 3 + (int)next_below(maker, 10);
    for (int i = 0; i < paragraphs; i++) {
        int sentences = 1 + (int)next_below(maker, 4);
        if (i)
            str_add_text(out, "\n\n");
        for (int j = 0; j < sentences; j++) {
            if (j)
                str_add_char(out, ' ');
            add_sentence(maker, out, 8 + (int)next_below(maker, 22));
        }
    }
}

/* A person: two names of middling rank. */
static void add_person(struct maker *maker, struct str *out)
{
    add_word(out, 3 * 5 * (20 + next_below(maker, 300)), true);
    str_add_char(out, ' ');
    add_word(out, 3 * 5 * (400 + next_below(maker, 3000)), true);
}

static void add_text(struct json *json, const char *key, struct str *text)
{
    json_text(json, key, str_span(text));
    str_clear(text);
}

static void make_article(struct maker *maker, uint64_t number, struct str *out)
{
    static const char *const outlets[] = {
        "Meridian Wire",    "Harbour Courier",    "Northern Ledger",
        "Westvale Gazette", "Telex Transmare",    "City Post",
        "Evening Signal",   "The Observer of Ash"
    };
    static const char *const sections[] = { "World", "Business", "Sport",
                                            "Politics", "Culture" };
    struct str text = STR_INIT;
    struct json json = json_begin(out);
    json_object(&json);
    str_addf(&text, "s%09" PRIu64, number);
    add_text(&json, "id", &text);
    json_text(&json, "source", span_of(outlets[next_below(maker, 8)]));
    add_sentence(maker, &text, 5 + (int)next_below(maker, 6));
    str_cut(&text, text.size - 1);
    add_text(&json, "title", &text);
    add_person(maker, &text);
    add_text(&json, "author", &text);
    date_add(&text, (struct date){ DATE_DAY,
                                   date_day(2015, 1, 1) +
                                       (int32_t)next_below(maker, 3000),
                                   0, DATE_ZONE_NONE });
    add_text(&json, "date", &text);
    json_text(&json, "section", span_of(sections[next_below(maker, 5)]));
    json_key(&json, "people");
    json_array(&json);
    for (uint32_t i = next_below(maker, 4); i; i--) {
        add_person(maker, &text);
        json_string(&json, str_span(&text));
        str_clear(&text);
    }
    json_end(&json);
    add_paragraphs(maker, &text);
    add_text(&json, "text", &text);
    json_end(&json);
    str_add_char(out, '\n');
    str_release(&text);
}

int main(int argc, char **argv)
{
    struct settings settings = { 10000, 1 };
    struct error err = ERROR_INIT;
    int rest;
    if (options_parse(specs, &settings, argc, argv, &rest, &err)) {
        fprintf(stderr, "make_corpus: %s\n", err.message);
        return 2;
    }
    struct maker maker = { settings.seed, 0, 2000 };
    struct str line = STR_INIT;
    for (uint64_t i = 0; i < settings.articles; i++) {
        str_clear(&line);
        make_article(&maker, i, &line);
        if (fwrite(line.data, 1, line.size, stdout) < line.size)
            return 4;
    }
    str_release(&line);
    return fclose(stdout) ? 4 : 0;
}
