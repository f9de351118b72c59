/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/unpack.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { TAR_MAGIC_AT = 257, FILE_BLOCK = 64 * 1024 };

struct unpack {
    struct archive *archive;
    unpack_reader *reader;
    void *payload;
    struct error failure; /* of the reader */
    bool begun;           /* the header of plain compressed data is read */
    locale_t locale;      /* of names of members, UTF-8; or 0 */
    unsigned members;
    char unnamed[24]; /* the name of a member without one */
};

static bool has_magic(struct span head, const struct span *magics, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (head.size > magics[i].size &&
            !memcmp(head.data, magics[i].data, magics[i].size))
            return true;
    return false;
}

bool unpack_is_compressed(struct span head)
{
    static const struct span magics[] = {
        SPAN_LITERAL("BZh"),
        SPAN_LITERAL("\xFD"
                     "7zXZ"),
        SPAN_LITERAL("\x28\xB5\x2F\xFD"), /* zstd */
        SPAN_LITERAL("\x1F\x9D"),         /* compress */
        SPAN_LITERAL("\x04\x22\x4D\x18"), /* lz4 */
        { "\x5D\x00\x00", 3 },            /* lzma */
    };
    return has_magic(head, magics, sizeof(magics) / sizeof(*magics));
}

bool unpack_is_office(struct span head)
{
    static const char *const members[] = {
        "[Content_Types].xml", "docProps/", "_rels/", "word/", "xl/", "mimetype"
    };
    if (!span_starts(head, "PK"))
        return false;
    struct span name = span_slice(head, 30, 60); /* of the first member */
    for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++)
        if (span_starts(name, members[i]))
            return true;
    return false;
}

bool unpack_is_container(struct span head)
{
    static const struct span magics[] = {
        SPAN_LITERAL("PK\x03\x04"),
        SPAN_LITERAL("PK\x05\x06"),
        SPAN_LITERAL("7z\xBC\xAF\x27\x1C"),
        SPAN_LITERAL("Rar!\x1A\x07"),
        SPAN_LITERAL("!<arch>\n"),
        SPAN_LITERAL("070701"),
        SPAN_LITERAL("070707"),
    };
    if (unpack_is_office(head))
        return false;
    if (has_magic(head, magics, sizeof(magics) / sizeof(*magics)))
        return true;
    return head.size >= TAR_MAGIC_AT + 5 &&
           !memcmp(head.data + TAR_MAGIC_AT, "ustar", 5);
}

/* ---- Opening ---------------------------------------------------------- */

static ssize_t read_packed(struct archive *archive, void *payload,
                           const void **data)
{
    struct unpack *unpack = payload;
    struct span bytes;
    if (unpack->reader(unpack->payload, &bytes, &unpack->failure)) {
        archive_set_error(archive, ARCHIVE_FATAL, "%s",
                          unpack->failure.message);
        return -1;
    }
    *data = bytes.data;
    return (ssize_t)bytes.size;
}

static struct unpack *unpack_new(unpack_reader *reader, void *payload)
{
    struct unpack *unpack = memory_new(1, sizeof(*unpack));
    unpack->archive = archive_read_new();
    if (!unpack->archive)
        memory_exhausted(1);
    unpack->reader = reader;
    unpack->payload = payload;
    unpack->locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    return unpack;
}

struct unpack *unpack_open(unpack_reader *reader, void *payload)
{
    struct unpack *unpack = unpack_new(reader, payload);
    struct archive *archive = unpack->archive;
    archive_read_support_filter_bzip2(archive);
    archive_read_support_filter_xz(archive);
    archive_read_support_filter_lzma(archive);
    archive_read_support_filter_zstd(archive);
    archive_read_support_filter_lz4(archive);
    archive_read_support_filter_compress(archive);
    archive_read_support_format_raw(archive);
    /* A failure comes again from the first read. */
    archive_read_open(archive, unpack, NULL, read_packed, NULL);
    return unpack;
}

static void support_containers(struct archive *archive)
{
    archive_read_support_format_tar(archive);
    archive_read_support_format_zip(archive);
    archive_read_support_format_7zip(archive);
    archive_read_support_format_cpio(archive);
    archive_read_support_format_ar(archive);
    archive_read_support_format_rar(archive);
    archive_read_support_format_rar5(archive);
}

