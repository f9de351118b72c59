/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is answered without libxapian's matcher (lib/xapian-c/rank.hh) is what
 * libxapian answers.  That is asked by the same question in a filter of all
 * documents, which libxapian answers always.
 */
#include <math.h>
#include <stdlib.h>

#include "base/number.h"
#include "tests/unit/test_glass.h"

enum { WORDS = 8, DOCUMENTS = 700, PARTS = 5, SLOT = 3, POSITIONS = 30 };

static const struct xap_bm25 bm25 = { 1.6, 0, 1, 0.75, 0 };

/* No two words stand at the same. */
static uint32_t next_position(uint32_t *state, bool *taken)
{
    uint32_t position;
    do
        position = test_glass_number(state, POSITIONS);
    while (taken[position]);
    taken[position] = true;
    return position + 1;
}

/* The word "a" is in every second document, "b" in every third, and so on; "x"
 * in some of this database alone. */
static void write_database(const char *path, uint32_t seed, bool has_x)
{
    struct error err = ERROR_INIT;
    struct xap_writer *writer;
    struct xap_doc *doc = xap_doc_new();
    CHECK_STATUS(xap_writer_open(&writer, path, XAP_CREATE, &err), STATUS_OK,
                 err);
    for (int i = 0; i < DOCUMENTS; i++) {
        char value[8];
        bool taken[POSITIONS] = { false };
        xap_doc_clear(doc);
        snprintf(value, sizeof(value), "%04u", test_glass_number(&seed, 10000));
        xap_doc_set_value(doc, SLOT, span_of(value));
        for (uint32_t word = 0; word < WORDS; word++) {
            const char letter = (char)('a' + word);
            uint32_t times = 1 + test_glass_number(&seed, 3);
            if (test_glass_number(&seed, word * word + 2))
                continue;
            xap_doc_add(doc, (struct span){ &letter, 1 }, 0, times);
            while (times--)
                xap_doc_add(doc, (struct span){ &letter, 1 },
                            next_position(&seed, taken), 0);
        }
        if (has_x && !test_glass_number(&seed, 40))
            xap_doc_add(doc, span_of("x"), 0, 1 + test_glass_number(&seed, 9));
        xap_doc_add(doc, span_of("other"), 0, test_glass_number(&seed, 50));
        CHECK_STATUS(xap_writer_add(writer, doc, NULL, &err), STATUS_OK, err);
    }
    for (uint32_t i = 1; i < DOCUMENTS; i += 9)
        CHECK_STATUS(xap_writer_delete(writer, i, &err), STATUS_OK, err);
    xap_doc_free(doc);
    CHECK_STATUS(xap_writer_close(writer, &err), STATUS_OK, err);
}

static struct xap_db *open_parts(uint32_t parts)
{
    static uint32_t count;
    char path[512];
    struct error err = ERROR_INIT;
    struct xap_db *db;
    CHECK_STATUS(xap_db_new(&db, &err), STATUS_OK, err);
    for (uint32_t i = 0; i < parts; i++) {
        snprintf(path, sizeof(path), "%s/db%u", test_directory(), count++);
        write_database(path, i + 1, i);
        CHECK_STATUS(xap_db_add(db, path, &err), STATUS_OK, err);
    }
    return db;
}

/* "a|b|c" are one word, "^" makes it count more. */
static struct xap_query *make_word(struct span text)
{
    struct xap_query *parts[WORDS];
    size_t count = 0;
    struct span name;
    bool stressed = text.size && text.data[text.size - 1] == '^';
    text.size -= stressed;
    while (span_next(&text, '|', &name))
        parts[count++] = xap_query_term(name, NULL);
    struct xap_query *word = xap_query_join(XAP_SYNONYM, parts, count, 0, NULL);
    return stressed ? xap_query_scale(word, 2.5, NULL) : word;
}

static struct xap_query *make_query(const char *words, enum xap_operator op)
{
    struct xap_query *parts[3 * WORDS];
    size_t count = 0;
    struct span rest = span_of(words), word;
    while (span_next(&rest, ' ', &word))
        parts[count++] = make_word(word);
    return xap_query_join(op, parts, count, 0, NULL);
}

static struct xap_query *in_a_filter(const struct xap_query *query)
{
    struct xap_query *parts[] = { xap_query_copy(query, NULL),
                                  xap_query_all(NULL) };
    return xap_query_join(XAP_FILTER, parts, 2, 0, NULL);
}

