/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/names/callings.h"

#include "indexer/names/name_clean.h"
#include "indexer/names/name_index.h"

/* The callings as they are gathered. */
struct taking {
    struct arena *memory;
    struct span text;
    const struct name_lists *lists;
    struct calling *items;
    size_t count;
};

struct span calling_key(enum name_kind kind, struct span form,
                        struct arena *memory)
{
    struct str key = STR_INIT;
    name_key(&key, kind, form);
    struct span copy = arena_copy(memory, str_span(&key));
    str_release(&key);
    return copy;
}

size_t calling_words(struct span key)
{
    size_t words = key.size > 0;
    for (size_t i = 0; i < key.size; i++)
        words += key.data[i] == ' ';
    return words;
}

enum {
    PLACE_ACRONYM_MAX = 4,
    NAME_KEY_MIN = 2, /* bytes; one letter is no name */
};

/* US, UK and UAE are written so; WASHINGTON is not. */
static bool is_capitals(enum name_kind kind, struct span form)
{
    return name_is_capitals(form) &&
           (kind != NAME_PLACE || form.size > PLACE_ACRONYM_MAX);
}

static bool has_blank(struct span form)
{
    return span_find_char(form, 0, ' ') != SIZE_MAX ||
           span_find_char(form, 0, '\n') != SIZE_MAX;
}

static void add_calling(struct taking *t, enum name_kind kind,
                        struct span written, bool stated, bool in_capitals,
                        uint8_t confidence)
{
    struct span form = name_clean(kind, written);
    struct span key = calling_key(kind, form, t->memory);
    if (key.size < NAME_KEY_MIN || name_lists_stops(t->lists, kind, key))
        return;
    struct calling *added = &t->items[t->count];
    *added =
        (struct calling){ .kind = kind,
                          .stated = stated,
                          .in_capitals = in_capitals && is_capitals(kind, form),
                          .form = form,
                          .key = key,
                          .words = calling_words(key),
                          .in_one_word = !has_blank(form),
                          .confidence = confidence,
                          .name = NAME_INDEX_NONE };
    if (!stated)
        added->place = (struct mention){ (uint32_t)(form.data - t->text.data),
                                         (uint32_t)form.size };
    t->count++;
}

static void rename_calling(const struct name_lists *lists,
                           struct calling *calling)
{
    struct name_alias alias =
        name_lists_alias(lists, calling->kind, calling->key);
    if (!alias.form.size)
        return;
    calling->key = alias.key;
    calling->form = alias.form;
    calling->words = calling_words(alias.key);
    calling->in_one_word = !has_blank(alias.form);
}

/* "Barkley, Hodgson" are two; "Martin Luther King, Jr." is one. */
static void add_persons(struct taking *t, const struct entity *entity,
                        struct span written, size_t room)
{
    struct span rest = written;
    for (size_t at = 0; t->count + 1 < room;) {
        at = span_find(rest, at, span_of(", "));
        if (at == SIZE_MAX)
            break;
        struct span behind = calling_key(
            NAME_PERSON, span_slice(rest, at + 2, rest.size), t->memory);
        if (name_is_suffix(behind)) {
            at += 2;
            continue;
        }
        add_calling(t, entity->kind, span_slice(rest, 0, at), false, true,
                    entity->confidence);
        rest = span_slice(rest, at + 2, rest.size);
        at = 0;
    }
    add_calling(t, entity->kind, rest, false, true, entity->confidence);
}

/* How often a key stands for each kind; what is stated decides alone. */
struct votes {
    uint32_t of[NAME_KIND_COUNT];
};

enum { STATED_VOTE = 1 << 24 };

/* A name has one kind in an article; a word alone may have several. */
static void agree_on_kinds(struct taking *t)
{
    struct name_index *index = name_index_new(t->memory, t->count);
    struct votes *votes =
        arena_alloc(t->memory, (t->count + 1) * sizeof(*votes));
    size_t used = 0;
    for (size_t i = 0; i < t->count; i++) {
        struct calling *calling = &t->items[i];
        size_t *at = name_index_at(index, NAME_KIND_COUNT, calling->key);
        if (*at == NAME_INDEX_NONE)
            *at = used++;
        votes[*at].of[calling->kind] += calling->stated ? STATED_VOTE : 1;
    }
    for (size_t i = 0; i < t->count; i++) {
        struct calling *calling = &t->items[i];
        const uint32_t *of =
            votes[*name_index_at(index, NAME_KIND_COUNT, calling->key)].of;
        enum name_kind best = calling->kind;
        for (int kind = 0; kind < NAME_KIND_COUNT; kind++)
            if (of[kind] > of[best] &&
                (calling->words > 1 || of[kind] >= STATED_VOTE ||
                 of[kind] >= 3 * of[calling->kind]))
                best = (enum name_kind)kind;
        if (!calling->stated)
            calling->kind = best;
    }
}

void callings_take(struct callings *out, struct span text,
                   const struct entity *entities, size_t entity_count,
                   const struct name *stated, size_t stated_count,
                   const struct name_lists *lists, struct arena *memory)
{
    if (entity_count > NAMES_MENTIONS_MAX)
        entity_count = NAMES_MENTIONS_MAX;
    size_t room = 2 * entity_count + stated_count + 1;
    struct taking t = { .memory = memory,
                        .text = text,
                        .lists = lists,
                        .items = arena_alloc(memory,
                                             room * sizeof(struct calling)) };
    for (size_t i = 0; i < stated_count; i++)
        add_calling(&t, stated[i].kind, stated[i].form, true, true, 100);
    for (size_t i = 0; i < entity_count; i++) {
        const struct entity *entity = &entities[i];
        struct span written =
            span_slice(text, entity->offset, entity->offset + entity->size);
        /* Each of those that follow needs a place too. */
        if (entity->kind == NAME_PERSON)
            add_persons(&t, entity, written, room - (entity_count - i - 1));
        else
            add_calling(&t, entity->kind, written, false,
                        entity->in_capitals || entity->kind != NAME_ORG,
                        entity->confidence);
    }
    agree_on_kinds(&t);
    for (size_t i = 0; i < t.count; i++)
        rename_calling(lists, &t.items[i]);
    *out = (struct callings){ t.items, t.count };
}
