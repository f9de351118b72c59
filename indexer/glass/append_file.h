/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * append_file.h - a new file that is written from front to back.
 *
 * Every failure of the system is reported with the file's path; so is one of
 * close(2).  Nothing is synced: who publishes the directory does that.
 */
#ifndef NEWS_GLASS_APPEND_FILE_H
#define NEWS_GLASS_APPEND_FILE_H

#include "base/error.h"
#include "base/span.h"

struct append_file;

/* Create `directory`/`name`, which must not exist, with a buffer of
 * `buffer_size` bytes. */
enum status append_file_open(struct append_file **out, const char *directory,
                             const char *name, size_t buffer_size,
                             struct error *err);

/* Add bytes.  After a failure only the two functions that free may follow. */
enum status append_file_write(struct append_file *file, struct span bytes,
                              struct error *err);

/* Bytes added so far, whether they are on disk yet or not. */
uint64_t append_file_size(const struct append_file *file);

/* Write what is left, close and free; the file is gone whatever the status. */
enum status append_file_close(struct append_file *file, struct error *err);

/* Write what is left and free, but hand over the open file, which can be read
 * too; on failure it is closed and `*fd` is -1. */
enum status append_file_detach(struct append_file *file, int *fd,
                               struct error *err);

/* Close and free; what was written stays.  NULL is fine. */
void append_file_abandon(struct append_file *file);

#endif
