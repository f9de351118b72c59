/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "newsdb/stub.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/number.h"

#define SEGMENT_WORD "glass " STUB_SEGMENTS "/"
#define REMOTE_WORD "remote "

void name_list_add(struct name_list *list, struct span name)
{
    struct str text = STR_INIT;
    str_add(&text, name);
    MEMORY_GROW(list->items, list->count, list->capacity);
    list->items[list->count++] = str_detach(&text);
}

bool name_list_has(const struct name_list *list, const char *name)
{
    for (size_t i = 0; i < list->count; i++)
        if (!strcmp(list->items[i], name))
            return true;
    return false;
}

void name_list_release(struct name_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i]);
    free(list->items);
    *list = (struct name_list){ NULL, 0, 0 };
}

/* What a writer leaves that was killed while it made an archive. */
static bool is_beginning(const char *name)
{
    return !strcmp(name, ".") || !strcmp(name, "..") || !strcmp(name, "lock") ||
           !strcmp(name, STUB_FILE ".new");
}

/* Why there is no list: no path, no directory, something else. */
static enum status explain_absence(const char *path, struct error *err)
{
    struct stat info;
    if (stat(path, &info))
        return error_set(err, STATUS_NOT_FOUND,
                         "there is no archive at '%s'; 'newsidx add' makes "
                         "one",
                         path);
    if (!S_ISDIR(info.st_mode))
        return error_set(err, STATUS_BAD_FORMAT,
                         "'%s' is a file, not an archive", path);
    DIR *directory = opendir(path);
    if (!directory)
        return error_set_errno(err, "cannot open '%s'", path);
    const struct dirent *entry;
    bool empty = true;
    while (empty && (entry = readdir(directory)))
        empty = is_beginning(entry->d_name);
    closedir(directory);
    if (empty)
        return error_set(err, STATUS_NOT_FOUND,
                         "there is no archive in '%s'; 'newsidx add' makes "
                         "one",
                         path);
    return error_set(err, STATUS_BAD_FORMAT,
                     "'%s' is a directory, but not an archive of newsidx",
                     path);
}

bool stub_is_segment_name(struct span name)
{
    uint64_t number;
    return name.size <= STUB_NAME_MAX &&
           number_parse(name, UINT32_MAX, &number);
}

static enum status parse_line(struct stub *out, struct span line,
                              const char *path, struct error *err)
{
    struct span name = { NULL, 0 };
    if (!line.size || line.data[0] == '#')
        return STATUS_OK;
    if (out->segments.count + out->remotes.count == STUB_LINES_MAX)
        return error_set(err, STATUS_TOO_BIG,
                         "'%s/" STUB_FILE "' is over %d lines", path,
                         STUB_LINES_MAX);
    if (span_starts(line, SEGMENT_WORD))
        name = span_slice(line, strlen(SEGMENT_WORD), line.size);
    if (stub_is_segment_name(name))
        name_list_add(&out->segments, name);
    else if (span_starts(line, REMOTE_WORD))
        name_list_add(
            &out->remotes,
            span_trim(span_slice(line, strlen(REMOTE_WORD), line.size)));
    else
        return error_set(err, STATUS_BAD_FORMAT,
                         "'%s/" STUB_FILE "' lists '%.*s', which is no segment",
                         path, SPAN_ARGS(line));
    return STATUS_OK;
}

enum status stub_read(struct stub *out, const char *path, struct error *err)
{
    *out = (struct stub){ { NULL, 0, 0 }, { NULL, 0, 0 } };
    char *file = file_join(path, STUB_FILE);
    struct str text = STR_INIT;
    enum status rc = file_read(file, STUB_SIZE_MAX, &text, err);
    if (rc == STATUS_NOT_FOUND)
        rc = explain_absence(path, err);
    struct span rest = str_span(&text), line;
    while (!rc && span_next(&rest, '\n', &line))
        rc = parse_line(out, span_trim(line), path, err);
    if (rc)
        stub_release(out);
    str_release(&text);
    free(file);
    return rc;
}

enum status stub_write(const struct stub *stub, const char *path,
                       struct error *err)
{
    struct str text = STR_INIT;
    for (size_t i = 0; i < stub->segments.count; i++)
        str_addf(&text, SEGMENT_WORD "%s\n", stub->segments.items[i]);
    for (size_t i = 0; i < stub->remotes.count; i++)
        str_addf(&text, REMOTE_WORD "%s\n", stub->remotes.items[i]);
    char *file = file_join(path, STUB_FILE);
    enum status rc = file_replace(file, str_span(&text), err);
    free(file);
    str_release(&text);
    return rc;
}

void stub_release(struct stub *stub)
{
    name_list_release(&stub->segments);
    name_list_release(&stub->remotes);
}

char *stub_segment_path(const char *path, const char *name)
{
    struct str text = STR_INIT;
    str_addf(&text, "%s/" STUB_SEGMENTS "/%s", path, name);
    return str_detach(&text);
}

const char *stub_segment_name(const char *segment_path)
{
    const char *slash = strrchr(segment_path, '/');
    return slash ? slash + 1 : segment_path;
}
