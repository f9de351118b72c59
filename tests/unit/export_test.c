/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/export.h"
#include "test.h"

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