static struct xap_matches *ask(const struct xap_db *db,
                               const struct xap_query *query, uint32_t offset,
                               uint32_t limit)
{
    struct error err = ERROR_INIT;
    const struct xap_search search = {
        .query = query,
        .bm25 = bm25,
        .offset = offset,
        .limit = limit,
        .sort_slot = SLOT,
        .count_all = true,
        .keeps_set = true,
    };
    struct xap_matches *matches;
    CHECK_STATUS(xap_search_run(&matches, db, &search, &err), STATUS_OK, err);
    return matches;
}

static bool on_term(void *payload, struct span term, uint32_t count)
{
    (void)count;
    str_add(payload, term);
    str_add_char(payload, ' ');
    return true;
}

static void check_match(const struct xap_matches *ours,
                        const struct xap_matches *theirs, size_t i)
{
    struct xap_match a = xap_matches_at(ours, i), b = xap_matches_at(theirs, i);
    CHECK_NUMBER(a.document, b.document);
    CHECK_NUMBER(a.rank, b.rank);
    CHECK(fabs(a.weight - b.weight) <= 1e-12 * b.weight);
    struct str terms[2] = { STR_INIT, STR_INIT };
    xap_matches_each_term(ours, i, on_term, &terms[0], NULL);
    xap_matches_each_term(theirs, i, on_term, &terms[1], NULL);
    CHECK_STR(terms[0].data, terms[1].data);
    str_release(&terms[0]);
    str_release(&terms[1]);
}

static void check_same(const struct xap_db *db, const struct xap_set *a,
                       const struct xap_set *b)
{
    struct error err = ERROR_INIT;
    struct xap_db_figures figures;
    CHECK_STATUS(xap_db_measure(db, &figures, &err), STATUS_OK, err);
    CHECK_NUMBER(xap_set_size(a), xap_set_size(b));
    for (uint32_t i = 0; i <= figures.last_document; i++)
        CHECK(xap_set_has(a, i) == xap_set_has(b, i));
}

/* What all were that the search went over. */
static void check_kept(const struct xap_db *db, const struct xap_query *query,
                       struct xap_matches *matches, bool is_kept)
{
    struct error err = ERROR_INIT;
    struct xap_set *kept = xap_matches_take_set(matches), *all;
    CHECK(!kept == !is_kept);
    CHECK(!xap_matches_take_set(matches));
    CHECK_STATUS(xap_set_new(&all, db, query, &err), STATUS_OK, err);
    if (kept)
        check_same(db, kept, all);
    xap_set_free(kept);
    xap_set_free(all);
}

static uint32_t check_set(const struct xap_db *db, const struct xap_query *ours,
                          const struct xap_query *theirs)
{
    struct error err = ERROR_INIT;
    struct xap_set *a, *b;
    CHECK_STATUS(xap_set_new(&a, db, ours, &err), STATUS_OK, err);
    CHECK_STATUS(xap_set_new(&b, db, theirs, &err), STATUS_OK, err);
    check_same(db, a, b);
    uint32_t size = xap_set_size(a);
    xap_set_free(a);
    xap_set_free(b);
    return size;
}

/* `with_all` documents have all the words. */
static void check(const struct xap_db *db, struct xap_query *query,
                  enum xap_operator op, uint32_t with_all)
{
    struct xap_query *filter = in_a_filter(query);
    uint32_t total = check_set(db, query, filter);
    for (uint32_t offset = 0; offset < 100; offset += 35) {
        struct xap_matches *ours = ask(db, query, offset, offset + 7);
        struct xap_matches *theirs = ask(db, filter, offset, offset + 7);
        CHECK_NUMBER(xap_matches_size(ours), xap_matches_size(theirs));
        for (size_t i = 0; i < xap_matches_size(theirs); i++)
            check_match(ours, theirs, i);
        bool exact, known;
        uint32_t found = xap_matches_total(ours, &exact);
        if (op == XAP_AND)
            CHECK(exact && found == total && total == with_all);
        if (!offset)
            check_kept(db, query, ours, op == XAP_AND);
        found = xap_matches_with_all(ours, &known);
        CHECK(!known || found == with_all);
        CHECK(known == (op == XAP_OR));
        xap_matches_free(ours);
        xap_matches_free(theirs);
    }
    xap_query_free(query);
    xap_query_free(filter);
}

static void check_words(const struct xap_db *db, const char *words)
{
    struct xap_query *all = make_query(words, XAP_AND);
    struct xap_query *any = make_query(words, XAP_OR);
    struct xap_query *parts[] = { xap_query_copy(any, NULL),
                                  xap_query_copy(all, NULL) };
    struct xap_query *filter = in_a_filter(all);
    uint32_t with_all = check_set(db, all, filter);
    xap_query_free(filter);
    check(db, all, XAP_AND, with_all);
    check(db, any, strchr(words, ' ') ? XAP_OR : XAP_AND, with_all);
    check(db, xap_query_join(XAP_AND_NOT, parts, 2, 0, NULL), XAP_AND_NOT,
          with_all);
}

