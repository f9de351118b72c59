/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The names of any text are whole characters of it, in order, and the same
 * each time.  A zero byte divides the text from names that a corpus states, a
 * line each. */
#include <stdio.h>
#include <stdlib.h>

#include "base/str.h"
#include "base/utf8.h"
#include "indexer/names/name_resolve.h"
#include "indexer/names/names_finder.h"
#include "tests/fuzz/fuzz.h"

enum { STATED_MAX = 64 };

static void require(bool condition)
{
    if (!condition)
        abort();
}

static bool is_valid(struct span s)
{
    return utf8_valid_prefix(s) == s.size;
}

static const struct names_finder *finder_once(void)
{
    static struct names_finder *finder;
    struct error err = ERROR_INIT;
    if (!finder && names_finder_open(&finder, NEWS_MODEL, &err)) {
        fprintf(stderr, "%s\n", err.message);
        abort();
    }
    return finder;
}

static void check_name(struct span text, const struct name *name)
{
    require(name->kind < NAME_KIND_COUNT);
    require(name->form.size && is_valid(name->form));
    require(name->key.size && is_valid(name->key));
    require(name->stated || name->mention_count);
    size_t end = 0;
    for (size_t i = 0; i < name->mention_count; i++) {
        const struct mention *at = &name->mentions[i];
        require(at->size && (i == 0 || at->offset >= end));
        end = (size_t)at->offset + at->size;
        require(end <= text.size);
        require(is_valid(span_slice(text, at->offset, end)));
        require(is_valid(span_slice(text, 0, at->offset)));
    }
}

static void check_same(const struct names *a, const struct names *b)
{
    require(a->count == b->count);
    for (size_t i = 0; i < a->count; i++) {
        require(a->items[i].kind == b->items[i].kind);
        require(span_equal(a->items[i].form, b->items[i].form));
        require(span_equal(a->items[i].key, b->items[i].key));
        require(a->items[i].mention_count == b->items[i].mention_count);
    }
}

static struct names read_stated(struct span lines, struct name *items)
{
    struct names stated = { items, 0 };
    struct span line;
    while (stated.count < STATED_MAX && lines.size &&
           span_next(&lines, '\n', &line)) {
        enum name_kind kind =
            line.size ? (enum name_kind)((unsigned char)line.data[0] %
                                         NAME_KIND_COUNT)
                      : NAME_PERSON;
        items[stated.count++] =
            (struct name){ .kind = kind, .stated = true, .form = line };
    }
    return stated;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span whole = { (const char *)data, size }, before;
    struct str text = STR_INIT, lines = STR_INIT;
    span_next(&whole, '\0', &before);
    utf8_repair(&text, before);
    utf8_repair(&lines, whole);
    struct name items[STATED_MAX];
    struct names stated = read_stated(str_span(&lines), items);
    struct arena *memory = arena_new();
    struct names_worker *worker = names_worker_new(finder_once());
    struct names first, again, rest;
    const struct span english = span_of("en");
    names_find(worker, &first, str_span(&text), english, &stated, memory);
    require(first.count <= NAMES_PER_ARTICLE_MAX);
    for (size_t i = 0; i < first.count; i++)
        check_name(str_span(&text), &first.items[i]);
    names_find(worker, &again, str_span(&text), english, &stated, memory);
    check_same(&first, &again);
    /* Of another language nothing is sought. */
    names_find(worker, &rest, str_span(&text), span_of("xx"), &stated, memory);
    for (size_t i = 0; i < rest.count; i++)
        require(rest.items[i].stated && !rest.items[i].mention_count);
    names_worker_free(worker);
    arena_free(memory);
    str_release(&text);
    str_release(&lines);
    return 0;
}
