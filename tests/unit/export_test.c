/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/export.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "indexer/ingest.h"
#include "tests/unit/test.h"

#define RTL "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D"

/* What a hostile corpus may state. */
static struct record hostile(struct span *authors, size_t author_count)
{
    struct record record = {
        .collection = span_of("c"),
        .id = span_of("a{b}, 1"),
        .source = span_of("The \"Daily\"\r\nER  - \r\nTY  - BOOK"),
        .url = span_of("http://x.example/{a}\\b c?d=%20_#e"),
        .summary = span_of("50% of $1_000 {open \\ ~^ " RTL "\x1B[31m"),
        .date = DATE_INIT,
        .authors = { authors, author_count },
    };
    return record;
}

static void run(struct str *out, const char *name, const struct record *record)
{
    const struct export_format *format;
    struct error err = ERROR_INIT;
    CHECK_STATUS(export_format_find(&format, name, &err), STATUS_OK, err);
    str_clear(out);
    format->article(out, record);
}

TEST(export_escapes_hostile_values)
{
    struct span authors[] = { span_of("Smith and Sons*"), span_of("a\nb") };
    struct record record = hostile(authors, 2);
    struct str out = STR_INIT;
    run(&out, "csv", &record);
    CHECK_STR(out.data, "\"c\",\"a{b}, 1\",,,"
                        "\"The \"\"Daily\"\"\r\nER  - \r\nTY  - BOOK\",,,"
                        "\"http://x.example/{a}\\b c?d=%20_#e\","
                        "\"50% of $1_000 {open \\ ~^ " RTL "\x1B[31m\","
                        "\"Smith and Sons*; a\nb\",,,,,\r\n");
    run(&out, "bibtex", &record);
    struct str expected = STR_INIT;
    str_addf(&expected, "@article{c/a-b---1+%016" PRIx64,
             span_hash(span_of("c/a{b}, 1"), 0));
    str_add_text(&expected,
                 ",\n"
                 "  author = {{Smith and Sons*} and {a b}},\n"
                 "  journal = {The {\"}Daily{\"}  ER  -   TY  - BOOK},\n"
                 "  url = {http://x.example/%7Ba%7D%5Cb%20c?d=%20_#e},\n"
                 "  abstract = {50\\% of \\$1\\_000 \\{open "
                 "\\textbackslash{} \\textasciitilde{}\\textasciicircum{} " RTL
                 " [31m},\n}\n\n");
    CHECK_STR(out.data, expected.data);
    str_release(&expected);
    run(&out, "ris", &record);
    CHECK_STR(out.data, "TY  - NEWS\r\nAU  - Smith and Sons \r\nAU  - a b\r\n"
                        "JF  - The \"Daily\"  ER  -   TY  - BOOK\r\n"
                        "UR  - http://x.example/{a}\\b c?d=%20_#e\r\n"
                        "AB  - 50% of $1_000 {open \\ ~^ " RTL " [31m\r\n"
                        "DB  - c\r\nID  - a{b}, 1\r\nER  - \r\n\r\n");
    str_release(&out);
}

TEST(export_says_dates_as_far_as_they_are_known)
{
    struct record record = hostile(NULL, 0);
    struct str out = STR_INIT;
    static const struct {
        const char *date, *bibtex, *ris;
    } cases[] = {
        { "1987", "  year = {1987},\n}", "PY  - 1987\r\nDA  - 1987///\r\n" },
        { "1987-04", "  year = {1987},\n  month = {4},\n}",
          "DA  - 1987/04//\r\n" },
        { "1987-04-09", "  year = {1987},\n  month = {4},\n  day = {9},\n}",
          "DA  - 1987/04/09/\r\n" },
    };
    record.url = record.summary = span_of("");
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        CHECK(date_parse(&record.date, span_of(cases[i].date), DATE_ORDER_ONE));
        run(&out, "bibtex", &record);
        CHECK(span_find(str_span(&out), 0, span_of(cases[i].bibtex)) !=
              SIZE_MAX);
        run(&out, "ris", &record);
        CHECK(span_find(str_span(&out), 0, span_of(cases[i].ris)) != SIZE_MAX);
    }
    str_release(&out);
}

