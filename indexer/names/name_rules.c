/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/names/name_rules.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "base/utf8.h"
#include "indexer/names/name_clean.h"
#include "indexer/names/name_index.h"
#include "indexer/names/name_lists.h"

/* The spaces of the index; what is found in the first is a kind. */
enum {
    SPACE_KIND,
    SPACE_COUNTRY,
    SPACE_OFFICE,
    SPACE_GIVEN,
    SPACE_NONE,
    SPACE_GROUP,
    SPACE_REGION,
    SPACE_BUTTON
};

enum {
    OFFICE_WORDS_MAX = 2,
    SEATS_FOUND_MAX = 1000, /* in one text */
    SEAT_CONFIDENCE = 60,
    BUTTON_REACH = 160, /* bytes beside a name where buttons are sought */
};

struct written {
    struct span *items;
    size_t count, capacity;
};

struct name_rules {
    struct arena *memory;
    struct written seats, buttons; /* as they are written */
    struct name_index *index;
};

/* ---- Reading ---------------------------------------------------------- */

static void keep_written(struct written *written, struct span text)
{
    MEMORY_GROW(written->items, written->count, written->capacity);
    written->items[written->count++] = text;
}

static bool add_button(struct name_rules *rules, struct span name)
{
    struct span text = arena_copy(rules->memory, name), word;
    keep_written(&rules->buttons, text);
    while (span_next(&text, ' ', &word))
        *name_index_at(rules->index, SPACE_BUTTON, word) = 0;
    return name.size > 0;
}

static bool add_rule(struct name_rules *rules, struct span word,
                     struct span name)
{
    if (span_is(word, "button"))
        return add_button(rules, name);
    enum name_kind kind = NAME_ORG;
    bool seat = span_is(word, "seat");
    bool fixed = seat || name_kind_find(word, &kind);
    unsigned space = fixed                      ? SPACE_KIND
                     : span_is(word, "country") ? SPACE_COUNTRY
                     : span_is(word, "given")   ? SPACE_GIVEN
                     : span_is(word, "none")    ? SPACE_NONE
                     : span_is(word, "group")   ? SPACE_GROUP
                     : span_is(word, "region")  ? SPACE_REGION
                                                : SPACE_OFFICE;
    struct str key = STR_INIT;
    name_key(&key, NAME_ORG, name);
    bool well = key.size && (space != SPACE_OFFICE || span_is(word, "office"));
    if (well)
        *name_index_at(rules->index, space,
                       arena_copy(rules->memory, str_span(&key))) =
            (size_t)kind;
    if (well && seat)
        keep_written(&rules->seats, arena_copy(rules->memory, name));
    str_release(&key);
    return well;
}

enum status name_rules_read(struct name_rules **out, struct span text,
                            struct error *err)
{
    struct name_rules *rules = memory_new(1, sizeof(*rules));
    rules->memory = arena_new();
    rules->index = name_index_new(rules->memory, 64);
    enum status rc = STATUS_OK;
    if (utf8_valid_prefix(text) < text.size)
        rc = error_set(err, STATUS_BAD_FORMAT,
                       "rules of names: not UTF-8 at byte %zu",
                       utf8_valid_prefix(text));
    struct span line, word;
    for (size_t n = 1; !rc && text.size && span_next(&text, '\n', &line); n++) {
        line = span_trim(line);
        if (!line.size || line.data[0] == '#')
            continue;
        span_next(&line, '\t', &word);
        if (!add_rule(rules, word, span_trim(line)))
            rc = error_set(err, STATUS_BAD_FORMAT,
                           "rules of names, line %zu: not understood", n);
    }
    *out = rules;
    if (rc) {
        name_rules_free(rules);
        *out = NULL;
    }
    return rc;
}

void name_rules_free(struct name_rules *rules)
{
    if (!rules)
        return;
    arena_free(rules->memory);
    free(rules->seats.items);
    free(rules->buttons.items);
    free(rules);
}

/* ---- Applying --------------------------------------------------------- */

static struct span text_of(const struct entity *entity, struct span text)
{
    return span_slice(text, entity->offset, entity->offset + entity->size);
}

static bool has(const struct name_rules *rules, unsigned space, struct span key)
{
    return name_index_one(rules->index, space, key) != NAME_INDEX_NONE;
}

