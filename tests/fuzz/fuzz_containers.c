/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any bytes as a compressed file, as an archive of members, as a document of an
 * office program and as a packed page.
 */
#include "corpus/inflate.h"
#include "corpus/office_text.h"
#include "corpus/source.h"
#include "corpus/unbrotli.h"
#include "corpus/unpack.h"
#include "tests/fuzz/fuzz.h"

enum { READ_MAX = 4 * 1024 * 1024, MEMBERS_READ = 50 };

static void read_source(struct span bytes)
{
    struct source *source = source_of_bytes(bytes);
    struct span held;
    while (source_offset(source) < READ_MAX &&
           !source_peek(source, 1, &held, NULL) && held.size)
        source_skip(source, held.size);
    source_damage(source);
    source_close(source);
}

static enum status give_all(void *payload, struct span *out, struct error *err)
{
    struct span *left = payload;
    (void)err;
    *out = *left;
    *left = (struct span){ left->data, 0 };
    return STATUS_OK;
}

static void read_members(struct span bytes)
{
    struct unpack *unpack;
    struct unpack_member member;
    char part[4096];
    size_t got, all = 0;
    if (unpack_open_container(&unpack, give_all, &bytes, NULL))
        return;
    for (int i = 0; i < MEMBERS_READ && !unpack_next(unpack, &member, NULL);
         i++)
        while (all < READ_MAX &&
               !unpack_read(unpack, part, sizeof(part), &got, NULL) && got)
            all += got;
    unpack_close(unpack);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span bytes = { (const char *)data, size };
    struct str out = STR_INIT;
    read_source(bytes);
    read_members(bytes);
    if (office_is_document(bytes))
        office_text(&out, bytes, NULL);
    str_clear(&out);
    unbrotli(&out, bytes, READ_MAX);
    str_clear(&out);
    inflate_all(&out, bytes, READ_MAX);
    str_release(&out);
    return 0;
}
