/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/explain.h"

#include <inttypes.h>

#include "base/utf8.h"
#include "search/compile.h"

static void explain_item(struct str *out, const struct xap_db *db,
                         const struct compiled_item *item)
{
    str_addf(out, "  %.*s:", SPAN_ARGS(item->label));
    for (size_t i = 0; i < item->term_count && i < 20; i++) {
        uint32_t documents = 0;
        uint64_t occurrences;
        xap_db_frequency(db, item->terms[i], &documents, &occurrences, NULL);
        str_addf(out, " %.*s (%" PRIu32 ")", SPAN_ARGS(item->terms[i]),
                 documents);
    }
    str_addf(out, "%s\n", item->term_count > 20 ? " ..." : "");
}

static void explain(struct str *out, const struct xap_db *db,
                    const struct question *question,
                    const struct compiled *compiled)
{
    str_add_text(out, "understood as:\n");
    query_print_lines(out, question->tree);
    str_add_char(out, '\n');
    if (question->filter) {
        str_add_text(out, "only where:\n");
        query_print_lines(out, question->filter);
        str_add_char(out, '\n');
    }
    if (compiled->item_count)
        str_add_text(out, "words, with the articles that have them:\n");
    for (size_t i = 0; i < compiled->item_count; i++)
        explain_item(out, db, &compiled->items[i]);
    str_add_text(out, "all of it: ");
    xap_query_describe(compiled->all, out);
    if (compiled->some) {
        str_add_text(out, "\nsome of it: ");
        xap_query_describe(compiled->some, out);
    }
    str_add_char(out, '\n');
    str_add(out, str_span(&compiled->notes));
}

enum status explain_question(struct str *out, struct archive *archive,
                             const struct question *question,
                             struct arena *memory, uint32_t *column,
                             struct error *err)
{
    struct compiled compiled;
    const struct xap_db *db = archive_db(archive);
    enum status rc = compile(&compiled, question->tree, question->filter, db,
                             memory, column, err);
    if (rc)
        return rc;
    /* The term of a long value may be cut within a character. */
    struct str text = STR_INIT;
    explain(&text, db, question, &compiled);
    utf8_repair(out, str_span(&text));
    str_release(&text);
    compiled_release(&compiled);
    return STATUS_OK;
}
