/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/names_kept.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/memory.h"
#include "indexer/names/name_apply.h"
#include "indexer/names/name_index.h"
#include "indexer/names_choice.h"
#include "indexer/rewrite.h"
#include "newsdb/schema.h"

/* ---- Keeping ---------------------------------------------------------- */

/* The lines of `added` that `text` has not. */
static void append_new(struct str *text, struct span added)
{
    struct arena *memory = arena_new();
    struct name_index *known = name_index_new(memory, 0);
    struct span rest = str_span(text), line;
    while (rest.size && span_next(&rest, '\n', &line))
        *name_index_at(known, 0, span_trim(line)) = 0;
    if (text->size && text->data[text->size - 1] != '\n')
        str_add_char(text, '\n');
    while (added.size && span_next(&added, '\n', &line)) {
        line = span_trim(line);
        size_t *at = name_index_at(known, 0, line);
        if (!line.size || *at != NAME_INDEX_NONE)
            continue;
        *at = 0;
        str_add(text, line);
        str_add_char(text, '\n');
    }
    arena_free(memory);
}

enum status names_keep(const char *archive, const char *list, struct span lines,
                       struct error *err)
{
    if (!lines.size)
        return STATUS_OK;
    char *path = file_join(archive, list);
    char *directory = file_join(archive, NAMES_DIRECTORY);
    struct str text = STR_INIT;
    enum status rc = STATUS_OK;
    if (file_exists(path))
        rc = file_read(path, NAME_LISTS_SIZE_MAX, &text, err);
    size_t before = text.size;
    if (!rc)
        append_new(&text, lines);
    if (!rc && text.size > NAME_LISTS_SIZE_MAX)
        rc = error_set(err, STATUS_TOO_BIG, "'%s' would be over %d bytes", path,
                       NAME_LISTS_SIZE_MAX);
    if (!rc && text.size > before) {
        rc = file_make_directory(directory, err);
        if (!rc)
            rc = file_replace(path, str_span(&text), err);
    }
    str_release(&text);
    free(directory);
    free(path);
    return rc;
}

/* ---- Applying --------------------------------------------------------- */

static const enum field_id fields[NAME_KIND_COUNT] = {
    [NAME_PERSON] = FIELD_PERSON,
    [NAME_ORG] = FIELD_ORG,
    [NAME_PLACE] = FIELD_PLACE,
};

struct gathering {
    const struct xap_db *db;
    struct str term;
    uint32_t *documents;
    size_t count, capacity;
    enum status rc;
    struct error *err;
};

static bool gather_document(void *payload, uint32_t document)
{
    struct gathering *gathering = payload;
    MEMORY_GROW(gathering->documents, gathering->count, gathering->capacity);
    gathering->documents[gathering->count++] = document;
    return true;
}

/* The articles with a name that the lists speak of. */
static bool gather_key(void *payload, enum name_kind kind, struct span key)
{
    struct gathering *gathering = payload;
    str_clear(&gathering->term);
    schema_value(&gathering->term, fields[kind], key);
    gathering->rc =
        xap_db_each_document(gathering->db, str_span(&gathering->term),
                             gather_document, gathering, gathering->err);
    return !gathering->rc;
}

static int by_number(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

static bool apply_lists(void *payload, struct record *record,
                        struct arena *memory)
{
    return names_apply(&record->names, payload, memory);
}

static enum status rewrite_all(struct archive_writer *writer,
                               const char *program,
                               const struct gathering *gathering,
                               struct name_lists *lists,
                               const volatile sig_atomic_t *stop,
                               uint64_t *count, struct error *err)
{
    struct rewrite *rewrite =
        rewrite_new(writer, gathering->db, &segment_writer_bulk, program);
    enum status rc = STATUS_OK;
    for (size_t i = 0; !rc && i < gathering->count; i++) {
        uint32_t document = gathering->documents[i];
        if (i && document == gathering->documents[i - 1])
            continue;
        rc = *stop
                 ? error_set(err, STATUS_INTERRUPTED, "interrupted")
                 : rewrite_article(rewrite, document, apply_lists, lists, err);
    }
    if (!rc)
        rc = rewrite_publish(rewrite, count, err);
    rewrite_free(rewrite);
    return rc;
}

static enum status read_list(struct name_lists *lists, const char *archive,
                             const char *list,
                             enum status (*add)(struct name_lists *,
                                                const char *, struct error *),
                             struct error *err)
{
    char *path = file_join(archive, list);
    enum status rc = file_exists(path) ? add(lists, path, err) : STATUS_OK;
    free(path);
    return rc;
}

enum status names_kept_apply(struct archive_writer *writer, const char *archive,
                             const char *program,
                             const volatile sig_atomic_t *stop, uint64_t *count,
                             struct error *err)
{
    struct archive *open = NULL;
    struct name_lists *lists = name_lists_new();
    struct gathering gathering = { .term = STR_INIT, .err = err };
    *count = 0;
    enum status rc = read_list(lists, archive, NAMES_ALIASES_FILE,
                               name_lists_add_aliases, err);
    if (!rc)
        rc = read_list(lists, archive, NAMES_STOPS_FILE, name_lists_add_stops,
                       err);
    if (!rc)
        rc = archive_open(&open, archive, err);
    if (!rc) {
        gathering.db = archive_db(open);
        name_lists_each(lists, gather_key, &gathering);
        rc = gathering.rc;
    }
    if (gathering.count)
        qsort(gathering.documents, gathering.count, sizeof(uint32_t),
              by_number);
    if (!rc)
        rc = rewrite_all(writer, program, &gathering, lists, stop, count, err);
    archive_close(open);
    name_lists_free(lists);
    str_release(&gathering.term);
    free(gathering.documents);
    return rc;
}