static const char *const questions[] = {
    "a",       "h",       "x",         "none",       "a b",
    "a x",     "b h x",   "a b c d",   "d e f g h",  "a b c d e f g h x",
    "a none",  "a b|c",   "a^ b",      "a h^ x^",    "c|d",
    "a|b|c",   "none|x",  "c|d e|f|x", "a b|x g|h^", "a|b|c|d|e|f|g|h",
    "b f|g|h", "none|no",
};
enum { QUESTIONS = sizeof(questions) / sizeof(*questions) };

TEST(words_are_ranked_as_libxapian_does)
{
    struct xap_db *db = open_parts(2);
    for (size_t i = 0; i < QUESTIONS; i++)
        check_words(db, questions[i]);
    xap_db_free(db);
}

/* Any of the letters from `*at` on that "|" stands between. */
static struct xap_query *make_side(struct span words, size_t *at)
{
    struct xap_query *parts[WORDS];
    size_t count = 0;
    do
        parts[count++] =
            xap_query_term((struct span){ words.data + (*at)++, 1 }, NULL);
    while (*at < words.size && words.data[*at] == '|' && (*at)++);
    return xap_query_join(XAP_OR, parts, count, 0, NULL);
}

/* Words of one letter; "w/" or "pre/" with a number in front of them makes them
 * stand in a window, in that order or in any. */
static struct xap_query *make_window(struct span text)
{
    struct span words = text;
    enum xap_operator op = span_starts(text, "pre/") ? XAP_PHRASE
                           : span_starts(text, "w/") ? XAP_NEAR
                                                     : XAP_SYNONYM;
    uint64_t length = 0;
    if (op == XAP_SYNONYM)
        return xap_query_term(text, NULL);
    span_next(&words, '/', &text);
    number_parse((struct span){ words.data, 1 }, 9, &length);
    words = span_slice(words, 1, words.size);
    struct xap_query *parts[WORDS];
    size_t count = 0;
    for (size_t at = 0; at < words.size;)
        parts[count++] = make_side(words, &at);
    return xap_query_join(op, parts, count, (uint32_t)length, NULL);
}

static struct xap_query *make_windows(const char *text)
{
    struct xap_query *parts[WORDS];
    size_t count = 0;
    struct span rest = span_of(text), part;
    while (span_next(&rest, ' ', &part))
        parts[count++] = make_window(part);
    return xap_query_join(XAP_AND, parts, count, 0, NULL);
}

/* All that is told of the answers, to the last bit. */
static void describe(struct str *out, const struct xap_db *db,
                     const struct xap_query *query)
{
    struct error err = ERROR_INIT;
    struct xap_matches *matches = ask(db, query, 0, 30);
    bool exact, known;
    uint32_t total = xap_matches_total(matches, &exact);
    uint32_t with_all = xap_matches_with_all(matches, &known);
    str_addf(out, "%u %d %u %d", total, exact, with_all, known);
    for (size_t i = 0; i < xap_matches_size(matches); i++) {
        struct xap_match match = xap_matches_at(matches, i);
        str_addf(out, "\n%u %a ", match.document, match.weight);
        xap_matches_each_term(matches, i, on_term, out, NULL);
    }
    xap_matches_free(matches);
    struct xap_set *set;
    CHECK_STATUS(xap_set_new(&set, db, query, &err), STATUS_OK, err);
    str_addf(out, "\nset of %u:", xap_set_size(set));
    for (uint32_t i = 0; i < 2 * PARTS * DOCUMENTS; i++)
        str_add_char(out, xap_set_has(set, i) ? '1' : '0');
    xap_set_free(set);
}

static void check_threads(struct xap_db *db, const struct xap_query *query)
{
    struct str alone = STR_INIT, shared = STR_INIT;
    xap_db_share(db, (struct xap_sharing){ 1, 0 });
    describe(&alone, db, query);
    for (size_t threads = 2; threads <= 4; threads += 2) {
        xap_db_share(db, (struct xap_sharing){ threads, 0 });
        str_clear(&shared);
        describe(&shared, db, query);
        CHECK_STR(shared.data, alone.data);
    }
    str_release(&alone);
    str_release(&shared);
}

