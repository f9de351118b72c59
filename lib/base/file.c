/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

char *file_join(const char *directory, const char *name)
{
    struct str path = STR_INIT;
    str_add_text(&path, directory);
    if (path.size && path.data[path.size - 1] != '/')
        str_add_char(&path, '/');
    str_add_text(&path, name);
    return str_detach(&path);
}

bool file_exists(const char *path)
{
    struct stat info;
    return !stat(path, &info);
}

static enum status read_into(int fd, const char *path, size_t limit,
                             struct str *out, struct error *err)
{
    size_t start = out->size;
    for (;;) {
        str_reserve(out, 64 * 1024);
        ssize_t got = read(fd, out->data + out->size, 64 * 1024);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return error_set_errno(err, "cannot read '%s'", path);
        if (!got)
            return STATUS_OK;
        out->size += (size_t)got;
        out->data[out->size] = '\0';
        if (out->size - start > limit)
            return error_set(err, STATUS_TOO_BIG, "'%s' is over %zu bytes",
                             path, limit);
    }
}

enum status file_read(const char *path, size_t limit, struct str *out,
                      struct error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return error_set_errno(err, "cannot open '%s'", path);
    enum status rc = read_into(fd, path, limit, out, err);
    close(fd);
    return rc;
}

enum status file_write_all(int fd, struct span bytes, const char *path,
                           struct error *err)
{
    while (bytes.size) {
        ssize_t put = write(fd, bytes.data, bytes.size);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return error_set_errno(err, "cannot write '%s'", path);
        bytes = span_slice(bytes, (size_t)put, bytes.size);
    }
    return STATUS_OK;
}

static enum status sync_path(const char *path, int kind, struct error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | kind);
    if (fd < 0)
        return error_set_errno(err, "cannot open '%s'", path);
    enum status rc = STATUS_OK;
    if (fsync(fd))
        rc = error_set_errno(err, "cannot sync '%s'", path);
    close(fd);
    return rc;
}

enum status file_sync_directory(const char *path, struct error *err)
{
    return sync_path(path, O_DIRECTORY, err);
}

static enum status sync_file(const char *path, struct error *err)
{
    return sync_path(path, 0, err);
}

static enum status write_aside(const char *path, struct span bytes,
                               struct error *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0)
        return error_set_errno(err, "cannot create '%s'", path);
    enum status rc = file_write_all(fd, bytes, path, err);
    if (!rc && fsync(fd))
        rc = error_set_errno(err, "cannot sync '%s'", path);
    if (close(fd) && !rc)
        rc = error_set_errno(err, "cannot close '%s'", path);
    return rc;
}

enum status file_replace(const char *path, struct span bytes, struct error *err)
{
    struct str aside = STR_INIT, directory = STR_INIT;
    str_addf(&aside, "%s.new", path);
    const char *slash = strrchr(path, '/');
    str_add(&directory, slash
                            ? (struct span){ path, (size_t)(slash - path) + 1 }
                            : span_of("."));
    enum status rc = write_aside(aside.data, bytes, err);
    if (!rc && rename(aside.data, path))
        rc = error_set_errno(err, "cannot rename '%s'", aside.data);
    if (rc)
        unlink(aside.data);
    else
        rc = file_sync_directory(directory.data, err);
    str_release(&aside);
    str_release(&directory);
    return rc;
}

/* Call `visit` for the path of each entry of a directory. */
static enum status for_each_entry(const char *path,
                                  enum status (*visit)(const char *path,
                                                       struct error *err),
                                  struct error *err)
{
    DIR *directory = opendir(path);
    if (!directory)
        return error_set_errno(err, "cannot open '%s'", path);
    enum status rc = STATUS_OK;
    const struct dirent *entry;
    while (!rc && (entry = readdir(directory))) {
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
            continue;
        char *inner = file_join(path, entry->d_name);
        rc = visit(inner, err);
        free(inner);
    }
    closedir(directory);
    return rc;
}

enum status file_sync_tree(const char *path, struct error *err)
{
    enum status rc = for_each_entry(path, sync_file, err);
    return rc ? rc : file_sync_directory(path, err);
}

enum status file_make_directory(const char *path, struct error *err)
{
    if (!*path)
        return error_set(err, STATUS_NOT_FOUND,
                         "cannot create a directory without a name");
    char *copy = memory_string(path);
    enum status rc = STATUS_OK;
    for (char *p = copy + 1; !rc; p++) {
        if (*p && *p != '/')
            continue;
        char end = *p;
        *p = '\0';
        struct stat info;
        if (mkdir(copy, 0777) &&
            (errno != EEXIST || stat(copy, &info) || !S_ISDIR(info.st_mode))) {
            if (errno == EEXIST)
                errno = ENOTDIR;
            rc = error_set_errno(err, "cannot create directory '%s'", copy);
        }
        *p = end;
        if (!end)
            break;
    }
    free(copy);
    return rc;
}

enum status file_remove(const char *path, struct error *err)
{
    struct stat info;
    if (lstat(path, &info)) {
        if (errno == ENOENT)
            return STATUS_OK;
        return error_set_errno(err, "cannot look at '%s'", path);
    }
    if (S_ISDIR(info.st_mode)) {
        enum status rc = for_each_entry(path, file_remove, err);
        if (rc)
            return rc;
    }
    if (remove(path))
        return error_set_errno(err, "cannot remove '%s'", path);
    return STATUS_OK;
}

uint64_t file_tree_size(const char *path)
{
    struct stat info;
    if (lstat(path, &info))
        return 0;
    if (!S_ISDIR(info.st_mode))
        return (uint64_t)info.st_size;
    DIR *directory = opendir(path);
    if (!directory)
        return 0;
    uint64_t total = 0;
    const struct dirent *entry;
    while ((entry = readdir(directory))) {
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
            continue;
        char *inner = file_join(path, entry->d_name);
        total += file_tree_size(inner);
        free(inner);
    }
    closedir(directory);
    return total;
}