static void set_key(struct str *key, struct span form)
{
    str_clear(key);
    if (form.size <= NAME_SIZE_MAX)
        name_key(key, NAME_ORG, form);
}

/* Whether the key begins with the words of an office. */
static bool begins_office(const struct name_rules *rules, struct span key)
{
    for (size_t i = 0, words = 0; i <= key.size && words < OFFICE_WORDS_MAX;
         i++)
        if (i == key.size || key.data[i] == ' ') {
            if (i && has(rules, SPACE_OFFICE, span_slice(key, 0, i)))
                return true;
            words++;
        }
    return false;
}

/* "US" before an office, with one blank between. */
static bool belongs_to(const struct name_rules *rules, struct span text,
                       const struct entity *country,
                       const struct entity *office, struct str *key)
{
    size_t end = (size_t)country->offset + country->size;
    if (office->kind != NAME_ORG || office->offset != end + 1 ||
        text.data[end] != ' ')
        return false;
    set_key(key, text_of(country, text));
    if (!has(rules, SPACE_COUNTRY, str_span(key)))
        return false;
    set_key(key, text_of(office, text));
    return begins_office(rules, str_span(key));
}

/* ---- Seats ------------------------------------------------------------ */

static bool is_in_word(struct span text, size_t at)
{
    unsigned char c = at < text.size ? (unsigned char)text.data[at] : ' ';
    return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
           (c >= 'a' && c <= 'z');
}

static void add_seats(struct entities *out, struct span text, struct span seat)
{
    size_t at = 0;
    for (; out->count < SEATS_FOUND_MAX; at += seat.size) {
        at = span_find(text, at, seat);
        if (at == SIZE_MAX)
            return;
        if (!(at && is_in_word(text, at - 1)) &&
            !is_in_word(text, at + seat.size))
            out->items[out->count++] = (struct entity){
                .kind = NAME_ORG,
                .confidence = SEAT_CONFIDENCE,
                .offset = (uint32_t)at,
                .size = (uint32_t)seat.size,
            };
    }
}

static int compare_offset(const void *a, const void *b)
{
    const struct entity *one = a, *two = b;
    return (one->offset > two->offset) - (one->offset < two->offset);
}

/* The entities and, between them, the seats that none of them covers. */
static struct entities with_seats(const struct name_rules *rules,
                                  struct span text,
                                  const struct entities *entities,
                                  struct arena *memory)
{
    struct entities seats = { .count = 0 }, out = { .count = 0 };
    seats.items = arena_alloc(memory, SEATS_FOUND_MAX * sizeof(*seats.items));
    for (size_t i = 0; i < rules->seats.count; i++)
        add_seats(&seats, text, rules->seats.items[i]);
    if (seats.count)
        qsort(seats.items, seats.count, sizeof(*seats.items), compare_offset);
    out.items = arena_alloc(memory, (entities->count + seats.count + 1) *
                                        sizeof(*out.items));
    uint64_t end = 0;
    for (size_t i = 0, s = 0; i < entities->count || s < seats.count;) {
        const struct entity *entity = &entities->items[i];
        const struct entity *seat = &seats.items[s];
        bool is_last = i == entities->count;
        if (s < seats.count &&
            (is_last ||
             seat->offset < (uint64_t)entity->offset + entity->size)) {
            s++;
            if (seat->offset >= end &&
                (is_last || seat->offset + seat->size <= entity->offset))
                out.items[out.count++] = *seat;
            continue;
        }
        end = (uint64_t)entity->offset + entity->size;
        out.items[out.count++] = *entity;
        i++;
    }
    return out;
}

/* ---- Buttons ---------------------------------------------------------- */

/* The bytes of the longest button that stands at `at`; 0: none. */
static size_t button_at(const struct name_rules *rules, struct span text,
                        size_t at)
{
    size_t longest = 0;
    for (size_t i = 0; i < rules->buttons.count; i++) {
        struct span button = rules->buttons.items[i];
        if (button.size > longest && text.size - at >= button.size &&
            !memcmp(text.data + at, button.data, button.size) &&
            !is_in_word(text, at + button.size))
            longest = button.size;
    }
    return at && is_in_word(text, at - 1) ? 0 : longest;
}

static bool has_button_word(const struct name_rules *rules, struct span name)
{
    struct span word;
    return span_next(&name, ' ', &word) && has(rules, SPACE_BUTTON, word);
}

