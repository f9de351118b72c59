/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/names/name_resolve.h"

#include "base/file.h"
#include "base/str.h"
#include "tests/unit/test.h"

enum { ENTITIES_MAX = 64 };

/* "<p John Kirby> of <o Pentagon>" as text and entities; capital letters for
 * names that stand in a line of capitals. */
static size_t read_marked(struct str *text, struct entity *entities,
                          const char *marked)
{
    size_t count = 0;
    for (const char *p = marked; *p; p++) {
        if (*p == '<') {
            char kind = p[1];
            entities[count] = (struct entity){
                .kind = kind == 'p' || kind == 'P' ? NAME_PERSON
                        : kind == 'o' || kind == 'O' || kind == '?'
                            ? NAME_ORG
                            : NAME_PLACE,
                .confidence = kind == '?' ? 60 : 95, /* of org: not sure */
                .in_capitals = kind < 'a',
                .offset = (uint32_t)text->size,
            };
            p += 2;
        } else if (*p == '>') {
            entities[count].size =
                (uint32_t)text->size - entities[count].offset;
            count++;
        } else {
            str_add_char(text, *p);
        }
    }
    return count;
}

/* "p John Kirby 3; o Pentagon 1*": kinds, forms, mentions; '*': stated. */
static void print_names(struct str *out, const struct names *names)
{
    for (size_t i = 0; i < names->count; i++)
        str_addf(out, "%s%c %.*s %zu%s", i ? "; " : "",
                 name_kind_name(names->items[i].kind)[0] == 'p' &&
                         names->items[i].kind == NAME_PLACE
                     ? 'l'
                     : name_kind_name(names->items[i].kind)[0],
                 SPAN_ARGS(names->items[i].form), names->items[i].mention_count,
                 names->items[i].stated ? "*" : "");
}

static void resolve(struct str *out, const char *marked,
                    const struct name *stated, size_t stated_count,
                    const struct name_lists *lists)
{
    struct entity entities[ENTITIES_MAX];
    struct str text = STR_INIT;
    struct arena *memory = arena_new();
    struct names names;
    size_t count = read_marked(&text, entities, marked);
    names_resolve(&names, str_span(&text), entities, count, stated,
                  stated_count, lists, memory);
    print_names(out, &names);
    for (size_t i = 0; i < names.count; i++)
        for (size_t j = 0; j < names.items[i].mention_count; j++)
            CHECK(names.items[i].mentions[j].offset +
                      names.items[i].mentions[j].size <=
                  text.size);
    arena_free(memory);
    str_release(&text);
}

static const struct {
    const char *text, *names;
} cases[] = {
    /* one word is the last full name before that ends in it */
    { "<p John Kirby> spoke. <p Kirby> said.", "p John Kirby 2" },
    { "<p Ann Lee> met <p Bo Lee>. <p Lee> spoke.", "p Bo Lee 2; p Ann Lee 1" },
    { "<p Kirby> to speak. Later <p John Kirby> spoke.", "p John Kirby 2" },
    /* a first name, where it is one person's */
    { "<p Imran Khan> lost. <p Imran> left.", "p Imran Khan 2" },
    { "<p Imran Khan> and <p Imran Ali>. <p Imran> left.",
      "p Imran Khan 1; p Imran Ali 1; p Imran 1" },
    { "<p Smith> alone.", "p Smith 1" },
    /* middle names, suffixes, titles, possessives */
    { "<p John F. Kirby> and <p John Kirby>", "p John F. Kirby 2" },
    { "<p Robert Downey Jr.> came. <p Downey> left.", "p Robert Downey Jr. 2" },
    { "<p Defense Secretary Caspar Weinberger>. <p Weinberger>'s",
      "p Caspar Weinberger 2" },
    { "<p Kirby's> and <p John Kirby>", "p John Kirby 2" },
    { "<p Mr. Kirby> and <p John Kirby>", "p John Kirby 2" },
    { "<p Pope Francis> came", "p Pope Francis 1" },
    /* capitals */
    { "<P KIRBY SPEAKS> x", "p Kirby Speaks 1" },
    { "<P JOHN KIRBY> x. <p John Kirby> y", "p John Kirby 2" },
    { "<P SEAN O'BRIEN>, <P ANGUS MCDONALD>, <P ANA DE LA CRUZ>",
      "p Sean O'Brien 1; p Angus McDonald 1; p Ana de la Cruz 1" },
    /* A surname with a hyphen is one word. */
    { "<p Mohammed Bello-Koko> said; <p Bello-Koko> added",
      "p Mohammed Bello-Koko 2" },
    { "<p Alhaji Atiku Abubakar> and <p Atiku>", "p Atiku Abubakar 2" },
    { "<p Ogbeni Rauf Aregbesola> and <p Pastor Aregbesola>; <p Datuk Ann Lee>",
      "p Rauf Aregbesola 2; p Ann Lee 1" },
    { "<p Olly Barkley>, <p Barkley, Hodgson> and <p King, Jr.>",
      "p Olly Barkley 2; p Hodgson 1; p King, Jr. 1" },
    /* Taken for something else after the person was named. */
    { "<p John Bolton> left; <? Bolton> wrote", "p John Bolton 2" },
    { "<p Paris Hilton> at <? Hilton Hotels>; <? Hilton> said",
      "o Hilton Hotels 2; p Paris Hilton 1" },
    { "<O BANK OF CHINA>, <O NATO>, <l US>, <l WASHINGTON>",
      "o Bank of China 1; o NATO 1; l US 1; l Washington 1" },
    /* organisations */
    { "<o International Grain Council> (<o IGC>) said. <o IGC> did.",
      "o International Grain Council 3" },
    { "<o International Grain Council> (<l IGC>) said. <o IGC> did.",
      "o International Grain Council 3" },
    { "<o US Department of Defense>. The <o DoD> said.",
      "o US Department of Defense 2" },
    { "<o Goldman Sachs> fell. <o Goldman> rose.", "o Goldman Sachs 2" },
    { "<o Bank of England>, <o Bank of China>, <o Bank>",
      "o Bank of England 1; o Bank of China 1; o Bank 1" },
    { "<p Nasir El-Rufai> spoke; <o El-Rufai> left.", "p Nasir El-Rufai 2" },
    { "<o Bank of England>, <o Bank of England Museum>",
      "o Bank of England 1; o Bank of England Museum 1" },
    { "<o Apple Inc.> and <o Apple>", "o Apple Inc. 2" },
    { "the <o The Times> and <o Times>", "o Times 2" },
    /* one kind in one article */
    { "<p Asda Stores> a <o Asda Stores> b <o Asda Stores>",
      "o Asda Stores 3" },
    { "<p Paris> said in <l Paris>", "p Paris 1; l Paris 1" },
    /* what is none */
    { "<p 's> <o --> <p 12>", "" },
};