static enum status opened(struct unpack **out, struct unpack *unpack, int rc,
                          struct error *err)
{
    *out = unpack;
    if (rc == ARCHIVE_OK || rc == ARCHIVE_WARN)
        return STATUS_OK;
    const char *why = archive_error_string(unpack->archive);
    error_set(err, STATUS_BAD_FORMAT, "%s", why ? why : "no archive");
    unpack_close(unpack);
    *out = NULL;
    return STATUS_BAD_FORMAT;
}

enum status unpack_open_container(struct unpack **out, unpack_reader *reader,
                                  void *payload, struct error *err)
{
    struct unpack *unpack = unpack_new(reader, payload);
    support_containers(unpack->archive);
    int rc =
        archive_read_open(unpack->archive, unpack, NULL, read_packed, NULL);
    return opened(out, unpack, rc, err);
}

enum status unpack_open_file(struct unpack **out, int fd, struct error *err)
{
    struct unpack *unpack = unpack_new(NULL, NULL);
    support_containers(unpack->archive);
    int rc = archive_read_open_fd(unpack->archive, fd, FILE_BLOCK);
    return opened(out, unpack, rc, err);
}

void unpack_close(struct unpack *unpack)
{
    if (!unpack)
        return;
    archive_read_free(unpack->archive);
    if (unpack->locale)
        freelocale(unpack->locale);
    free(unpack);
}

/* ---- Reading ---------------------------------------------------------- */

static enum status complain(struct unpack *unpack, struct error *err)
{
    if (unpack->failure.status) {
        *err = unpack->failure;
        return unpack->failure.status;
    }
    const char *why = archive_error_string(unpack->archive);
    return error_set(err, STATUS_CORRUPT, "%s", why ? why : "damaged");
}

/* libarchive gives names of members in the character set of the locale, and
 * none where that has not their letters. */
static int next_header(struct unpack *unpack, struct archive_entry **entry)
{
    locale_t before = (locale_t)0;
    if (unpack->locale)
        before = uselocale(unpack->locale);
    int rc = archive_read_next_header(unpack->archive, entry);
    if (before)
        uselocale(before);
    return rc;
}

static struct span name_of(struct unpack *unpack, struct archive_entry *entry)
{
    const char *name = archive_entry_pathname(entry);
    unpack->members++;
    if (name)
        return span_of(name);
    snprintf(unpack->unnamed, sizeof(unpack->unnamed), "member-%u",
             unpack->members);
    return span_of(unpack->unnamed);
}

enum status unpack_next(struct unpack *unpack, struct unpack_member *out,
                        struct error *err)
{
    struct error scratch;
    struct archive_entry *entry;
    for (;;) {
        int rc = next_header(unpack, &entry);
        if (rc == ARCHIVE_EOF)
            return STATUS_END;
        if (rc < ARCHIVE_WARN)
            return complain(unpack, err ? err : &scratch);
        if (archive_entry_filetype(entry) == AE_IFREG ||
            !archive_entry_filetype(entry))
            break;
    }
    *out = (struct unpack_member){
        .name = name_of(unpack, entry),
        .size = archive_entry_size_is_set(entry)
                    ? (uint64_t)archive_entry_size(entry)
                    : 0,
        .modified = (int64_t)archive_entry_mtime(entry) * 1000000000,
    };
    return STATUS_OK;
}

enum status unpack_read(struct unpack *unpack, char *out, size_t size,
                        size_t *got, struct error *err)
{
    struct error scratch;
    *got = 0;
    if (unpack->reader && !unpack->begun &&
        archive_format(unpack->archive) == 0) {
        struct archive_entry *entry;
        int rc = archive_read_next_header(unpack->archive, &entry);
        if (rc == ARCHIVE_EOF)
            return STATUS_OK;
        if (rc < ARCHIVE_WARN)
            return complain(unpack, err ? err : &scratch);
    }
    unpack->begun = true;
    la_ssize_t count = archive_read_data(unpack->archive, out, size);
    if (count < 0)
        return complain(unpack, err ? err : &scratch);
    *got = (size_t)count;
    return STATUS_OK;
}
