/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/beside.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "base/str.h"
#include "corpus/members.h"

struct beside {
    char *path; /* of the archive */
    bool listed;
    char **folders; /* those of an issue, each with its last slash */
    size_t count, capacity;
};

struct beside *beside_new(const char *path)
{
    struct stat info;
    if (stat(path, &info) || !S_ISREG(info.st_mode))
        return NULL;
    struct beside *beside = memory_new(1, sizeof(*beside));
    beside->path = memory_string(path);
    return beside;
}

void beside_free(struct beside *beside)
{
    if (!beside)
        return;
    for (size_t i = 0; i < beside->count; i++)
        free(beside->folders[i]);
    free(beside->folders);
    free(beside->path);
    free(beside);
}

/* ---- Paths ------------------------------------------------------------ */

/* The path up to its last slash, or to the "!" behind an archive. */
static size_t folder_size(const char *path)
{
    size_t size = strlen(path);
    while (size && path[size - 1] != '/' && path[size - 1] != '!')
        size--;
    return size;
}

/* "a.zip!b/../c" as members are named: "a.zip!c". */
static char *without_dots(const char *path)
{
    struct str out = STR_INIT;
    str_add_text(&out, path);
    char *at;
    while ((at = strstr(out.data, "/../"))) {
        size_t end = (size_t)(at - out.data);
        *at = '\0';
        size_t start = folder_size(out.data);
        struct str shorter = STR_INIT;
        str_add(&shorter, (struct span){ out.data, start });
        str_add_text(&shorter, out.data + end + 4);
        str_release(&out);
        out = shorter;
    }
    return str_detach(&out);
}

bool beside_path(char *out, size_t size, const char *path, struct span name)
{
    if (span_starts(name, "file://"))
        name = span_slice(name, strlen("file://"), name.size);
    while (span_starts(name, "./"))
        name = span_slice(name, 2, name.size);
    if (!name.size || name.data[0] == '/' ||
        span_find(name, 0, span_of("://")) != SIZE_MAX ||
        span_find(span_slice(name, 3, name.size), 0, span_of("..")) != SIZE_MAX)
        return false;
    const char *slash = strrchr(path, '/');
    size_t folder = slash ? (size_t)(slash - path) + 1 : 0;
    if (folder + name.size >= size)
        return false;
    memcpy(out, path, folder);
    memcpy(out + folder, name.data, name.size);
    out[folder + name.size] = '\0';
    return true;
}

/* ---- Reading ---------------------------------------------------------- */

struct wanted {
    char *path;
    size_t index;
};

static int compare_wanted(const void *a, const void *b)
{
    return strcmp(((const struct wanted *)a)->path,
                  ((const struct wanted *)b)->path);
}

/* What is looked for; paths of one file are side by side. */
struct search {
    struct wanted *wanted;
    size_t *indices; /* in the order of `wanted` */
    size_t count, found;
    bool *visited; /* for the first of each file */
    beside_visit *visit;
    void *payload;
};

static void begin_search(struct search *search, const struct beside *beside,
                         const char *const *paths, size_t count)
{
    search->count = count;
    search->wanted = memory_new(count, sizeof(*search->wanted));
    search->indices = memory_new(count, sizeof(*search->indices));
    search->visited = memory_new(count, sizeof(*search->visited));
    for (size_t i = 0; i < count; i++) {
        char *real = beside ? NULL : realpath(paths[i], NULL);
        char *path = beside ? without_dots(paths[i])
                            : memory_string(real ? real : paths[i]);
        search->wanted[i] = (struct wanted){ path, i };
        free(real);
    }
    qsort(search->wanted, count, sizeof(*search->wanted), compare_wanted);
    for (size_t i = 0; i < count; i++)
        search->indices[i] = search->wanted[i].index;
}

static void end_search(struct search *search)
{
    for (size_t i = 0; i < search->count; i++)
        free(search->wanted[i].path);
    free(search->wanted);
    free(search->indices);
    free(search->visited);
}

/* The end of the paths that name the same file as the one at `first`. */
static size_t end_of_alike(const struct search *search, size_t first)
{
    size_t end = first + 1;
    while (end < search->count &&
           !compare_wanted(&search->wanted[first], &search->wanted[end]))
        end++;
    return end;
}

static void read_from_disk(struct search *search)
{
    for (size_t i = 0, end; i < search->count; i = end) {
        struct source *source;
        end = end_of_alike(search, i);
        if (source_open(&source, search->wanted[i].path, NULL))
            continue;
        search->visit(search->payload, search->indices + i, end - i, source);
        source_close(source);
    }
}

