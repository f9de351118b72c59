/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/names/name_lists.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "indexer/names/name_clean.h"

enum { CAPACITY_MIN = 64 };

/* What is said of one key. */
struct entry {
    struct span key; /* with its kind before it; empty: a free place */
    struct name_alias alias;
    bool stopped;
};

struct name_lists {
    struct arena *memory;
    struct entry *entries; /* a hash table, at most half full */
    size_t capacity, count;
};

struct name_lists *name_lists_new(void)
{
    struct name_lists *lists = memory_new(1, sizeof(*lists));
    lists->memory = arena_new();
    return lists;
}

void name_lists_free(struct name_lists *lists)
{
    if (!lists)
        return;
    arena_free(lists->memory);
    free(lists->entries);
    free(lists);
}

static const char *const kind_names[NAME_KIND_COUNT] = { "person", "org",
                                                         "place" };

bool name_kind_find(struct span word, enum name_kind *out)
{
    for (int kind = 0; kind < NAME_KIND_COUNT; kind++)
        if (span_is(word, kind_names[kind])) {
            *out = (enum name_kind)kind;
            return true;
        }
    return false;
}

const char *name_kind_name(enum name_kind kind)
{
    return kind_names[kind];
}

/* ---- The table -------------------------------------------------------- */

static struct entry *find(const struct name_lists *lists, struct span key)
{
    size_t i = (size_t)span_hash(key, 0) & (lists->capacity - 1);
    while (lists->entries[i].key.size &&
           !span_equal(lists->entries[i].key, key))
        i = (i + 1) & (lists->capacity - 1);
    return &lists->entries[i];
}

static void grow(struct name_lists *lists)
{
    struct name_lists old = *lists;
    lists->capacity = old.capacity ? old.capacity * 2 : CAPACITY_MIN;
    lists->entries = memory_new(lists->capacity, sizeof(*lists->entries));
    for (size_t i = 0; i < old.capacity; i++)
        if (old.entries[i].key.size)
            *find(lists, old.entries[i].key) = old.entries[i];
    free(old.entries);
}

/* A digit and the key, so that each kind has its own. */
static void add_kind(struct str *out, enum name_kind kind)
{
    str_clear(out);
    str_add_char(out, (char)('0' + kind));
}

static struct entry *find_or_add(struct name_lists *lists, enum name_kind kind,
                                 struct span name)
{
    struct str key = STR_INIT;
    add_kind(&key, kind);
    name_key(&key, kind, name);
    if (lists->count * 2 >= lists->capacity)
        grow(lists);
    struct entry *entry = find(lists, str_span(&key));
    if (!entry->key.size) {
        entry->key = arena_copy(lists->memory, str_span(&key));
        lists->count++;
    }
    str_release(&key);
    return entry;
}

static const struct entry *look_up(const struct name_lists *lists,
                                   enum name_kind kind, struct span key)
{
    if (!lists->count || key.size > NAME_SIZE_MAX)
        return NULL;
    struct str whole = STR_INIT;
    add_kind(&whole, kind);
    str_add(&whole, key);
    const struct entry *entry = find(lists, str_span(&whole));
    str_release(&whole);
    return entry->key.size ? entry : NULL;
}

struct name_alias name_lists_alias(const struct name_lists *lists,
                                   enum name_kind kind, struct span key)
{
    const struct entry *entry = look_up(lists, kind, key);
    return entry ? entry->alias
                 : (struct name_alias){ { NULL, 0 }, { NULL, 0 } };
}

bool name_lists_stops(const struct name_lists *lists, enum name_kind kind,
                      struct span key)
{
    const struct entry *entry = look_up(lists, kind, key);
    return entry && entry->stopped;
}

void name_lists_each(const struct name_lists *lists,
                     bool (*visit)(void *payload, enum name_kind kind,
                                   struct span key),
                     void *payload)
{
    for (size_t i = 0; i < lists->capacity; i++) {
        struct span key = lists->entries[i].key;
        if (key.size && !visit(payload, (enum name_kind)(key.data[0] - '0'),
                               span_slice(key, 1, key.size)))
            return;
    }
}

/* ---- Files ------------------------------------------------------------ */

