/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/ledger.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "corpus/source.h"

struct ledger {
    struct segment_inputs inputs; /* sorted out */
};

enum status ledger_open(struct ledger **out,
                        const struct archive_writer *writer, struct error *err)
{
    *out = NULL;
    struct ledger *ledger = memory_new(1, sizeof(*ledger));
    enum status rc = archive_writer_inputs(writer, &ledger->inputs, err);
    if (rc)
        ledger_close(ledger);
    else
        *out = ledger;
    return rc;
}

void ledger_close(struct ledger *ledger)
{
    if (!ledger)
        return;
    segment_inputs_release(&ledger->inputs);
    free(ledger);
}

static bool has_checksum(const char *path, uint64_t checksum)
{
    struct source *source;
    if (source_open(&source, path, NULL))
        return false;
    struct span window;
    while (!source_peek(source, 1, &window, NULL) && window.size)
        source_skip(source, window.size);
    bool same = source_checksum(source) == checksum;
    source_close(source);
    return same;
}

enum ledger_answer ledger_ask(const struct ledger *ledger,
                              const struct walk_entry *entry,
                              const char *collection, uint64_t *records)
{
    *records = 0;
    if (!strcmp(entry->path, "-"))
        return LEDGER_NEW;
    const struct segment_input *found =
        segment_inputs_find(&ledger->inputs, collection, entry->full_path);
    if (!found || found->size != entry->size)
        return LEDGER_NEW;
    bool same_time = found->modified == entry->modified;
    if (found->complete)
        return same_time || has_checksum(entry->path, found->checksum)
                   ? LEDGER_UNCHANGED
                   : LEDGER_NEW;
    if (!same_time)
        return LEDGER_NEW;
    *records = found->records;
    return LEDGER_BEGUN;
}
