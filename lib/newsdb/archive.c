/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "newsdb/archive.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/number.h"
#include "newsdb/stub.h"

enum {
    OPEN_TRIES = 5,            /* while a writer replaces what we open */
    REMOTE_TIMEOUT_MS = 10000, /* for each answer of another machine */
};

struct archive {
    char *path;
    struct xap_db *db;
    struct segment *segments;
    size_t segment_count;
    struct stat stub; /* the list as it was read */
};

char *archive_default_path(void)
{
    const char *named = getenv("NEWS_ARCHIVE");
    if (named && *named)
        return memory_string(named);
    const char *data = getenv("XDG_DATA_HOME");
    if (data && *data)
        return file_join(data, "news-archive");
    const char *home = getenv("HOME");
    return file_join(home && *home ? home : ".", ".local/share/news-archive");
}

static void forget(struct archive *archive)
{
    for (size_t i = 0; i < archive->segment_count; i++)
        segment_release(&archive->segments[i]);
    free(archive->segments);
    archive->segments = NULL;
    archive->segment_count = 0;
    xap_db_free(archive->db);
    archive->db = NULL;
}

static enum status add_segment(struct archive *archive, const char *name,
                               struct error *err)
{
    char *directory = stub_segment_path(archive->path, name);
    struct xap_db *db;
    enum status rc = xap_db_open(&db, directory, err);
    if (rc == STATUS_NOT_FOUND)
        rc = error_set(err, STATUS_CORRUPT,
                       "'%s' lists segment '%s', but it is not there",
                       archive->path, name);
    if (!rc)
        rc = segment_read(&archive->segments[archive->segment_count], db,
                          directory, name, err);
    if (!rc) {
        archive->segment_count++;
        rc = xap_db_join(archive->db, db, err);
    }
    xap_db_free(db);
    free(directory);
    return rc;
}

static enum status add_remote(struct archive *archive, const char *address,
                              struct error *err)
{
    const char *colon = strrchr(address, ':');
    uint64_t port;
    if (!colon || !number_parse(span_of(colon + 1), 65535, &port))
        return error_set(err, STATUS_BAD_FORMAT, "'%s' is not HOST:PORT",
                         address);
    struct str host = STR_INIT;
    str_add(&host, (struct span){ address, (size_t)(colon - address) });
    enum status rc = xap_db_add_remote(archive->db, host.data, (unsigned)port,
                                       REMOTE_TIMEOUT_MS, err);
    if (rc)
        rc = error_context(err, "remote '%s'", address);
    str_release(&host);
    return rc;
}

static enum status look_at_stub(const struct archive *archive, struct stat *out)
{
    char *file = file_join(archive->path, STUB_FILE);
    int failed = stat(file, out);
    free(file);
    return failed ? STATUS_NOT_FOUND : STATUS_OK;
}

static bool is_same_file(const struct stat *a, const struct stat *b)
{
    return a->st_ino == b->st_ino && a->st_size == b->st_size &&
           a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
           a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

static enum status load_once(struct archive *archive, struct error *err)
{
    struct stub stub;
    memset(&archive->stub, 0, sizeof(archive->stub));
    look_at_stub(archive, &archive->stub);
    enum status rc = stub_read(&stub, archive->path, err);
    if (rc)
        return rc;
    archive->segments =
        memory_new(stub.segments.count, sizeof(*archive->segments));
    rc = xap_db_new(&archive->db, err);
    for (size_t i = 0; !rc && i < stub.segments.count; i++)
        rc = add_segment(archive, stub.segments.items[i], err);
    for (size_t i = 0; !rc && i < stub.remotes.count; i++)
        rc = add_remote(archive, stub.remotes.items[i], err);
    stub_release(&stub);
    return rc;
}

/*
 * A segment of the list may be merged away while we open it, and its number be
 * given again; then the list has changed too, and is read anew.  What the
 * archive held stays where all tries fail.
 */
static enum status load(struct archive *archive, struct error *err)
{
    struct archive fresh = { .path = archive->path };
    enum status rc = STATUS_OK;
    for (int i = 0; i < OPEN_TRIES; i++) {
        struct stat now;
        rc = load_once(&fresh, err);
        if (rc != STATUS_STALE &&
            (look_at_stub(archive, &now) || is_same_file(&now, &fresh.stub)))
            break;
        if (i < OPEN_TRIES - 1)
            forget(&fresh);
    }
    if (rc) {
        forget(&fresh);
        return rc;
    }
    forget(archive);
    *archive = fresh;
    return STATUS_OK;
}

enum status archive_open(struct archive **out, const char *path,
                         struct error *err)
{
    *out = NULL;
    struct archive *archive = memory_new(1, sizeof(*archive));
    archive->path = memory_string(path);
    enum status rc = load(archive, err);
    if (rc)
        archive_close(archive);
    else
        *out = archive;
    return rc;
}

void archive_close(struct archive *archive)
{
    if (!archive)
        return;
    forget(archive);
    free(archive->path);
    free(archive);
}

const struct xap_db *archive_db(const struct archive *archive)
{
    return archive->db;
}

enum status archive_refresh(struct archive *archive, struct error *err)
{
    struct stat now;
    if (!look_at_stub(archive, &now) && is_same_file(&now, &archive->stub) &&
        !xap_db_refresh(archive->db, NULL, NULL))
        return STATUS_OK;
    return load(archive, err);
}

size_t archive_segment_count(const struct archive *archive)
{
    return archive->segment_count;
}

const struct segment *archive_segment(const struct archive *archive, size_t i)
{
    return &archive->segments[i];
}