TEST(answers_do_not_depend_on_threads)
{
    struct xap_db *db = open_parts(PARTS);
    for (size_t i = 0; i < QUESTIONS; i++) {
        struct xap_query *all = make_query(questions[i], XAP_AND);
        struct xap_query *any = make_query(questions[i], XAP_OR);
        struct xap_query *parts[] = { xap_query_copy(any, NULL),
                                      xap_query_copy(all, NULL) };
        struct xap_query *rest = xap_query_join(XAP_AND_NOT, parts, 2, 0, NULL);
        check_threads(db, all);
        check_threads(db, any);
        check_threads(db, rest);
        xap_query_free(all);
        xap_query_free(any);
        xap_query_free(rest);
    }
    struct xap_query *windows = make_windows("pre/9ba w/9bc");
    check_threads(db, windows);
    xap_query_free(windows);
    xap_db_free(db);
}

/* Documents of so many words that they do not fit into what libxapian keeps in
 * memory. */
static void add_wide_documents(const char *path)
{
    enum { COUNT = 3, WIDTH = 3000 };
    struct error err = ERROR_INIT;
    for (int i = 0; i < COUNT; i++) {
        struct xap_writer *writer;
        struct xap_doc *doc = xap_doc_new();
        for (int word = 0; word < WIDTH; word++) {
            char name[16];
            int size = snprintf(name, sizeof(name), "a%d", word);
            xap_doc_add(doc, (struct span){ name, (size_t)size }, 0, 1);
        }
        CHECK_STATUS(xap_writer_open(&writer, path, XAP_CREATE_OR_OPEN, &err),
                     STATUS_OK, err);
        CHECK_STATUS(xap_writer_add(writer, doc, NULL, &err), STATUS_OK, err);
        CHECK_STATUS(xap_writer_close(writer, &err), STATUS_OK, err);
        xap_doc_free(doc);
    }
}

TEST(a_part_that_moved_is_told_by_any_thread)
{
    struct xap_db *db;
    struct error err = ERROR_INIT;
    char path[512];
    CHECK_STATUS(xap_db_new(&db, &err), STATUS_OK, err);
    for (uint32_t i = 0; i < 3; i++) {
        snprintf(path, sizeof(path), "%s/moves%u", test_directory(), i);
        add_wide_documents(path);
        CHECK_STATUS(xap_db_add(db, path, &err), STATUS_OK, err);
    }
    struct xap_query *query = make_query("a1 a2999", XAP_AND);
    add_wide_documents(path);
    for (size_t threads = 1; threads <= 3; threads++) {
        struct xap_set *set;
        xap_db_share(db, (struct xap_sharing){ threads, 0 });
        CHECK_STATUS(xap_set_new(&set, db, query, &err), STATUS_STALE, err);
        CHECK(!set);
    }
    xap_query_free(query);
    xap_db_free(db);
}

static void check_windows(const struct xap_db *db, const char *text,
                          bool is_found)
{
    struct xap_query *query = make_windows(text);
    struct xap_query *filter = in_a_filter(query);
    CHECK(!xap_query_has_windows(query));
    CHECK(xap_query_has_windows(filter));
    uint32_t with_all = check_set(db, query, filter);
    CHECK(!with_all == !is_found);
    xap_query_free(filter);
    check(db, query, XAP_AND, with_all);
}

TEST(windows_are_ranked_as_libxapian_does)
{
    static const char *const windows[] = {
        "pre/2ab",
        "pre/2ba",
        "pre/3abc",
        "pre/5abc",
        "pre/2aa",
        "pre/4aa",
        "pre/9ca",
        "pre/2ab a",
        "pre/2ab b c",
        "pre/9ab pre/9bc",
        "w/2ab",
        "w/9ab",
        "w/5ba pre/3ca",
        "pre/9bac",
        "pre/9aaa",
        "w/2a|bc|d",
        "pre/3a|cb|c",
        "pre/9a|b|cd a",
        "w/9e|fa|b|c pre/5ab",
    };
    struct xap_db *db = open_parts(2);
    for (size_t i = 0; i < sizeof(windows) / sizeof(*windows); i++)
        check_windows(db, windows[i], true);
    check_windows(db, "pre/2ay", false);
    check_windows(db, "w/2yz a", false);
    xap_db_free(db);
}

/* More words than are planned for are libxapian's. */
TEST(long_questions_are_answered_too)
{
    struct xap_db *db = open_parts(2);
    struct xap_query *query =
        make_query("a b c d e f g h x other a b c d e f g h", XAP_OR);
    struct xap_matches *matches = ask(db, query, 0, 10);
    bool known;
    CHECK_NUMBER(xap_matches_size(matches), 10);
    xap_matches_with_all(matches, &known);
    CHECK(!known);
    xap_matches_free(matches);
    xap_query_free(query);
    xap_db_free(db);
}
