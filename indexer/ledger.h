/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ledger.h - which inputs an archive holds already, and how far it read them.
 */
#ifndef NEWS_INDEXER_LEDGER_H
#define NEWS_INDEXER_LEDGER_H

#include "corpus/walk.h"
#include "newsdb/archive.h"

struct ledger;

/* From the metadata of all published segments; on its own afterwards. */
enum status ledger_open(struct ledger **out,
                        const struct archive_writer *writer, struct error *err);
void ledger_close(struct ledger *ledger); /* NULL is fine */

enum ledger_answer {
    LEDGER_NEW,       /* unknown, or changed since */
    LEDGER_UNCHANGED, /* read to its end, and the file is the same */
    LEDGER_BEGUN,     /* the same file, read as far as `*records` */
};

/* A file of the same size and time of change is the same; one of the same size
 * but another time is compared by checksum, which reads it. */
enum ledger_answer ledger_ask(const struct ledger *ledger,
                              const struct walk_entry *entry,
                              const char *collection, uint64_t *records);

#endif
