/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * file.h - whole files and directories, durably.
 */
#ifndef NEWS_BASE_FILE_H
#define NEWS_BASE_FILE_H

#include "base/error.h"
#include "base/str.h"

/* Append all of the file to `out`; STATUS_TOO_BIG over `limit` bytes. */
enum status file_read(const char *path, size_t limit, struct str *out,
                      struct error *err);

/* Write to a file without end-of-file tricks: every byte or an error. */
enum status file_write_all(int fd, struct span bytes, const char *path,
                           struct error *err);

/* Replace the file's content so that a crash leaves the old or the new one:
 * written aside as "PATH.new", fsync, rename(2), fsync of the directory. */
enum status file_replace(const char *path, struct span bytes,
                         struct error *err);

/* fsync(2) of a directory, so that names created in it survive a crash. */
enum status file_sync_directory(const char *path, struct error *err);

/* fsync(2) of every file in a flat directory, then of the directory. */
enum status file_sync_tree(const char *path, struct error *err);

/* Create a directory and its parents; one that exists is fine. */
enum status file_make_directory(const char *path, struct error *err);

/* Remove a file, or a directory with all that is in it; none is fine. */
enum status file_remove(const char *path, struct error *err);

bool file_exists(const char *path);

/* "a/b" from "a" and "b"; the caller frees it. */
char *file_join(const char *directory, const char *name);

/* The size of all files in a directory tree, in bytes; 0 where it is not. */
uint64_t file_tree_size(const char *path);

#endif
