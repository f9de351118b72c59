/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "newsdb/schema.h"

#include "tests/unit/test.h"

TEST(schema_finds_names_and_aliases)
{
    CHECK_NUMBER(schema_find(span_of("person")), FIELD_PERSON);
    CHECK_NUMBER(schema_find(span_of("Organisation")), FIELD_ORG);
    CHECK_NUMBER(schema_find(span_of("")), FIELD_COUNT);
    CHECK_NUMBER(schema_find(span_of("organ")), FIELD_COUNT);
}

TEST(schema_prefixes_and_slots_are_different)
{
    for (size_t i = 0; i < FIELD_COUNT; i++)
        for (size_t j = 0; j < i; j++) {
            CHECK(strcmp(schema_fields[i].prefix, schema_fields[j].prefix));
            CHECK(strcmp(schema_fields[i].name, schema_fields[j].name));
            CHECK(schema_fields[i].slot != schema_fields[j].slot ||
                  schema_fields[i].slot == SCHEMA_NO_SLOT);
        }
}

static const struct {
    enum field_id field;
    const char *value, *term;
} values[] = {
    { FIELD_PERSON, "John  Kirby", "XP:john kirby" },
    { FIELD_PERSON, "Kirby", "XP:kirby" },
    { FIELD_SOURCE,
      "L'\xC3\x89"
      "cho du Ponant",
      "XS:l echo du ponant" },
    { FIELD_LANGUAGE, "en", "Len" },
    { FIELD_ID, "c/Some Id", "Qc/Some Id" },
};

TEST(schema_values_are_terms)
{
    for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++) {
        struct str term = STR_INIT;
        schema_value(&term, values[i].field, span_of(values[i].value));
        CHECK_STR(term.data, values[i].term);
        str_release(&term);
    }
}

TEST(schema_cuts_long_terms)
{
    struct str value = STR_INIT, one = STR_INIT, two = STR_INIT;
    for (int i = 0; i < 300; i++)
        str_add_char(&value, 'x');
    schema_value(&one, FIELD_ID, str_span(&value));
    str_add_char(&value, 'y');
    schema_value(&two, FIELD_ID, str_span(&value));
    CHECK_NUMBER(one.size, SCHEMA_TERM_MAX);
    CHECK_NUMBER(two.size, SCHEMA_TERM_MAX);
    CHECK(!span_equal(str_span(&one), str_span(&two)));
    str_release(&value);
    str_release(&one);
    str_release(&two);
}

TEST(schema_dates_are_terms_as_far_as_they_are_known)
{
    struct date date;
    struct str terms = STR_INIT;
    date_of_day(&date, 2022, 4, 13);
    schema_date(&terms, FIELD_DATE, date);
    CHECK(span_equal(str_span(&terms),
                     (struct span)SPAN_LITERAL("D20220413\0M202204\0Y2022\0")));
    str_clear(&terms);
    date_of_year(&date, 1987);
    schema_date(&terms, FIELD_ABOUT, date);
    CHECK(span_equal(str_span(&terms), (struct span)SPAN_LITERAL("XY1987\0")));
    str_clear(&terms);
    schema_date_value(&terms, date);
    CHECK_STR(terms.data, "19870101000000");
    str_release(&terms);
}
