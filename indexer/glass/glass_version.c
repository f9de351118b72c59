/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/glass/glass_version.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/pack.h"
#include "indexer/glass/append_file.h"
#include "indexer/glass/glass_deflate.h"

enum { REVISION = 1 };

/* Sixteen random bytes as a UUID of version 4 (RFC 4122, section 4.4). */
static enum status add_uuid(struct str *out, struct error *err)
{
    unsigned char uuid[GLASS_UUID_SIZE];
    int fd = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
    ssize_t got = fd < 0 ? -1 : read(fd, uuid, sizeof(uuid));
    if (fd >= 0)
        close(fd);
    if (got != GLASS_UUID_SIZE)
        return error_set_errno(err, "cannot read '/dev/urandom'");
    uuid[6] = (uuid[6] & 0x0F) | 0x40;
    uuid[8] = (uuid[8] & 0x3F) | 0x80;
    str_add(out, (struct span){ (char *)uuid, sizeof(uuid) });
    return STATUS_OK;
}

static void add_root(struct str *out, const struct glass_root *root,
                     unsigned compress_min)
{
    pack_number(out, root->block);
    pack_number(out, root->level << GLASS_LEVEL_SHIFT | GLASS_SEQUENTIAL |
                         (root->exists ? 0 : GLASS_FAKE));
    pack_number(out, root->entry_count);
    pack_number(out, GLASS_BLOCK_SIZE >> GLASS_SIZE_SHIFT);
    pack_number(out, compress_min);
    struct str free_list = STR_INIT;
    if (root->exists) {
        pack_number(&free_list, REVISION);
        pack_number(&free_list, root->block_count);
        str_add(&free_list, (struct span){ "\0\0\0\0", 4 });
    }
    pack_string(out, str_span(&free_list));
    str_release(&free_list);
}

static void add_statistics(struct str *out, const struct glass_version *version)
{
    pack_number(out, version->document_count);
    pack_number(out, 0);
    pack_number(out, version->shortest);
    pack_number(out, version->wdf_max);
    pack_number(out, version->longest - version->wdf_max);
    pack_number(out, 0);
    pack_number(out, version->total_length);
    pack_number(out, 0);
}

static enum status compose(struct str *out, const struct glass_version *version,
                           struct error *err)
{
    const struct glass_root none = { 0 };
    str_add(out, GLASS_MAGIC);
    enum status rc = add_uuid(out, err);
    if (rc)
        return rc;
    pack_number(out, REVISION);
    add_root(out, &version->postlist, 0);
    add_root(out, &version->docdata, GLASS_COMPRESS_MIN);
    add_root(out, &version->termlist, GLASS_COMPRESS_MIN);
    add_root(out, &version->position, 0);
    add_root(out, &none, GLASS_COMPRESS_MIN);
    add_root(out, &none, GLASS_COMPRESS_MIN);
    add_statistics(out, version);
    return STATUS_OK;
}

enum status glass_version_write(const struct glass_version *version,
                                const char *directory, struct error *err)
{
    struct str bytes = STR_INIT;
    struct append_file *file = NULL;
    enum status rc = compose(&bytes, version, err);
    if (!rc)
        rc = append_file_open(&file, directory, GLASS_VERSION_FILE,
                              GLASS_VERSION_MAX + 1, err);
    if (!rc)
        rc = append_file_write(file, str_span(&bytes), err);
    if (!rc)
        rc = append_file_close(file, err);
    else
        append_file_abandon(file);
    str_release(&bytes);
    return rc;
}
