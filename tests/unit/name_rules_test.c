/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/names/name_rules.h"

#include "base/name.h"
#include "base/str.h"
#include "tests/unit/test.h"

static const char rules_text[] = "# remark\n"
                                 "seat\tWhite House\n"
                                 "org\tWall Street\n"
                                 "country\tUS\n"
                                 "office\tDepartment\n"
                                 "given\tJohn\n"
                                 "none\tGod\n"
                                 "group\trebels\n"
                                 "region\tState\n"
                                 "button\tShare on Facebook\n"
                                 "button\tTweet\n"
                                 "button\tWhatsApp\n";

/* Apply the rules to a text in which "[p John Kirby]" was found, o and l for
 * organisations and places; the same for what comes out. */
static void apply(struct str *out, const char *marked)
{
    static const char kinds[] = "pol";
    struct error err = ERROR_INIT;
    struct name_rules *rules;
    CHECK_STATUS(name_rules_read(&rules, span_of(rules_text), &err), STATUS_OK,
                 err);
    struct entity items[16];
    struct entities found = { items, 0, 16 }, ruled;
    struct str text = STR_INIT;
    for (const char *p = marked; *p; p++) {
        struct entity *entity = &items[found.count];
        if (*p == '[') {
            enum name_kind kind = p[1] == 'p'   ? NAME_PERSON
                                  : p[1] == 'o' ? NAME_ORG
                                                : NAME_PLACE;
            *entity =
                (struct entity){ .kind = kind, .offset = (uint32_t)text.size };
            p += 2;
        } else if (*p == ']') {
            entity->size = (uint32_t)text.size - entity->offset;
            found.count++;
        } else {
            str_add_char(&text, *p);
        }
    }
    struct arena *memory = arena_new();
    name_rules_apply(rules, &ruled, str_span(&text), &found, memory);
    for (size_t i = 0; i < ruled.count; i++) {
        const struct entity *entity = &ruled.items[i];
        str_addf(out, "%s%c %.*s", i ? ", " : "", kinds[entity->kind],
                 SPAN_ARGS(span_slice(str_span(&text), entity->offset,
                                      entity->offset + entity->size)));
    }
    arena_free(memory);
    str_release(&text);
    name_rules_free(rules);
}

TEST(name_rules_join_and_correct)
{
    static const struct {
        const char *text, *names;
    } rows[] = {
        { "the [l US] [o Department of Defense] said",
          "o US Department of Defense" },
        { "the [l US] and the [o Department of Defense]",
          "l US, o Department of Defense" },
        { "traders on [l Wall Street] said", "o Wall Street" },
        { "traders on Wall Street said", "" },
        { "the [l White House] said", "o White House" },
        { "White House Press Secretary [p Jen Psaki] said",
          "o White House, p Jen Psaki" },
        { "[p Jen Psaki] of the White House, [p Joe Biden] of the White House",
          "p Jen Psaki, o White House, p Joe Biden, o White House" },
        { "the [o White House Press Corps] of the White Houses",
          "o White House Press Corps" },
        { "a [o Great White] House", "o Great White" },
        { "[o Department of Defense John Kirby] said",
          "o Department of Defense, p John Kirby" },
        { "the [l US] [o Department of Defense John A. Kirby]",
          "o US Department of Defense, p John A. Kirby" },
        { "the [o Department of John Kirby]", "o Department of John Kirby" },
        { "the [o Department of Saint John]", "o Department of Saint John" },
        { "the [o Lewis John Kirby]", "o Lewis John Kirby" },
        { "Share on [o Facebook]\n[o WhatsApp] | [o Tweet]\nleft [o WhatsApp]",
          "o WhatsApp" },
        { "[o Share on Facebook] it rained", "" },
        { "[o Tweet] and [o WhatsApp]", "o Tweet, o WhatsApp" },
        { "[p Tweet WhatsApp]", "" },
        { "the [o University of] [l Lagos]", "o University of Lagos" },
        { "the [l Bay of] [l Bengal]", "l Bay of Bengal" },
        { "the [o Bank of] the [l West]", "o Bank, l West" },
        { "the [o Bank of the] [l West]", "o Bank of the West" },
        { "[o BANK OF] [l ENGLAND] and [o BANK OF] it",
          "o BANK OF ENGLAND, o BANK" },
        { "the [o Economic Commission for] [l Europe]",
          "o Economic Commission for Europe" },
        { "[o Ferries and] [o Harbours] of the [o Council of the] isles",
          "o Ferries, o Harbours, o Council" },
        { "thank [p God], said [p Godwin God]", "p Godwin God" },
        { "[p Ansa Rau] struck, [p RAU]; [p Ansa Rau] rebels; [p Rau] is well",
          "o Ansa Rau, p RAU, o Ansa Rau, p Rau" },
        { "[p Rillan], [o Rillan]; the [l Rillan State] and [p Ann Rillan]",
          "l Rillan, l Rillan, l Rillan State, p Ann Rillan" },
        { "[p Rillan]; the [o Rillan State] and [l State]",
          "p Rillan, o Rillan State, l State" },
        { "[p Ansa Rau] rebelsong, [l Rau] rebels, [p Nell Orr]\nrebels",
          "p Ansa Rau, l Rau, p Nell Orr" },
    };
    struct str out = STR_INIT;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        str_clear(&out);
        apply(&out, rows[i].text);
        CHECK_STR(out.size ? out.data : "", rows[i].names);
    }
    str_release(&out);
}

TEST(name_rules_name_the_line)
{
    struct error err = ERROR_INIT;
    struct name_rules *rules;
    CHECK_STATUS(name_rules_read(&rules, span_of("org\tA\nwhat\tB\n"), &err),
                 STATUS_BAD_FORMAT, err);
    CHECK(strstr(err.message, "line 2"));
}
