/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/members.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/str.h"
#include "corpus/beside.h"
#include "corpus/unpack.h"

/* An archive that is being read. */
struct level {
    struct source *source; /* of the archive's bytes */
    struct unpack *unpack;
    FILE *spool; /* the archive's bytes, where they must be sought in */
    char *path, *relative;
    struct span peeked; /* what the reader gave last */
};

struct members {
    struct walk_entry entry; /* of the file; its strings are the caller's */
    struct source *file;
    struct level levels[MEMBERS_DEPTH_MAX];
    size_t depth;
    struct beside *beside; /* NULL: it can be read once only */
    bool single; /* the file is no archive and was not handed out yet */
    bool handed_out;
    uint64_t count;
    char *path, *relative, *full_path; /* of the member handed out */
};

enum { READ_AT_A_TIME = 64 * 1024 };

/* ---- Archives --------------------------------------------------------- */

static enum status read_level(void *payload, struct span *out,
                              struct error *err)
{
    struct level *level = payload;
    source_skip(level->source, level->peeked.size);
    enum status rc = source_peek(level->source, 1, &level->peeked, err);
    *out = level->peeked;
    return rc;
}

/* zip and 7z have their list at the end: what is no file by itself is copied
 * into one that has no name. */
static enum status spool(struct level *level, struct error *err)
{
    level->spool = tmpfile();
    if (!level->spool)
        return error_set_errno(err, "cannot make a temporary file");
    struct span bytes;
    enum status rc;
    while (!(rc = source_peek(level->source, 1, &bytes, err)) && bytes.size) {
        if (fwrite(bytes.data, 1, bytes.size, level->spool) != bytes.size)
            return error_set_errno(err, "cannot write a temporary file");
        source_skip(level->source, bytes.size);
    }
    if (!rc && (fflush(level->spool) || fseek(level->spool, 0, SEEK_SET)))
        rc = error_set_errno(err, "cannot write a temporary file");
    return rc;
}

static void leave(struct members *members)
{
    struct level *level = &members->levels[--members->depth];
    unpack_close(level->unpack);
    if (level->spool)
        fclose(level->spool);
    if (members->depth)
        source_close(level->source);
    free(level->path);
    free(level->relative);
    *level = (struct level){ NULL, NULL, NULL, NULL, NULL, { NULL, 0 } };
}

/* Takes the source of all but the file itself. */
static enum status enter(struct members *members, struct source *source,
                         const struct walk_entry *entry, struct span head,
                         struct error *err)
{
    struct level *level = &members->levels[members->depth++];
    *level = (struct level){
        .source = source,
        .path = memory_string(entry->path),
        .relative = memory_string(entry->relative),
    };
    enum status rc = STATUS_OK;
    bool sought = span_starts(head, "PK") || span_starts(head, "7z") ||
                  span_starts(head, "Rar!");
    if (sought)
        rc = spool(level, err);
    if (!rc)
        rc =
            sought
                ? unpack_open_file(&level->unpack, fileno(level->spool), err)
                : unpack_open_container(&level->unpack, read_level, level, err);
    if (rc) {
        error_context(err, "%s", entry->path);
        leave(members);
    }
    return rc;
}

/* ---- The file --------------------------------------------------------- */

enum status members_open(struct members **out, const struct walk_entry *entry,
                         struct error *err)
{
    *out = NULL;
    struct source *file;
    struct span head;
    enum status rc = source_open(&file, entry->path, err);
    if (rc)
        return rc;
    rc = source_peek(file, 512, &head, err);
    if (rc) {
        source_close(file);
        return rc;
    }
    struct members *members = memory_new(1, sizeof(*members));
    members->entry = *entry;
    members->file = file;
    members->single = !unpack_is_container(head);
    if (!members->single)
        members->beside = beside_new(entry->path);
    if (!members->single)
        rc = enter(members, file, entry, head, err);
    if (rc)
        members_close(members);
    else
        *out = members;
    return rc;
}

static void forget_member(struct members *members)
{
    free(members->path);
    free(members->relative);
    free(members->full_path);
    members->path = members->relative = members->full_path = NULL;
}

void members_close(struct members *members)
{
    if (!members)
        return;
    while (members->depth)
        leave(members);
    forget_member(members);
    beside_free(members->beside);
    if (!members->handed_out)
        source_close(members->file);
    free(members);
}

