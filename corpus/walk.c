/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/walk.h"

#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/memory.h"

enum { DEPTH_MAX = 64 }; /* directories within directories */

/* One directory being walked: its names, sorted. */
struct level {
    char *path;
    char *full_path; /* links resolved */
    char **names;
    size_t count, capacity, at;
};

struct walk {
    const char *const *paths;
    size_t path_count, path_at;
    struct level levels[DEPTH_MAX];
    size_t depth;
    char *collection;
    char *path, *full_path; /* of the entry handed out */
    size_t root_size;       /* bytes of the path before `relative` */
};

struct walk *walk_open(const char *const *paths, size_t count)
{
    struct walk *walk = memory_new(1, sizeof(*walk));
    walk->paths = paths;
    walk->path_count = count;
    return walk;
}

static void leave(struct walk *walk)
{
    struct level *level = &walk->levels[--walk->depth];
    for (size_t i = 0; i < level->count; i++)
        free(level->names[i]);
    free(level->names);
    free(level->path);
    free(level->full_path);
    *level = (struct level){ NULL, NULL, NULL, 0, 0, 0 };
}

static void forget_entry(struct walk *walk)
{
    free(walk->path);
    free(walk->full_path);
    walk->path = walk->full_path = NULL;
}

void walk_close(struct walk *walk)
{
    if (!walk)
        return;
    while (walk->depth)
        leave(walk);
    forget_entry(walk);
    free(walk->collection);
    free(walk);
}

/* What comes with a corpus without being part of it. */
static bool is_paper(const char *name)
{
    static const char *const fronts[] = {
        "readme", "license",   "licence",    "copying", "changelog",
        "notice", "source.md", "sha256sums", "md5sums"
    };
    static const char *const ends[] = { ".dtd",    ".xsd", ".md5",
                                        ".sha256", ".asc", ".sig" };
    struct span s = span_of(name);
    for (size_t i = 0; i < sizeof(fronts) / sizeof(*fronts); i++)
        if (span_starts_nocase(s, fronts[i]))
            return true;
    for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
        if (span_ends(s, ends[i]))
            return true;
    return false;
}

bool walk_passes_over(const char *name)
{
    return name[0] == '.' || is_paper(name);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The caller frees it; as it is where it cannot be resolved. */
static char *resolve(const char *path)
{
    char *resolved = realpath(path, NULL);
    char *full = memory_string(resolved ? resolved : path);
    free(resolved);
    return full;
}

static enum status enter(struct walk *walk, const char *path, struct error *err)
{
    if (walk->depth == DEPTH_MAX)
        return error_set(err, STATUS_TOO_BIG,
                         "'%s' is over %d directories deep", path, DEPTH_MAX);
    DIR *directory = opendir(path);
    if (!directory)
        return error_set_errno(err, "cannot open '%s'", path);
    struct level *level = &walk->levels[walk->depth++];
    *level =
        (struct level){ memory_string(path), resolve(path), NULL, 0, 0, 0 };
    const struct dirent *entry;
    while ((entry = readdir(directory))) {
        if (walk_passes_over(entry->d_name))
            continue;
        MEMORY_GROW(level->names, level->count, level->capacity);
        level->names[level->count++] = memory_string(entry->d_name);
    }
    closedir(directory);
    if (level->count)
        qsort(level->names, level->count, sizeof(*level->names), compare_names);
    return STATUS_OK;
}

/* The last name of an absolute path. */
static const char *last_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash && slash[1] ? slash + 1 : path;
}

static void set_collection(struct walk *walk, const char *path, bool is_file)
{
    free(walk->collection);
    char *copy = resolve(path);
    char *slash = strrchr(copy, '/');
    if (is_file && slash)
        *slash = '\0';
    else if (is_file)
        copy[0] = '\0';
    const char *name = last_name(copy);
    walk->collection =
        memory_string(*name && strcmp(name, "/") ? name : "news");
    free(copy);
}

/* Hand out the file at walk->path and walk->full_path. */
static enum status hand_out(struct walk *walk, const struct stat *info,
                            struct walk_entry *out)
{
    *out = (struct walk_entry){
        .path = walk->path,
        .full_path = walk->full_path,
        .collection = walk->collection,
        .relative = walk->path + walk->root_size,
        .size = S_ISREG(info->st_mode) ? (uint64_t)info->st_size : 0,
        .modified =
            (int64_t)info->st_mtim.tv_sec * 1000000000 + info->st_mtim.tv_nsec,
        .stream = !S_ISREG(info->st_mode),
    };
    return STATUS_OK;
}

static enum status hand_out_stdin(struct walk *walk, struct walk_entry *out)
{
    walk->path = memory_string("-");
    *out = (struct walk_entry){ "-", "-", "stdin", "-", 0, 0, true };
    return STATUS_OK;
}

/* The next operand: a file is handed out, a directory is entered (END: go
 * on). */
static enum status begin_operand(struct walk *walk, struct walk_entry *out,
                                 struct error *err)
{
    const char *path = walk->paths[walk->path_at++];
    if (!strcmp(path, "-"))
        return hand_out_stdin(walk, out);
    struct stat info;
    if (stat(path, &info))
        return error_set_errno(err, "cannot open '%s'", path);
    bool is_directory = S_ISDIR(info.st_mode);
    set_collection(walk, path, !is_directory);
    if (is_directory) {
        enum status rc = enter(walk, path, err);
        walk->root_size = strlen(path);
        if (!rc && walk->root_size && path[walk->root_size - 1] != '/')
            walk->root_size++;
        return rc ? rc : STATUS_END;
    }
    walk->path = memory_string(path);
    walk->full_path = resolve(path);
    const char *slash = strrchr(path, '/');
    walk->root_size = slash ? (size_t)(slash - path) + 1 : 0;
    return hand_out(walk, &info, out);
}

/* The next name of the innermost directory; END: go on. */
static enum status step(struct walk *walk, struct walk_entry *out,
                        struct error *err)
{
    struct level *level = &walk->levels[walk->depth - 1];
    if (level->at == level->count) {
        leave(walk);
        return STATUS_END;
    }
    const char *name = level->names[level->at++];
    walk->path = file_join(level->path, name);
    struct stat info;
    int failed = lstat(walk->path, &info);
    bool linked = !failed && S_ISLNK(info.st_mode);
    if (linked)
        failed = stat(walk->path, &info);
    if (failed)
        return error_set_errno(err, "cannot open '%s'", walk->path);
    if (S_ISDIR(info.st_mode) && !linked) {
        enum status rc = enter(walk, walk->path, err);
        return rc ? rc : STATUS_END;
    }
    if (!S_ISREG(info.st_mode))
        return STATUS_END; /* a link to a directory, a socket, a device */
    walk->full_path =
        linked ? resolve(walk->path) : file_join(level->full_path, name);
    return hand_out(walk, &info, out);
}

enum status walk_next(struct walk *walk, struct walk_entry *out,
                      struct error *err)
{
    while (walk->depth || walk->path_at < walk->path_count) {
        forget_entry(walk);
        enum status rc =
            walk->depth ? step(walk, out, err) : begin_operand(walk, out, err);
        if (rc != STATUS_END)
            return rc;
    }
    return STATUS_END;
}