TEST(export_keys_of_bibtex_stay_different)
{
    struct record record = hostile(NULL, 0);
    struct str one = STR_INIT, other = STR_INIT;
    run(&one, "bibtex", &record);
    record.id = span_of("a(b), 1");
    run(&other, "bibtex", &record);
    CHECK(!span_equal(str_span(&one), str_span(&other)));
    record.id = span_of("plain.1");
    run(&one, "bibtex", &record);
    CHECK(span_starts(str_span(&one), "@article{c/plain.1,\n"));
    str_release(&one);
    str_release(&other);
}

/* ---- An archive that moves -------------------------------------------- */

enum { ARTICLES = 2500, MONTHS = 24 };

/* Article `id` in round `round`.  One in ten has a year only, one in ten no
 * date at all. */
static void add_article(struct str *out, int id, int round)
{
    static const size_t sizes[] = { 0, 4 };
    int month = id % MONTHS;
    struct str date = STR_INIT;
    str_addf(&date, "%04d-%02d-03", 2019 + month / 12, month % 12 + 1);
    if (id % 10 < 2)
        str_cut(&date, sizes[id % 10]);
    str_addf(out,
             "{\"id\":\"%d\",\"date\":\"%s\",\"language\":\"en\","
             "\"text\":\"Round %d.\"}\n",
             id, date.data, round);
    str_release(&date);
}

/* Add the articles from `first` on, or replace them. */
static void add_articles(const char *archive, int first, int count, int round)
{
    struct error err = ERROR_INIT;
    struct str records = STR_INIT, summary = STR_INIT;
    char *input = file_join(test_directory(), "moving.jsonl");
    const char *const paths[] = { input };
    for (int i = 0; i < count; i++)
        add_article(&records, (first + i) % ARTICLES, round);
    CHECK_STATUS(file_replace(input, str_span(&records), &err), STATUS_OK, err);
    struct names_finder *names;
    names_finder_open(&names, NULL, &err);
    const struct ingest_options options = {
        .program = "export_test",
        .archive = archive,
        .collection = "c",
        .paths = paths,
        .path_count = 1,
        .writer = &segment_writer_bulk,
        .names = names,
        .workers = 1,
        .memory = 64 * 1024 * 1024,
        .quiet = true,
    };
    CHECK_STATUS(ingest_run(&options, &summary, &err), STATUS_OK, err);
    names_finder_free(names);
    str_release(&records);
    str_release(&summary);
    free(input);
}

struct moving {
    const char *archive;
    unsigned times[ARTICLES]; /* that each was written */
    unsigned written, fresh, round;
};

/* While articles are written, others are replaced. */
static enum status take(void *payload, struct span bytes, struct error *err)
{
    struct moving *moving = payload;
    const char *id = strstr(bytes.data, "\"id\":\"");
    (void)err;
    if (!id)
        return STATUS_OK;
    moving->times[strtoul(id + 6, NULL, 10)]++;
    moving->fresh += !strstr(bytes.data, "Round 0.");
    if (++moving->written % 100 == 0) {
        moving->round++;
        add_articles(moving->archive, (int)moving->round * 333, 90,
                     (int)moving->round);
    }
    return STATUS_OK;
}

TEST(export_writes_each_once_while_the_archive_moves)
{
    struct error err = ERROR_INIT;
    char *path = file_join(test_directory(), "moving");
    struct moving moving = { .archive = path };
    add_articles(path, 0, ARTICLES, 0);
    struct archive *archive;
    const struct export_format *format;
    uint64_t count = 0;
    uint32_t column;
    /* What every article has: libxapian takes a short cut for it. */
    const struct query_settings settings = { 0, false };
    struct query_node *tree;
    struct arena *memory = arena_new();
    query_value(&tree, FIELD_LANGUAGE, span_of("en"), &settings, memory, &err);
    const struct question question = { .tree = tree };
    CHECK_STATUS(archive_open(&archive, path, &err), STATUS_OK, err);
    CHECK_STATUS(export_format_find(&format, "jsonl", &err), STATUS_OK, err);
    CHECK_STATUS(export_run(&count, archive, &question, format, take, &moving,
                            &column, &err),
                 STATUS_OK, err);
    CHECK_NUMBER(count, ARTICLES);
    unsigned wrong = 0;
    for (int i = 0; i < ARTICLES; i++)
        wrong += moving.times[i] != 1;
    CHECK_NUMBER(wrong, 0);
    CHECK(moving.round > 10 && moving.fresh > 0);
    archive_close(archive);
    arena_free(memory);
    free(path);
}
