/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/names/name_apply.h"

#include "indexer/names/name_index.h"
#include "indexer/names/name_order.h"

static bool has_to_change(const struct name *name,
                          const struct name_lists *lists)
{
    if (name_lists_stops(lists, name->kind, name->key))
        return true;
    struct name_alias alias = name_lists_alias(lists, name->kind, name->key);
    return alias.form.size && (!span_equal(alias.key, name->key) ||
                               !span_equal(alias.form, name->form));
}

static void join(struct name *into, const struct name *from,
                 struct arena *memory)
{
    size_t count = into->mention_count + from->mention_count;
    struct mention *mentions =
        arena_alloc(memory, (count + 1) * sizeof(*mentions));
    size_t a = 0, b = 0;
    for (size_t i = 0; i < count; i++) {
        bool first = b == from->mention_count ||
                     (a < into->mention_count &&
                      into->mentions[a].offset <= from->mentions[b].offset);
        mentions[i] = first ? into->mentions[a++] : from->mentions[b++];
    }
    into->mentions = mentions;
    into->mention_count = count;
    into->stated |= from->stated;
}

bool names_apply(struct names *names, const struct name_lists *lists,
                 struct arena *memory)
{
    bool changes = false;
    for (size_t i = 0; i < names->count && !changes; i++)
        changes = has_to_change(&names->items[i], lists);
    if (!changes)
        return false;
    struct name *kept = arena_alloc(memory, (names->count + 1) * sizeof(*kept));
    struct name_index *index = name_index_new(memory, names->count);
    size_t count = 0;
    for (size_t i = 0; i < names->count; i++) {
        struct name name = names->items[i];
        struct name_alias alias = name_lists_alias(lists, name.kind, name.key);
        if (name_lists_stops(lists, name.kind, name.key))
            continue;
        if (alias.form.size) {
            name.form = alias.form;
            name.key = alias.key;
        }
        size_t *at = name_index_at(index, name.kind, name.key);
        if (*at == NAME_INDEX_NONE) {
            *at = count;
            kept[count++] = name;
        } else {
            join(&kept[*at], &name, memory);
        }
    }
    names_order(kept, count);
    names->items = kept;
    names->count = count;
    return true;
}
