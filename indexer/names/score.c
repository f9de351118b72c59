/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/names/score.h"

static enum crf_type type_of(enum name_kind kind)
{
    static const enum crf_type types[] = { CRF_PERSON, CRF_ORG, CRF_PLACE };
    return types[kind];
}

static bool is_right(const struct entity *entity,
                     const struct tagged_article *article, size_t *at)
{
    while (*at < article->name_count &&
           article->names[*at].offset < entity->offset)
        ++*at;
    const struct tagged_name *name = &article->names[*at];
    return *at < article->name_count && name->offset == entity->offset &&
           name->size == entity->size && name->type == type_of(entity->kind);
}

static void add_article(struct scores *scores, struct name_reader *reader,
                        const struct tagged_article *article)
{
    const struct entities *found =
        name_reader_run(reader, str_span(&article->text));
    for (size_t i = 0; i < article->name_count; i++)
        for (int kind = 0; kind < NAME_KIND_COUNT; kind++)
            if (type_of((enum name_kind)kind) == article->names[i].type)
                scores->kinds[kind].annotated++;
    size_t at = 0;
    for (size_t i = 0; i < found->count; i++) {
        struct score *score = &scores->kinds[found->items[i].kind];
        score->found++;
        score->right += is_right(&found->items[i], article, &at);
    }
}

void scores_add(struct scores *scores, struct name_reader *reader,
                const struct tagged *tagged)
{
    for (size_t i = 0; i < tagged->count; i++)
        add_article(scores, reader, &tagged->articles[i]);
}

struct score scores_total(const struct scores *scores)
{
    struct score total = { 0, 0, 0 };
    for (int kind = 0; kind < NAME_KIND_COUNT; kind++) {
        total.annotated += scores->kinds[kind].annotated;
        total.found += scores->kinds[kind].found;
        total.right += scores->kinds[kind].right;
    }
    return total;
}

static double percent(size_t part, size_t whole)
{
    return whole ? 100.0 * (double)part / (double)whole : 0;
}

double score_precision(struct score score)
{
    return percent(score.right, score.found);
}

double score_recall(struct score score)
{
    return percent(score.right, score.annotated);
}

double score_f1(struct score score)
{
    return percent(2 * score.right, score.found + score.annotated);
}

static void print_row(struct str *out, const char *name, struct score score)
{
    str_addf(out, "%-14s %9.2f %9.2f %9.2f %9zu\n", name,
             score_precision(score), score_recall(score), score_f1(score),
             score.annotated);
}

void scores_print(struct str *out, const struct scores *scores)
{
    static const char *const names[] = { "people", "organisations", "places" };
    str_addf(out, "%-14s %9s %9s %9s %9s\n", "", "precision", "recall", "F1",
             "names");
    for (int kind = 0; kind < NAME_KIND_COUNT; kind++)
        print_row(out, names[kind], scores->kinds[kind]);
    print_row(out, "all", scores_total(scores));
}
