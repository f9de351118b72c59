/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/glass/glass_docdata.h"

#include <stdlib.h>

#include "base/memory.h"
#include "indexer/glass/glass_deflate.h"

struct glass_docdata {
    const char *directory;
    struct glass_btree *table; /* NULL until there is an entry */
    struct glass_deflate *deflate;
};

struct glass_docdata *glass_docdata_new(const char *directory)
{
    struct glass_docdata *docdata = memory_new(1, sizeof(*docdata));
    docdata->directory = directory;
    docdata->deflate = glass_deflate_new();
    return docdata;
}

enum status glass_docdata_add(struct glass_docdata *docdata, uint32_t document,
                              struct span data, struct error *err)
{
    if (!data.size)
        return STATUS_OK;
    if (data.size > GLASS_TAG_MAX)
        return error_set(err, STATUS_TOO_BIG,
                         "document data of %zu bytes is over %d", data.size,
                         GLASS_TAG_MAX);
    if (!docdata->table) {
        enum status rc = glass_btree_open(&docdata->table, docdata->directory,
                                          "docdata.glass", err);
        if (rc)
            return rc;
    }
    struct glass_key key;
    key.size = 0;
    glass_key_add_sort_uint(&key, document);
    bool compressed;
    struct span tag = glass_deflate_tag(docdata->deflate, data, &compressed);
    return glass_btree_add(docdata->table, glass_key_span(&key), tag,
                           compressed, err);
}

uint64_t glass_docdata_size(const struct glass_docdata *docdata)
{
    return docdata->table ? glass_btree_size(docdata->table) : 0;
}

uint64_t glass_docdata_held(const struct glass_docdata *docdata)
{
    uint64_t held = glass_deflate_held(docdata->deflate);
    return docdata->table ? held + glass_btree_held(docdata->table) : held;
}

static void release(struct glass_docdata *docdata)
{
    glass_deflate_free(docdata->deflate);
    free(docdata);
}

enum status glass_docdata_finish(struct glass_docdata *docdata,
                                 struct glass_root *out, struct error *err)
{
    *out = (struct glass_root){ 0 };
    enum status rc = STATUS_OK;
    if (docdata->table)
        rc = glass_btree_finish(docdata->table, out, err);
    release(docdata);
    return rc;
}

void glass_docdata_abandon(struct glass_docdata *docdata)
{
    if (!docdata)
        return;
    glass_btree_abandon(docdata->table);
    release(docdata);
}