/* ---- Members ---------------------------------------------------------- */

/* A name without ".", ".." and leading slashes. */
static void add_safe_name(struct str *out, struct span name)
{
    struct span rest = name, part;
    while (span_next(&rest, '/', &part)) {
        if (!part.size || span_is(part, ".") || span_is(part, ".."))
            continue;
        if (out->size)
            str_add_char(out, '/');
        str_add(out, part);
    }
}

/* The last part of a name begins with a dot, or is one of a corpus's papers. */
static bool is_passed_over(const char *name)
{
    const char *slash = strrchr(name, '/');
    return walk_passes_over(slash ? slash + 1 : name) ||
           strstr(name, "__MACOSX/");
}

static void name_member(struct members *members, const struct level *level,
                        const char *name, const struct unpack_member *member,
                        struct walk_entry *entry)
{
    forget_member(members);
    struct str path = STR_INIT, relative = STR_INIT;
    str_addf(&path, "%s!%s", level->path, name);
    str_addf(&relative, "%s/%s", level->relative, name);
    members->path = str_detach(&path);
    members->relative = str_detach(&relative);
    members->full_path = memory_string(members->entry.full_path);
    *entry = (struct walk_entry){
        .path = members->path,
        .full_path = members->full_path,
        .collection = members->entry.collection,
        .relative = members->relative,
        .size = member->size,
        .modified = member->modified,
    };
}

static enum status read_member(void *payload, char *out, size_t size,
                               size_t *got, struct error *err)
{
    const struct level *level = payload;
    return unpack_read(level->unpack, out, size, got, err);
}

/* The next member of the innermost archive; END: go on with the outer one. */
static enum status step(struct members *members, struct walk_entry *entry,
                        struct source **source, struct error *err)
{
    struct level *level = &members->levels[members->depth - 1];
    struct unpack_member member;
    enum status rc = unpack_next(level->unpack, &member, err);
    if (!rc && ++members->count > MEMBERS_MAX)
        rc = error_set(err, STATUS_TOO_BIG, "over %d members", MEMBERS_MAX);
    if (rc) {
        if (rc != STATUS_END)
            error_context(err, "%s", level->path);
        leave(members);
        return rc;
    }
    struct str name = STR_INIT;
    add_safe_name(&name, span_slice(member.name, 0, MEMBERS_NAME_MAX));
    bool passed = !name.size || is_passed_over(name.data);
    if (!passed)
        name_member(members, level, name.data, &member, entry);
    str_release(&name);
    if (passed)
        return STATUS_SKIPPED;
    struct span head;
    *source = source_of_reader(members->path, read_member, level, member.size);
    source_set_beside(*source, members->beside);
    rc = source_peek(*source, 512, &head, err);
    if (rc) {
        source_close(*source);
        *source = NULL;
    }
    if (rc || !unpack_is_container(head))
        return rc;
    if (members->depth == MEMBERS_DEPTH_MAX) {
        source_close(*source);
        *source = NULL;
        return error_set(err, STATUS_TOO_BIG,
                         "%s: archives are over %d deep in one another",
                         members->path, MEMBERS_DEPTH_MAX);
    }
    rc = enter(members, *source, entry, head, err);
    *source = NULL;
    return rc ? rc : STATUS_SKIPPED;
}

enum status members_next(struct members *members, struct walk_entry *entry,
                         struct source **source, struct error *err)
{
    *source = NULL;
    if (members->single && !members->handed_out) {
        members->handed_out = true;
        *entry = members->entry;
        *source = members->file;
        return STATUS_OK;
    }
    while (members->depth) {
        enum status rc = step(members, entry, source, err);
        if (rc != STATUS_SKIPPED && rc != STATUS_END)
            return rc;
    }
    return STATUS_END;
}

bool members_is_archive(const struct members *members)
{
    return !members->single;
}

const struct source *members_file(const struct members *members)
{
    return members->file;
}

void members_finish(struct members *members)
{
    struct span bytes;
    if (members->single)
        return;
    while (!source_peek(members->file, 1, &bytes, NULL) && bytes.size)
        source_skip(members->file, bytes.size);
}