/* Whether the name is in a button of several words, or in a line of nothing but
 * buttons. */
static bool is_button(const struct name_rules *rules, struct span text,
                      const struct entity *entity)
{
    if (!has_button_word(rules, text_of(entity, text)))
        return false;
    size_t from = entity->offset, end = from + entity->size;
    size_t reach = from > BUTTON_REACH ? from - BUTTON_REACH : 0;
    while (from > reach && text.data[from - 1] != '\n')
        from--;
    bool only = !from || text.data[from - 1] == '\n';
    size_t at = from;
    while (at < text.size && text.data[at] != '\n' && (only || at < end)) {
        size_t size = 1;
        if (is_in_word(text, at)) {
            size = button_at(rules, text, at);
            struct span button = span_slice(text, at, at + size);
            if (at <= entity->offset && end <= at + size &&
                span_find_char(button, 0, ' ') != SIZE_MAX)
                return true;
            only = only && size && at < end + BUTTON_REACH;
            while (!size || is_in_word(text, at + size))
                size++;
        }
        at += size;
    }
    return only;
}

/* ---- People after offices --------------------------------------------- */

enum { AFTER_GIVEN_MAX = 2 }; /* words of a person behind the first name */

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* Whether a known first name stands at `at` of an office's name, behind a word
 * of it and with the rest of a person's name to the end. */
static bool begins_person(const struct name_rules *rules, struct span name,
                          size_t at, struct str *key)
{
    size_t before = at - 1;
    while (before && name.data[before - 1] != ' ')
        before--;
    if (!is_capital(name.data[before]))
        return false;
    struct span rest = span_slice(name, at, name.size), given, word;
    span_next(&rest, ' ', &given);
    set_key(key, given);
    if (!key->size || !has(rules, SPACE_GIVEN, str_span(key)))
        return false;
    size_t words = 0;
    for (; rest.size && span_next(&rest, ' ', &word); words++)
        if (!word.size || !is_capital(word.data[0]))
            return false;
    return words && words <= AFTER_GIVEN_MAX;
}

/* Cut "John Kirby" off "Department of Defense John Kirby"; of no size where
 * there is no such person. */
static struct entity cut_person(const struct name_rules *rules,
                                struct span text, struct entity *office,
                                struct str *key)
{
    struct entity person = *office;
    struct span name = text_of(office, text);
    person.kind = NAME_PERSON;
    person.size = 0;
    if (office->kind != NAME_ORG)
        return person;
    set_key(key, name);
    if (!begins_office(rules, str_span(key)))
        return person;
    for (size_t at = 1; at < name.size; at++)
        if (name.data[at - 1] == ' ' && begins_person(rules, name, at, key)) {
            person.offset += (uint32_t)at;
            person.size = office->size - (uint32_t)at;
            office->size = (uint32_t)at - 1;
            break;
        }
    return person;
}

/* ---- Names that go on ------------------------------------------------- */

/* The word that ends at `end`, with the blank before it; of no size where there
 * is no blank. */
static struct span last_word(struct span name, size_t end)
{
    size_t from = end;
    while (from && name.data[from - 1] != ' ')
        from--;
    return span_slice(name, from ? from - 1 : end, end);
}

static bool is_word(struct span word, const char *const *words)
{
    for (; *words; words++)
        if (span_is_nocase(word, *words))
            return true;
    return false;
}

/* The bytes of the words at the end that end no name; `*open` is whether a name
 * goes on behind them. */
static size_t loose_end(const struct entity *entity, struct span text,
                        bool *open)
{
    static const char *const going_on[] = { " of", " for", NULL };
    static const char *const loose[] = { " the", " and", " in", " &", NULL };
    struct span name = text_of(entity, text);
    size_t end = name.size;
    *open = false;
    while (entity->kind != NAME_PERSON) {
        struct span word = last_word(name, end);
        bool goes = is_word(word, going_on);
        if (!goes && !is_word(word, loose))
            break;
        *open = *open || goes;
        end -= word.size;
    }
    return name.size - end;
}

/* "University of" and "Lagos" with one blank between. */
static bool goes_on(struct span text, const struct entity *before,
                    const struct entity *entity)
{
    size_t end = (size_t)before->offset + before->size;
    bool open;
    loose_end(before, text, &open);
    return open && entity->kind != NAME_PERSON && entity->offset == end + 1 &&
           text.data[end] == ' ';
}

