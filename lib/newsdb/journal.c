/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "newsdb/journal.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/number.h"
#include "xapian-c/xapian-c.h"

#define JOURNAL_FILE "journal"

enum { JOURNAL_SIZE_MAX = 1024 * 1024 * 1024 }; /* bytes */

void journal_add(struct journal *journal, const char *segment,
                 uint32_t document)
{
    size_t last = journal->names.count;
    if (!last || strcmp(journal->names.items[last - 1], segment))
        name_list_add(&journal->names, span_of(segment));
    MEMORY_GROW(journal->deletions, journal->count, journal->capacity);
    journal->deletions[journal->count++] = (struct journal_deletion){
        journal->names.items[journal->names.count - 1], document
    };
}

void journal_release(struct journal *journal)
{
    name_list_release(&journal->added);
    name_list_release(&journal->dropped);
    name_list_release(&journal->names);
    free(journal->deletions);
    *journal = (struct journal)JOURNAL_INIT;
}

static bool parse_line(struct journal *out, struct span line)
{
    struct span word, name, number;
    if (!span_next(&line, ' ', &word) || !span_next(&line, ' ', &name))
        return false;
    if (!stub_is_segment_name(name))
        return false;
    bool adds = span_is(word, "add");
    if (adds || span_is(word, "drop")) {
        name_list_add(adds ? &out->added : &out->dropped, name);
        return !line.data;
    }
    uint64_t document;
    if (!span_is(word, "delete") || !span_next(&line, ' ', &number) ||
        line.data || !number_parse(number, UINT32_MAX, &document))
        return false;
    struct str segment = STR_INIT;
    str_add(&segment, name);
    journal_add(out, segment.data, (uint32_t)document);
    str_release(&segment);
    return true;
}

enum status journal_read(struct journal *out, const char *path,
                         struct error *err)
{
    *out = (struct journal)JOURNAL_INIT;
    char *file = file_join(path, JOURNAL_FILE);
    struct str text = STR_INIT;
    enum status rc = file_exists(file)
                         ? file_read(file, JOURNAL_SIZE_MAX, &text, err)
                         : STATUS_NOT_FOUND;
    struct span rest = str_span(&text), line;
    while (!rc && span_next(&rest, '\n', &line))
        if (line.size && !parse_line(out, line))
            rc = error_set(err, STATUS_CORRUPT, "'%s' is damaged at '%.*s'",
                           file, SPAN_ARGS(line));
    if (rc)
        journal_release(out);
    str_release(&text);
    free(file);
    return rc;
}

enum status journal_write(const struct journal *journal, const char *path,
                          struct error *err)
{
    struct str text = STR_INIT;
    for (size_t i = 0; i < journal->added.count; i++)
        str_addf(&text, "add %s\n", journal->added.items[i]);
    for (size_t i = 0; i < journal->dropped.count; i++)
        str_addf(&text, "drop %s\n", journal->dropped.items[i]);
    for (size_t i = 0; i < journal->count; i++)
        str_addf(&text, "delete %s %" PRIu32 "\n",
                 journal->deletions[i].segment, journal->deletions[i].document);
    char *file = file_join(path, JOURNAL_FILE);
    enum status rc = file_replace(file, str_span(&text), err);
    free(file);
    str_release(&text);
    return rc;
}

enum status journal_remove(const char *path, struct error *err)
{
    char *file = file_join(path, JOURNAL_FILE);
    enum status rc = file_remove(file, err);
    free(file);
    return rc;
}

bool journal_happened(const struct journal *journal, const struct stub *stub)
{
    for (size_t i = 0; i < journal->added.count; i++)
        if (!name_list_has(&stub->segments, journal->added.items[i]))
            return false;
    for (size_t i = 0; i < journal->dropped.count; i++)
        if (name_list_has(&stub->segments, journal->dropped.items[i]))
            return false;
    return true;
}

/* The deletions from `first` on that are in one segment; returns where the
 * next segment's begin. */
static enum status carry_out_segment(const struct journal *journal,
                                     const char *path, size_t *first,
                                     struct error *err)
{
    const char *segment = journal->deletions[*first].segment;
    char *directory = stub_segment_path(path, segment);
    struct xap_writer *writer = NULL;
    bool gone = !file_exists(directory);
    enum status rc =
        gone ? STATUS_OK : xap_writer_open(&writer, directory, XAP_OPEN, err);
    size_t i = *first;
    for (; i < journal->count && journal->deletions[i].segment == segment; i++)
        if (!rc && writer)
            rc = xap_writer_delete(writer, journal->deletions[i].document, err);
    if (rc)
        xap_writer_abandon(writer);
    else
        rc = xap_writer_close(writer, err);
    free(directory);
    *first = i;
    return rc;
}

enum status journal_carry_out(const struct journal *journal, const char *path,
                              struct error *err)
{
    enum status rc = STATUS_OK;
    for (size_t i = 0; !rc && i < journal->count;)
        rc = carry_out_segment(journal, path, &i, err);
    return rc;
}
