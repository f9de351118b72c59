/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/recording.h"

#include "text/folding.h"

/* The title, a blank line and the body as one text. */
static struct span join_text(struct arena *memory, struct span title,
                             struct span body)
{
    if (!title.size || !body.size)
        return title.size ? title : body;
    struct str text = STR_INIT;
    str_reserve(&text, title.size + body.size + 2);
    str_add(&text, title);
    str_add_text(&text, "\n\n");
    str_add(&text, body);
    struct span joined = arena_copy(memory, str_span(&text));
    str_release(&text);
    return joined;
}

static struct span name_key(struct arena *memory, struct span form)
{
    struct str key = STR_INIT;
    text_fold(&key, form);
    struct span copy = arena_copy(memory, str_span(&key));
    str_release(&key);
    return copy;
}

static bool has_name(const struct names *names, enum name_kind kind,
                     struct span key)
{
    for (size_t i = 0; i < names->count; i++)
        if (names->items[i].kind == kind &&
            span_equal(names->items[i].key, key))
            return true;
    return false;
}

static void add_names(struct names *names, const struct article *article,
                      enum article_field field, enum name_kind kind)
{
    const struct article_values *values = &article->values[field];
    for (size_t i = 0; i < values->count; i++) {
        struct span key = name_key(article->memory, values->items[i]);
        if (!key.size || has_name(names, kind, key))
            continue;
        names->items[names->count++] = (struct name){
            .kind = kind,
            .stated = true,
            .form = values->items[i],
            .key = key,
        };
    }
}

static void stated_names(struct names *out, const struct article *article)
{
    size_t most = article->values[ARTICLE_PERSON].count +
                  article->values[ARTICLE_ORG].count +
                  article->values[ARTICLE_PLACE].count;
    *out = (struct names){ NULL, 0 };
    if (!most)
        return;
    out->items = arena_alloc(article->memory, most * sizeof(*out->items));
    add_names(out, article, ARTICLE_PERSON, NAME_PERSON);
    add_names(out, article, ARTICLE_ORG, NAME_ORG);
    add_names(out, article, ARTICLE_PLACE, NAME_PLACE);
}

static struct record_list list_of(const struct article *article,
                                  enum article_field field)
{
    return (struct record_list){ article->values[field].items,
                                 article->values[field].count };
}

void record_article(struct record *out, const struct article *article,
                    struct span collection, struct span origin,
                    uint64_t origin_offset)
{
    struct span title = article_text(article, ARTICLE_TITLE);
    *out = (struct record){
        .collection = collection,
        .id = article_text(article, ARTICLE_ID),
        .text = join_text(article->memory, title,
                          article_text(article, ARTICLE_BODY)),
        .title_size = (uint32_t)title.size,
        .date = article->date,
        .source = article_text(article, ARTICLE_SOURCE),
        .section = article_text(article, ARTICLE_SECTION),
        .language = article_text(article, ARTICLE_LANGUAGE),
        .url = article_text(article, ARTICLE_URL),
        .subtitle = article_text(article, ARTICLE_SUBTITLE),
        .dateline = article_text(article, ARTICLE_DATELINE),
        .summary = article_text(article, ARTICLE_SUMMARY),
        .version = article_text(article, ARTICLE_VERSION),
        .authors = list_of(article, ARTICLE_AUTHOR),
        .topics = list_of(article, ARTICLE_TOPIC),
        .origin = origin,
        .origin_offset = origin_offset,
    };
    stated_names(&out->names, article);
}