/* One line, cut at its tabs. */
struct line {
    struct span first, second, kind;
};

static bool has_key(enum name_kind kind, struct span name)
{
    struct str key = STR_INIT;
    name_key(&key, kind, name);
    bool has = key.size && name.size <= NAME_SIZE_MAX;
    str_release(&key);
    return has;
}

static const char *add_alias(struct name_lists *lists, enum name_kind kind,
                             const struct line *line)
{
    if (!has_key(kind, line->first) || !has_key(kind, line->second))
        return "wants a spelling and a name";
    struct str key = STR_INIT;
    name_key(&key, kind, line->second);
    struct entry *entry = find_or_add(lists, kind, line->first);
    entry->alias =
        (struct name_alias){ arena_copy(lists->memory, line->second),
                             arena_copy(lists->memory, str_span(&key)) };
    str_release(&key);
    return NULL;
}

static const char *add_stop(struct name_lists *lists, enum name_kind kind,
                            const struct line *line)
{
    if (!has_key(kind, line->first))
        return "wants a name";
    find_or_add(lists, kind, line->first)->stopped = true;
    return NULL;
}

/* What is wrong with the line, or NULL. */
static const char *add_line(struct name_lists *lists, const struct line *line,
                            const char *(*add)(struct name_lists *,
                                               enum name_kind,
                                               const struct line *))
{
    enum name_kind only = NAME_PERSON;
    if (line->kind.size && !name_kind_find(line->kind, &only))
        return "has a kind that is not person, org or place";
    const char *wrong = NULL;
    for (int kind = 0; !wrong && kind < NAME_KIND_COUNT; kind++)
        if (!line->kind.size || kind == (int)only)
            wrong = add(lists, (enum name_kind)kind, line);
    return wrong;
}

static struct line cut_line(struct span text, bool has_second)
{
    struct line line = { { NULL, 0 }, { NULL, 0 }, { NULL, 0 } };
    span_next(&text, '\t', &line.first);
    if (has_second)
        span_next(&text, '\t', &line.second);
    line.first = span_trim(line.first);
    line.second = span_trim(line.second);
    line.kind = span_trim(text);
    return line;
}

typedef const char *line_adder(struct name_lists *lists, enum name_kind kind,
                               const struct line *line);

static enum status read_text(struct name_lists *lists, struct span text,
                             const char *title, line_adder *add,
                             struct error *err)
{
    size_t valid = utf8_valid_prefix(text);
    if (valid < text.size)
        return error_set(err, STATUS_BAD_FORMAT,
                         "'%s' is not UTF-8 at byte %zu", title, valid);
    struct span row;
    for (size_t n = 1; text.size && span_next(&text, '\n', &row); n++) {
        row = span_trim(row);
        if (!row.size || row.data[0] == '#')
            continue;
        const struct line line = cut_line(row, add == add_alias);
        const char *wrong = n > NAME_LISTS_LINES_MAX
                                ? "is one too many"
                                : add_line(lists, &line, add);
        if (wrong)
            return error_set(err, STATUS_BAD_FORMAT, "'%s', line %zu %s", title,
                             n, wrong);
    }
    return STATUS_OK;
}

static enum status read_file(struct name_lists *lists, const char *path,
                             line_adder *add, struct error *err)
{
    struct str file = STR_INIT;
    enum status rc = file_read(path, NAME_LISTS_SIZE_MAX, &file, err);
    if (!rc)
        rc = read_text(lists, str_span(&file), path, add, err);
    str_release(&file);
    return rc;
}

enum status name_lists_add_aliases(struct name_lists *lists, const char *path,
                                   struct error *err)
{
    return read_file(lists, path, add_alias, err);
}

enum status name_lists_add_stops(struct name_lists *lists, const char *path,
                                 struct error *err)
{
    return read_file(lists, path, add_stop, err);
}

enum status name_lists_read_aliases(struct name_lists *lists, struct span text,
                                    const char *title, struct error *err)
{
    return read_text(lists, text, title, add_alias, err);
}

enum status name_lists_read_stops(struct name_lists *lists, struct span text,
                                  const char *title, struct error *err)
{
    return read_text(lists, text, title, add_stop, err);
}
