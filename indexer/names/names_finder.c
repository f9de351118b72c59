/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/names/names_finder.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "indexer/names/name_lists.h"
#include "indexer/names/name_resolve.h"
#include "indexer/names/name_rules.h"
#include "indexer/names/recogniser.h"

/* The language of the model; a card of another one would say so. */
#define FINDER_LANGUAGE "en"

struct names_finder {
    struct model model;
    bool has_model;
    struct name_rules *rules; /* of the model */
    struct name_lists *lists;
};

struct names_worker {
    const struct names_finder *finder;
    struct name_reader *reader; /* NULL without a model */
};

static enum status open_model(struct names_finder *finder, const char *path,
                              struct error *err)
{
    enum status rc = model_open(&finder->model, path, err);
    finder->has_model = !rc;
    if (!rc)
        rc = name_rules_read(&finder->rules, finder->model.rules, err);
    return rc;
}

enum status names_finder_open(struct names_finder **out, const char *model_path,
                              struct error *err)
{
    *out = NULL;
    struct names_finder *finder = memory_new(1, sizeof(*finder));
    finder->lists = name_lists_new();
    enum status rc = STATUS_OK;
    if (model_path)
        rc = open_model(finder, model_path, err);
    if (rc)
        names_finder_free(finder);
    else
        *out = finder;
    return rc;
}

void names_finder_free(struct names_finder *finder)
{
    if (!finder)
        return;
    if (finder->has_model)
        model_close(&finder->model);
    name_rules_free(finder->rules);
    name_lists_free(finder->lists);
    free(finder);
}

enum status names_finder_add_aliases(struct names_finder *finder,
                                     const char *path, struct error *err)
{
    return name_lists_add_aliases(finder->lists, path, err);
}

enum status names_finder_add_stops(struct names_finder *finder,
                                   const char *path, struct error *err)
{
    return name_lists_add_stops(finder->lists, path, err);
}

bool names_finder_reads(const struct names_finder *finder, struct span language)
{
    return finder->has_model && span_is(language, FINDER_LANGUAGE);
}

struct span names_finder_title(const struct names_finder *finder)
{
    struct span card = finder->model.card, line = { NULL, 0 };
    span_next(&card, '\n', &line);
    return line;
}

struct names_worker *names_worker_new(const struct names_finder *finder)
{
    struct names_worker *worker = memory_new(1, sizeof(*worker));
    worker->finder = finder;
    if (finder->has_model)
        worker->reader = name_reader_new(&finder->model);
    return worker;
}

void names_worker_free(struct names_worker *worker)
{
    if (!worker)
        return;
    name_reader_free(worker->reader);
    free(worker);
}

void names_find(struct names_worker *worker, struct names *out,
                struct span text, struct span language,
                const struct names *stated, struct arena *memory)
{
    struct entities found = { NULL, 0, 0 };
    if (names_finder_reads(worker->finder, language)) {
        struct span part = text;
        if (part.size > NAMES_TEXT_MAX)
            part.size = utf8_floor(text, NAMES_TEXT_MAX);
        name_rules_apply(worker->finder->rules, &found, part,
                         name_reader_run(worker->reader, part), memory);
    }
    names_resolve(out, text, found.items, found.count, stated->items,
                  stated->count, worker->finder->lists, memory);
}
