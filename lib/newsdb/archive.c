/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "newsdb/archive.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/number.h"
#include "newsdb/journal.h"
#include "newsdb/stub.h"

enum { OPEN_TRIES = 5 }; /* while a writer replaces what we open */

/* A machine that answered. */
struct remote {
    char *address; /* "HOST:PORT" */
    struct xap_db *db;
};

/* What the places held when they were opened. */
struct snapshot {
    struct xap_db *db;
    struct segment *segments;
    size_t segment_count, segment_capacity;
    struct stat *stubs; /* for each place, its list as it was read */
    struct remote *remotes;
    size_t remote_count, remote_capacity;
    struct name_list missing; /* "HOST:PORT" of those that are left out */
};

struct archive {
    struct name_list places;
    struct archive_settings settings;
    struct snapshot now;
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

/* ---- Opening ---------------------------------------------------------- */

static void forget(struct snapshot *shot)
{
    for (size_t i = 0; i < shot->segment_count; i++)
        segment_release(&shot->segments[i]);
    free(shot->segments);
    for (size_t i = 0; i < shot->remote_count; i++) {
        xap_db_free(shot->remotes[i].db);
        free(shot->remotes[i].address);
    }
    free(shot->remotes);
    free(shot->stubs);
    name_list_release(&shot->missing);
    xap_db_free(shot->db);
    *shot = (struct snapshot){ .db = NULL };
}

/* What a publication replaced is not seen once the publication is, though it
 * takes a while to be deleted. */
static enum status hide_replaced(struct xap_db *db, const char *segment,
                                 const struct journal *journal,
                                 struct error *err)
{
    enum status rc = STATUS_OK;
    for (size_t i = 0; !rc && i < journal->count; i++)
        if (!strcmp(journal->deletions[i].segment, segment))
            rc = xap_db_hide(db, journal->deletions[i].document, err);
    return rc;
}

static enum status add_segment(struct snapshot *shot, const char *path,
                               const char *name, const struct journal *journal,
                               struct error *err)
{
    char *directory = stub_segment_path(path, name);
    struct xap_db *db;
    enum status rc = xap_db_open(&db, directory, err);
    bool is_there = rc != STATUS_NOT_FOUND;
    if (!is_there)
        rc = error_set(err, STATUS_CORRUPT,
                       "'%s' lists segment '%s', but it is not there", path,
                       name);
    MEMORY_GROW(shot->segments, shot->segment_count, shot->segment_capacity);
    if (!rc)
        rc = segment_read(&shot->segments[shot->segment_count], db, directory,
                          name, err);
    if (is_there && rc == STATUS_CORRUPT)
        error_context(err, "segment '%s' is damaged", directory);
    if (!rc) {
        shot->segment_count++;
        rc = hide_replaced(db, name, journal, err);
    }
    if (!rc)
        rc = xap_db_join(shot->db, db, err);
    xap_db_free(db);
    free(directory);
    return rc;
}

static enum status open_remote(struct xap_db **out, const char *address,
                               unsigned timeout_ms, struct error *err)
{
    *out = NULL;
    const char *colon = strrchr(address, ':');
    uint64_t port;
    if (!colon || colon == address ||
        !number_parse(span_of(colon + 1), 65535, &port))
        return error_set(err, STATUS_BAD_FORMAT, "'%s' is not HOST:PORT",
                         address);
    struct str host = STR_INIT;
    str_add(&host, (struct span){ address, (size_t)(colon - address) });
    enum status rc =
        xap_db_open_remote(out, host.data, (unsigned)port, timeout_ms, err);
    str_release(&host);
    return rc;
}

/* An archive without articles has no segment that could tell its schema. */
static enum status join_remote(struct snapshot *shot, const struct xap_db *db,
                               const char *address, struct error *err)
{
    struct xap_db_figures figures;
    enum status rc = xap_db_measure(db, &figures, err);
    if (!rc && figures.documents)
        rc = segment_check(db, address, err);
    if (!rc)
        rc = xap_db_join(shot->db, db, err);
    return rc;
}

static enum status say_unreachable(struct error *err, const char *address)
{
    return error_context(err, "%s does not answer", address);
}

static enum status add_remote(struct snapshot *shot, const char *address,
                              const struct archive_settings *settings,
                              struct error *err)
{
    struct xap_db *db;
    enum status rc = open_remote(&db, address, settings->timeout_ms, err);
    if (!rc)
        rc = join_remote(shot, db, address, err);
    if (!rc) {
        MEMORY_GROW(shot->remotes, shot->remote_count, shot->remote_capacity);
        shot->remotes[shot->remote_count++] =
            (struct remote){ memory_string(address), db };
        return STATUS_OK;
    }
    xap_db_free(db);
    if (rc != STATUS_UNREACHABLE)
        return rc;
    if (!settings->partial)
        return say_unreachable(err, address);
    name_list_add(&shot->missing, span_of(address));
    return STATUS_OK;
}

/* The journal of the publication that made this list, as long as that is being
 * completed.  Read between the list and its segments: where it is not there
 * any more, they are opened without what it had deleted.  A damaged one is
 * the next writer's to complain of. */
static void read_journal(struct journal *out, const char *path,
                         const struct stub *stub)
{
    if (!journal_read(out, path, NULL) && !journal_happened(out, stub))
        journal_release(out);
}

static enum status add_directory(struct snapshot *shot, const char *path,
                                 const struct archive_settings *settings,
                                 struct error *err)
{
    struct stub stub;
    enum status rc = stub_read(&stub, path, err);
    if (rc)
        return rc;
    struct journal journal;
    read_journal(&journal, path, &stub);
    for (size_t i = 0; !rc && i < stub.segments.count; i++)
        rc = add_segment(shot, path, stub.segments.items[i], &journal, err);
    journal_release(&journal);
    for (size_t i = 0; !rc && i < stub.remotes.count; i++)
        rc = add_remote(shot, stub.remotes.items[i], settings, err);
    stub_release(&stub);
    return rc;
}

/* ---- Lists that change underneath ------------------------------------- */

static bool is_remote(const char *place)
{
    return !strncmp(place, ARCHIVE_REMOTE, strlen(ARCHIVE_REMOTE));
}

/* All zeros where there is no list. */
static struct stat look_at_stub(const char *place)
{
    struct stat out;
    char *file = file_join(place, STUB_FILE);
    if (is_remote(place) || stat(file, &out))
        memset(&out, 0, sizeof(out));
    free(file);
    return out;
}

static bool is_same_file(const struct stat *a, const struct stat *b)
{
    return a->st_ino == b->st_ino && a->st_size == b->st_size &&
           a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
           a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

static bool is_current(const struct archive *archive,
                       const struct snapshot *shot)
{
    for (size_t i = 0; i < archive->places.count; i++) {
        struct stat now = look_at_stub(archive->places.items[i]);
        if (!is_same_file(&now, &shot->stubs[i]))
            return false;
    }
    return true;
}

static enum status load_once(const struct archive *archive,
                             struct snapshot *shot, struct error *err)
{
    const struct name_list *places = &archive->places;
    const struct archive_settings *settings = &archive->settings;
    *shot = (struct snapshot){ .db = NULL };
    shot->stubs = memory_new(places->count, sizeof(*shot->stubs));
    enum status rc = xap_db_new(&shot->db, err);
    for (size_t i = 0; !rc && i < places->count; i++) {
        const char *place = places->items[i];
        shot->stubs[i] = look_at_stub(place);
        if (is_remote(place))
            rc =
                add_remote(shot, place + strlen(ARCHIVE_REMOTE), settings, err);
        else
            rc = add_directory(shot, place, settings, err);
    }
    return rc;
}

/*
 * A segment of a list may be merged away while we open it, and its number be
 * given again; then the list has changed too, and is read anew.  What the
 * archive held stays where all tries fail.
 */
static enum status load(struct archive *archive, struct error *err)
{
    struct snapshot fresh;
    enum status rc = load_once(archive, &fresh, err);
    for (int i = 1; i < OPEN_TRIES && rc != STATUS_UNREACHABLE &&
                    (rc == STATUS_STALE || !is_current(archive, &fresh));
         i++) {
        forget(&fresh);
        rc = load_once(archive, &fresh, err);
    }
    struct snapshot *old = rc ? &fresh : &archive->now;
    forget(old);
    if (!rc)
        archive->now = fresh;
    return rc;
}

/* ---- The archive ------------------------------------------------------ */

enum status archive_open_all(struct archive **out, const char *const *places,
                             size_t count,
                             const struct archive_settings *settings,
                             struct error *err)
{
    *out = NULL;
    struct archive *archive = memory_new(1, sizeof(*archive));
    if (settings)
        archive->settings = *settings;
    if (!archive->settings.timeout_ms)
        archive->settings.timeout_ms = ARCHIVE_TIMEOUT_MS;
    for (size_t i = 0; i < count; i++)
        name_list_add(&archive->places, span_of(places[i]));
    enum status rc = load(archive, err);
    if (rc)
        archive_close(archive);
    else
        *out = archive;
    return rc;
}

enum status archive_open(struct archive **out, const char *path,
                         struct error *err)
{
    return archive_open_all(out, &path, 1, NULL, err);
}

void archive_close(struct archive *archive)
{
    if (!archive)
        return;
    forget(&archive->now);
    name_list_release(&archive->places);
    free(archive);
}

const struct xap_db *archive_db(const struct archive *archive)
{
    return archive->now.db;
}

/* Another machine shows what it has published to new connections only. */
enum status archive_refresh(struct archive *archive, struct error *err)
{
    bool local = !archive->now.remote_count && !archive->now.missing.count;
    if (local && !xap_db_refresh(archive->now.db, NULL, NULL) &&
        is_current(archive, &archive->now))
        return STATUS_OK;
    return load(archive, err);
}

bool archive_moved(const struct archive *archive, enum status rc)
{
    return rc == STATUS_STALE ||
           (rc == STATUS_UNREACHABLE && archive->settings.partial);
}

enum status archive_ask(struct archive *archive, archive_question *ask,
                        void *payload, struct error *err)
{
    enum status rc = ask(payload);
    for (int i = 0; archive_moved(archive, rc) && i < ARCHIVE_TRIES; i++) {
        rc = archive_refresh(archive, err);
        if (!rc)
            rc = ask(payload);
    }
    return rc;
}

void archive_blame(const struct archive *archive, struct error *err)
{
    for (size_t i = 0; i < archive->now.remote_count; i++) {
        const struct remote *remote = &archive->now.remotes[i];
        if (xap_db_ping(remote->db, NULL)) {
            say_unreachable(err, remote->address);
            return;
        }
    }
}

size_t archive_missing_count(const struct archive *archive)
{
    return archive->now.missing.count;
}

const char *archive_missing(const struct archive *archive, size_t i)
{
    return archive->now.missing.items[i];
}

size_t archive_segment_count(const struct archive *archive)
{
    return archive->now.segment_count;
}

const struct segment *archive_segment(const struct archive *archive, size_t i)
{
    return &archive->now.segments[i];
}
