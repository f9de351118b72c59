/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/names/name_apply.h"

#include "tests/unit/test.h"

static struct mention kirby[] = { { 10, 5 }, { 40, 5 } };
static struct mention john_kirby[] = { { 0, 10 }, { 25, 10 } };
static struct mention wire[] = { { 60, 4 } };
static struct mention place[] = { { 70, 5 } };

static struct name items[] = {
    { NAME_PERSON, false, SPAN_LITERAL("John Kirby"),
      SPAN_LITERAL("john kirby"), john_kirby, 2 },
    { NAME_PERSON, true, SPAN_LITERAL("Jack Kirby"), SPAN_LITERAL("jack kirby"),
      kirby, 2 },
    { NAME_ORG, false, SPAN_LITERAL("Wire"), SPAN_LITERAL("wire"), wire, 1 },
    { NAME_PLACE, false, SPAN_LITERAL("Kirby"), SPAN_LITERAL("kirby"), place,
      1 },
};

/* "p john kirby 2*": kind, key, mentions, stated. */
static void apply(struct str *out, const char *aliases, const char *stops,
                  bool *changed)
{
    struct name_lists *lists = name_lists_new();
    struct arena *memory = arena_new();
    struct names names = { items, sizeof(items) / sizeof(*items) };
    CHECK(!name_lists_read_aliases(lists, span_of(aliases), "a", NULL));
    CHECK(!name_lists_read_stops(lists, span_of(stops), "s", NULL));
    *changed = names_apply(&names, lists, memory);
    for (size_t i = 0; i < names.count; i++) {
        const struct name *name = &names.items[i];
        str_addf(out, "%s%s %.*s %zu%s", i ? "; " : "",
                 name_kind_name(name->kind), SPAN_ARGS(name->form),
                 name->mention_count, name->stated ? "*" : "");
        for (size_t j = 1; j < name->mention_count; j++)
            CHECK(name->mentions[j - 1].offset < name->mentions[j].offset);
    }
    name_lists_free(lists);
    arena_free(memory);
}

static const struct {
    const char *aliases, *stops, *names;
    bool changed;
} cases[] = {
    { "", "",
      "person John Kirby 2; person Jack Kirby 2*; org Wire 1; "
      "place Kirby 1",
      false },
    { "Jack Kirby\tJohn Kirby\tperson", "",
      "person John Kirby 4*; org Wire 1; place Kirby 1", true },
    { "", "Wire", "person Jack Kirby 2*; person John Kirby 2; place Kirby 1",
      true },
    /* What is said of one kind is not said of another. */
    { "Wire\tMeridian Wire\tplace", "Kirby\tperson",
      "person John Kirby 2; person Jack Kirby 2*; org Wire 1; place Kirby 1",
      false },
    { "John Kirby\tJOHN F. KIRBY", "wire\torg",
      "person Jack Kirby 2*; person JOHN F. KIRBY 2; place Kirby 1", true },
};

TEST(names_apply_renames_joins_and_drops)
{
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct str out = STR_INIT;
        bool changed;
        apply(&out, cases[i].aliases, cases[i].stops, &changed);
        CHECK_STR(out.data, cases[i].names);
        CHECK(changed == cases[i].changed);
        str_release(&out);
    }
}

TEST(name_lists_say_which_line_is_wrong)
{
    struct error err = ERROR_INIT;
    struct name_lists *lists = name_lists_new();
    CHECK(name_lists_read_aliases(lists, span_of("A\tB\n\nC\n"), "x.tsv",
                                  &err) == STATUS_BAD_FORMAT);
    CHECK_STR(err.message, "'x.tsv', line 3 wants a spelling and a name");
    CHECK(name_lists_read_stops(lists, span_of("A\tship\n"), "x.tsv", &err) ==
          STATUS_BAD_FORMAT);
    CHECK_STR(err.message,
              "'x.tsv', line 1 has a kind that is not person, org or place");
    name_lists_free(lists);
}
