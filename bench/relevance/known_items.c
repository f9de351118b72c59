/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "bench/relevance/known_items.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/utf8.h"

struct known_item {
    uint64_t hash; /* of the question */
    size_t number; /* of the article */
    char *question;
    bool usable;
};

struct known_items {
    enum article_field field;
    struct known_item *items;
    size_t count, capacity;
};

/* ---- Questions -------------------------------------------------------- */

static bool is_sign(char c)
{
    return (unsigned char)c <= ' ' || strchr("\"()[]{}<>+-!:*?^~|\\/=;", c);
}

size_t known_words(struct str *out, struct span text)
{
    size_t count = 0;
    bool inside = false;
    text.size = utf8_floor(text, text.size < KNOWN_QUERY_SIZE_MAX
                                     ? text.size
                                     : KNOWN_QUERY_SIZE_MAX);
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (is_sign(c)) {
            inside = false;
            continue;
        }
        if (!inside && count++)
            str_add_char(out, ' ');
        inside = true;
        str_add_char(out, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
    }
    return count;
}

/* ---- Articles --------------------------------------------------------- */

struct known_items *known_items_new(enum article_field field)
{
    struct known_items *items = memory_new(1, sizeof(*items));
    items->field = field;
    return items;
}

void known_items_free(struct known_items *items)
{
    for (size_t i = 0; items && i < items->count; i++)
        free(items->items[i].question);
    if (items)
        free(items->items);
    free(items);
}

static void add_json(struct str *out, size_t number, struct span body)
{
    struct str id = STR_INIT;
    str_addf(&id, "a%zu", number);
    struct json json = json_begin(out);
    json_object(&json);
    json_key(&json, "id");
    json_string(&json, str_span(&id));
    json_key(&json, "text");
    json_string(&json, body);
    json_end(&json);
    str_add_char(out, '\n');
    str_release(&id);
}

void known_items_add(struct known_items *items, const struct article *article,
                     struct str *out)
{
    struct span body = article_text(article, ARTICLE_BODY);
    struct span asked = article_text(article, items->field);
    struct str question = STR_INIT, words = STR_INIT;
    if (!body.size)
        return;
    size_t asked_words = known_words(&question, asked);
    size_t body_words = known_words(&words, body);
    bool copied = span_starts(str_span(&words), question.data);
    add_json(out, items->count, body);
    MEMORY_GROW(items->items, items->count, items->capacity);
    struct known_item *item = &items->items[items->count];
    *item = (struct known_item){
        .hash = span_hash(str_span(&question), 0),
        .number = items->count,
        .usable = asked_words >= KNOWN_QUERY_WORDS &&
                  body_words >= KNOWN_BODY_WORDS && !copied,
    };
    item->question = str_detach(&question);
    items->count++;
    str_release(&words);
}

/* ---- Topics ----------------------------------------------------------- */

static int by_hash(const void *a, const void *b)
{
    const struct known_item *x = *(const struct known_item *const *)a;
    const struct known_item *y = *(const struct known_item *const *)b;
    return (x->hash > y->hash) - (x->hash < y->hash);
}

size_t known_items_write(const struct known_items *items, unsigned half,
                         size_t limit, struct str *topics, struct str *qrels)
{
    size_t count = items->count, written = 0;
    const struct known_item **order = memory_new(count + 1, sizeof(*order));
    for (size_t i = 0; i < count; i++)
        order[i] = &items->items[i];
    if (count)
        qsort(order, count, sizeof(*order), by_hash);
    for (size_t i = 0; i < count && written < limit; i++) {
        const struct known_item *item = order[i];
        bool twice = (i && order[i - 1]->hash == item->hash) ||
                     (i + 1 < count && order[i + 1]->hash == item->hash);
        if (!item->usable || twice || (item->hash & 1) != half)
            continue;
        str_addf(topics, "<top>\n<num> Number: %zu\n<title> %s\n</top>\n",
                 item->number, item->question);
        str_addf(qrels, "%zu 0 a%zu 1\n", item->number, item->number);
        written++;
    }
    free(order);
    return written;
}