/* Calls `each` for every member until it says that it has seen enough. */
static enum status walk_members(const struct beside *beside,
                                bool (*each)(void *payload, const char *path,
                                             struct source *source),
                                void *payload, struct error *err)
{
    const struct walk_entry file = { .path = beside->path,
                                     .full_path = beside->path,
                                     .collection = "",
                                     .relative = "" };
    struct members *members;
    enum status rc = members_open(&members, &file, err);
    if (rc)
        return rc;
    bool more = true;
    while (more) {
        struct walk_entry entry;
        struct source *source;
        rc = members_next(members, &entry, &source, err);
        if (rc == STATUS_END)
            break;
        if (rc)
            continue; /* that archive in it is left, or there is no more */
        more = each(payload, entry.path, source);
        source_close(source);
    }
    members_close(members);
    return STATUS_OK;
}

/* Of members of one name the first is read. */
static bool visit_wanted(void *payload, const char *path, struct source *source)
{
    struct search *search = payload;
    const struct wanted key = { (char *)path, 0 };
    const struct wanted *found = bsearch(&key, search->wanted, search->count,
                                         sizeof(key), compare_wanted);
    if (!found)
        return true;
    while (found > search->wanted && !compare_wanted(found - 1, &key))
        found--;
    size_t first = (size_t)(found - search->wanted);
    if (!search->visited[first]) {
        size_t count = end_of_alike(search, first) - first;
        search->visit(search->payload, search->indices + first, count, source);
        search->visited[first] = true;
        search->found += count;
    }
    return search->found < search->count;
}

enum status beside_read(struct beside *beside, const char *const *paths,
                        size_t count, beside_visit *visit, void *payload,
                        struct error *err)
{
    if (!count)
        return STATUS_OK;
    struct search search = { .visit = visit, .payload = payload };
    begin_search(&search, beside, paths, count);
    enum status rc = STATUS_OK;
    if (beside)
        rc = walk_members(beside, visit_wanted, &search, err);
    else
        read_from_disk(&search);
    end_search(&search);
    return rc;
}

/* ---- Issues ----------------------------------------------------------- */

/* In the names of files that know an issue's articles. */
static const char *const issue_words[] = { "mets", "didl", "mpeg21" };

static bool has_issue_word(struct span name)
{
    for (size_t i = 0; i < sizeof(issue_words) / sizeof(*issue_words); i++)
        if (span_starts_nocase(name, issue_words[i]))
            return true;
    return false;
}

/* "1891-mets.xml", "METS_0001.XML.gz" */
static bool is_issue(const char *path)
{
    struct span name = span_of(path + folder_size(path));
    bool issue = false, xml = false;
    for (size_t i = 0; i < name.size; i++) {
        struct span rest = span_slice(name, i, name.size);
        issue = issue || has_issue_word(rest);
        xml = xml || span_starts_nocase(rest, ".xml");
    }
    return issue && xml;
}

static bool note_issue(void *payload, const char *path, struct source *source)
{
    struct beside *beside = payload;
    (void)source;
    if (!is_issue(path))
        return true;
    MEMORY_GROW(beside->folders, beside->count, beside->capacity);
    struct str folder = STR_INIT;
    str_add(&folder, (struct span){ path, folder_size(path) });
    beside->folders[beside->count++] = str_detach(&folder);
    return true;
}

static bool is_folder_of_issue(const struct beside *beside, struct span folder)
{
    for (size_t i = 0; i < beside->count; i++)
        if (span_is(folder, beside->folders[i]))
            return true;
    return false;
}

static bool lies_on_disk(struct span folder)
{
    struct str pattern = STR_INIT;
    glob_t files;
    str_addf(&pattern, "%.*s*.[xX][mM][lL]*", SPAN_ARGS(folder));
    bool found = false;
    if (!glob(pattern.data, GLOB_NOSORT, NULL, &files)) {
        for (size_t i = 0; i < files.gl_pathc && !found; i++)
            found = is_issue(files.gl_pathv[i]);
        globfree(&files);
    }
    str_release(&pattern);
    return found;
}

bool beside_has_issue(struct beside *beside, const char *path)
{
    struct span own = { path, folder_size(path) };
    struct span above = span_slice(own, 0, own.size ? own.size - 1 : 0);
    while (above.size && above.data[above.size - 1] != '/' &&
           above.data[above.size - 1] != '!')
        above.size--;
    if (beside) {
        if (!beside->listed)
            walk_members(beside, note_issue, beside, NULL);
        beside->listed = true;
        return is_folder_of_issue(beside, own) ||
               (own.size && own.data[own.size - 1] == '/' &&
                is_folder_of_issue(beside, above));
    }
    if (lies_on_disk(own))
        return true;
    struct str parent = STR_INIT;
    str_addf(&parent, "%.*s../", SPAN_ARGS(own));
    bool found = lies_on_disk(str_span(&parent));
    str_release(&parent);
    return found;
}