/* ---- What the text tells ---------------------------------------------- */

static void set_clean_key(struct str *key, const struct entity *entity,
                          struct span text)
{
    set_key(key, name_clean(NAME_ORG, text_of(entity, text)));
}

/* Whether a word for an organisation's people stands behind one blank. */
static bool is_before_group(const struct name_rules *rules, struct span text,
                            const struct entity *entity)
{
    size_t at = (size_t)entity->offset + entity->size, end = at + 1;
    if (at >= text.size || text.data[at] != ' ')
        return false;
    while (is_in_word(text, end))
        end++;
    return has(rules, SPACE_GROUP, span_slice(text, at + 1, end));
}

/* Whether a place is called by a region's name, "Rivers State"; the key loses
 * its last word then. */
static bool is_region(const struct name_rules *rules,
                      const struct entity *entity, struct str *key)
{
    size_t at = key->size;
    while (at && key->data[at - 1] != ' ')
        at--;
    if (entity->kind != NAME_PLACE || !at ||
        !has(rules, SPACE_REGION, span_slice(str_span(key), at, key->size)))
        return false;
    str_cut(key, at - 1);
    return true;
}

/* The kinds of names that the text itself tells, by their keys: who has
 * fighters, and what is a region. */
static struct name_index *find_told(const struct name_rules *rules,
                                    struct span text,
                                    const struct entities *entities,
                                    struct arena *memory, struct str *key)
{
    struct name_index *told = name_index_new(memory, 0);
    for (size_t i = 0; i < entities->count; i++) {
        const struct entity *entity = &entities->items[i];
        bool group =
            entity->kind == NAME_PERSON && is_before_group(rules, text, entity);
        if (!group && entity->kind != NAME_PLACE)
            continue;
        set_clean_key(key, entity, text);
        if (group || is_region(rules, entity, key))
            *name_index_at(told, 0, arena_copy(memory, str_span(key))) =
                group ? NAME_ORG : NAME_PLACE;
    }
    return told;
}

/* ---- All rules -------------------------------------------------------- */

static void add_ruled(const struct name_rules *rules,
                      const struct name_index *told, struct entities *out,
                      struct span text, struct entity entity, struct str *key)
{
    struct entity *before = out->count ? &out->items[out->count - 1] : NULL;
    bool same = before && goes_on(text, before, &entity);
    if (same)
        entity.kind = before->kind;
    if (same || (before && belongs_to(rules, text, before, &entity, key))) {
        uint32_t end = entity.offset + entity.size;
        entity.offset = before->offset;
        entity.size = end - before->offset;
        out->count--;
    }
    set_clean_key(key, &entity, text);
    if (has(rules, SPACE_NONE, str_span(key)))
        return;
    size_t kind = name_index_one(told, 0, str_span(key));
    if (kind == NAME_PLACE || (kind == NAME_ORG && entity.kind == NAME_PERSON))
        entity.kind = (enum name_kind)kind;
    kind = name_index_one(rules->index, SPACE_KIND, str_span(key));
    if (kind != NAME_INDEX_NONE)
        entity.kind = (enum name_kind)kind;
    out->items[out->count++] = entity;
}

void name_rules_apply(const struct name_rules *rules, struct entities *out,
                      struct span text, const struct entities *entities,
                      struct arena *memory)
{
    struct str key = STR_INIT;
    struct entities all = with_seats(rules, text, entities, memory);
    const struct name_index *told = find_told(rules, text, &all, memory, &key);
    *out = (struct entities){ .count = 0 };
    out->items = arena_alloc(memory, (2 * all.count + 1) * sizeof(*out->items));
    for (size_t i = 0; i < all.count; i++) {
        struct entity entity = all.items[i];
        if (is_button(rules, text, &entity))
            continue;
        struct entity person = cut_person(rules, text, &entity, &key);
        add_ruled(rules, told, out, text, entity, &key);
        if (person.size)
            add_ruled(rules, told, out, text, person, &key);
    }
    for (size_t i = 0; i < out->count; i++) {
        bool open;
        out->items[i].size -= (uint32_t)loose_end(&out->items[i], text, &open);
    }
    str_release(&key);
}
