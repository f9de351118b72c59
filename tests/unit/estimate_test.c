/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Totals that are estimated: of many documents with words near each other. */
#include <stdlib.h>

#include "tests/unit/test_glass.h"

enum { DOCUMENTS = 60000, SURE = 1000, SLOT = 1, HITS = 10 };

/* "a" and "b" in each; side by side in every third, but "a" and "c", which are
 * in each as well, only in some of the last ones. */
static void fill_document(struct xap_doc *doc, uint32_t i, uint32_t *seed)
{
    xap_doc_add(doc, span_of("a"), 1, 1);
    xap_doc_add(doc, span_of("b"), test_glass_number(seed, 3) ? 3 : 2, 1);
    xap_doc_add(doc, span_of("c"), i > DOCUMENTS - 990 ? 2 : 4, 1);
    uint32_t more = 1 + test_glass_number(seed, 30000);
    xap_doc_add(doc, span_of("a"), 0, test_glass_number(seed, 5));
    xap_doc_add(doc, span_of("more"), 0, more);
}

static struct xap_db *open_new(void)
{
    struct error err = ERROR_INIT;
    char *path = test_glass_new("many", DOCUMENTS, fill_document);
    struct xap_db *db;
    CHECK_STATUS(xap_db_open(&db, path, &err), STATUS_OK, err);
    free(path);
    return db;
}

static struct xap_matches *ask(const struct xap_db *db, const char *second,
                               uint32_t estimate_over, uint32_t limit)
{
    struct error err = ERROR_INIT;
    struct xap_query *words[] = { xap_query_term(span_of("a"), &err),
                                  xap_query_term(span_of(second), &err) };
    struct xap_query *query = xap_query_join(XAP_PHRASE, words, 2, 2, &err);
    const struct xap_search search = {
        .query = query,
        .bm25 = { 1.6, 0, 1, 0.75, 0 },
        .limit = limit,
        .check_at_least = UINT32_MAX,
        .estimate_over = estimate_over,
        .sort_slot = SLOT,
    };
    struct xap_matches *matches;
    CHECK_STATUS(xap_search_run(&matches, db, &search, &err), STATUS_OK, err);
    xap_query_free(query);
    return matches;
}

static void check_same_hits(const struct xap_matches *a,
                            const struct xap_matches *b)
{
    CHECK_NUMBER(xap_matches_size(a), xap_matches_size(b));
    for (size_t i = 0; i < xap_matches_size(a); i++)
        CHECK_NUMBER(xap_matches_at(a, i).document,
                     xap_matches_at(b, i).document);
}

TEST(many_are_estimated_and_the_best_are_the_best)
{
    struct xap_db *db = open_new();
    uint32_t before = 0;
    for (size_t threads = 1; threads <= 4; threads *= 2) {
        xap_db_share(db, (struct xap_sharing){ threads, XAP_SHARING_WORTH });
        struct xap_matches *all = ask(db, "b", 0, HITS);
        struct xap_matches *some = ask(db, "b", SURE, HITS);
        uint32_t counted = xap_matches_total(all, NULL);
        uint32_t estimate = xap_matches_total(some, NULL);
        CHECK(!xap_matches_is_estimate(all));
        CHECK(xap_matches_is_estimate(some));
        CHECK(estimate > counted - counted / 10);
        CHECK(estimate < counted + counted / 10);
        CHECK(!before || before == estimate);
        before = estimate;
        check_same_hits(all, some);
        xap_matches_free(all);
        xap_matches_free(some);
    }

    /* No more than are sure, though in one place. */
    struct xap_matches *few = ask(db, "c", SURE, HITS);
    CHECK(!xap_matches_is_estimate(few));
    CHECK_NUMBER(xap_matches_total(few, NULL), 990);
    xap_matches_free(few);

    /* A page that is not full tells how many there are. */
    struct xap_matches *page = ask(db, "b", SURE, DOCUMENTS);
    CHECK_NUMBER(xap_matches_total(page, NULL), xap_matches_size(page));
    xap_matches_free(page);
    xap_db_free(db);
}