TEST(names_of_one_article_become_one)
{
    struct name_lists *lists = name_lists_new();
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct str out = STR_INIT;
        resolve(&out, cases[i].text, NULL, 0, lists);
        CHECK_STR(out.data, cases[i].names);
        str_release(&out);
    }
    name_lists_free(lists);
}

TEST(names_that_are_stated_win)
{
    struct name_lists *lists = name_lists_new();
    const struct name stated[] = {
        { .kind = NAME_PERSON, .form = SPAN_LITERAL("James Baker") },
        { .kind = NAME_PERSON, .form = SPAN_LITERAL("Reagan") },
        { .kind = NAME_ORG, .form = SPAN_LITERAL("OPEC") },
    };
    struct str out = STR_INIT;
    resolve(&out,
            "<o James Baker> met <p Ronald Reagan>; <p Reagan> left <l OPEC>",
            stated, 3, lists);
    CHECK_STR(out.data, "p Ronald Reagan 2*; p James Baker 1*; o OPEC 1*");
    str_release(&out);
    resolve(&out, "nothing", stated, 1, lists);
    CHECK_STR(out.data, "p James Baker 0*");
    str_release(&out);
    name_lists_free(lists);
}

TEST(names_follow_the_lists_of_the_user)
{
    struct error err = ERROR_INIT;
    struct name_lists *lists = name_lists_new();
    struct str path = STR_INIT, out = STR_INIT;
    str_addf(&path, "%s/lists.tsv", test_directory());
    file_replace(path.data,
                 span_of("# spelling\tname\nBob Iger\tRobert A. Iger\tperson\n"
                         "\nMagic Kingdom\tWalt Disney World\n"),
                 &err);
    CHECK_STATUS(name_lists_add_aliases(lists, path.data, &err), STATUS_OK,
                 err);
    file_replace(path.data, span_of("Covid\nPark\torg\n"), &err);
    CHECK_STATUS(name_lists_add_stops(lists, path.data, &err), STATUS_OK, err);
    resolve(&out,
            "<p Bob Iger> said. <p Iger> of <o Magic Kingdom>, <p Covid>, "
            "<o Park>, <p Park>",
            NULL, 0, lists);
    CHECK_STR(out.data, "p Robert A. Iger 2; o Walt Disney World 1; p Park 1");
    static const char *const bad[] = { "one\n", "a\tb\tking\n", "a\t...\n",
                                       "a\tb\xFF\n" };
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        file_replace(path.data, span_of(bad[i]), &err);
        CHECK_STATUS(name_lists_add_aliases(lists, path.data, &err),
                     STATUS_BAD_FORMAT, err);
    }
    str_release(&path);
    str_release(&out);
    name_lists_free(lists);
}
