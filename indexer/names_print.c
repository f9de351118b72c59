/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/names_print.h"

#include <inttypes.h>
#include <string.h>

#include "base/json.h"
#include "indexer/names/name_lists.h"

/* A tab or a line break would be another column or line. */
static void add_flat(struct str *out, struct span text)
{
    size_t start = out->size;
    str_add(out, text);
    for (size_t i = start; i < out->size; i++)
        if ((unsigned char)out->data[i] < ' ')
            out->data[i] = ' ';
}

/* Those that stand in texts; all but `other` where that is not empty. */
static void add_spellings(struct str *out, const struct tallied *name,
                          struct span other)
{
    const char *between = "";
    for (size_t i = 0; i < name->spelling_count; i++) {
        const struct spelling *spelling = &name->spellings[i];
        if (!spelling->mentions || span_equal(spelling->text, other))
            continue;
        str_add_text(out, between);
        add_flat(out, spelling->text);
        str_addf(out, " %" PRIu64, spelling->mentions);
        between = "; ";
    }
}

static void print_text(struct str *out, const struct tallied *name)
{
    struct span form = tally_form(name);
    struct str others = STR_INIT;
    str_addf(out, "%8" PRIu64 " %8" PRIu64 "  %-6s  ", name->articles,
             name->mentions, name_kind_name(name->kind));
    add_flat(out, form);
    add_spellings(&others, name, form);
    if (others.size)
        str_addf(out, "  (%s)", others.data);
    str_add_char(out, '\n');
    str_release(&others);
}

static void print_tsv(struct str *out, const struct tallied *name)
{
    str_addf(out, "%s\t%" PRIu64 "\t%" PRIu64 "\t", name_kind_name(name->kind),
             name->articles, name->mentions);
    add_flat(out, tally_form(name));
    str_add_char(out, '\t');
    add_flat(out, name->key);
    str_add_char(out, '\t');
    add_spellings(out, name, (struct span){ NULL, 0 });
    str_add_char(out, '\n');
}

static void print_json(struct str *out, const struct tallied *name)
{
    struct json json = json_begin(out);
    json_object(&json);
    json_text(&json, "kind", span_of(name_kind_name(name->kind)));
    json_text(&json, "name", tally_form(name));
    json_text(&json, "key", name->key);
    json_key(&json, "articles");
    json_number(&json, (int64_t)name->articles);
    json_key(&json, "mentions");
    json_number(&json, (int64_t)name->mentions);
    json_key(&json, "spellings");
    json_array(&json);
    for (size_t i = 0; i < name->spelling_count; i++) {
        if (!name->spellings[i].mentions)
            continue;
        json_object(&json);
        json_text(&json, "text", name->spellings[i].text);
        json_key(&json, "mentions");
        json_number(&json, (int64_t)name->spellings[i].mentions);
        json_end(&json);
    }
    json_end(&json);
    json_end(&json);
}

static const struct names_format formats[] = {
    { "text", "articles mentions  kind    name\n", "", "", print_text },
    { "tsv", "kind\tarticles\tmentions\tname\tkey\tspellings\n", "", "",
      print_tsv },
    { "json", "[\n", ",\n", "\n]\n", print_json },
};

const struct names_format *names_format_find(const char *name)
{
    for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++)
        if (!name || !strcmp(formats[i].name, name))
            return &formats[i];
    return NULL;
}
