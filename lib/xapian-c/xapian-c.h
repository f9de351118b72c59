/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xapian-c.h - the part of libxapian that we use, in C.
 *
 * Rules of this boundary:
 *  - no exception crosses it; each function reports by status and error;
 *  - handles are opaque and owned by the caller; xap_*_free(NULL) is a no-op;
 *  - text goes in as spans and comes out appended to the caller's str, or as a
 *    span that is valid during a callback;
 *  - it knows nothing of news: no field names, no prefixes, no policy.
 *
 * Statuses: NOT_FOUND (no database, document or host), LOCKED (another
 * writer), STALE (the revision being read is gone: refresh and ask again),
 * CORRUPT, IO, UNREACHABLE (another machine does not answer), TOO_BIG (a term
 * over 245 bytes), BAD_QUERY, INTERNAL.  A handle is used by one thread at a
 * time; in functions that are about one part, by one for each.
 */
#ifndef NEWS_XAPIAN_C_H
#define NEWS_XAPIAN_C_H

#include "base/error.h"
#include "base/str.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { XAP_TERM_MAX = 245 }; /* bytes; a zero byte counts two */

struct xap_db;      /* a read snapshot of one or several databases */
struct xap_writer;  /* the single writer of one database           */
struct xap_doc;     /* a document being built                      */
struct xap_query;   /* an immutable query tree                     */
struct xap_matches; /* a ranked page of results                    */
struct xap_set;     /* which documents match                       */

/* The version of libxapian in use, "1.4.22". */
const char *xap_version(void);

/* ---- Reading ---------------------------------------------------------- */

/* An empty set of databases, to be filled with the two below; or one. */
enum status xap_db_new(struct xap_db **out, struct error *err);
enum status xap_db_open(struct xap_db **out, const char *path,
                        struct error *err);
/* One that xapian-tcpsrv(1) serves; `timeout_ms` is for the connection and for
 * each answer. */
enum status xap_db_open_remote(struct xap_db **out, const char *host,
                               unsigned port, unsigned timeout_ms,
                               struct error *err);
/* Whether it still answers; always OK for what is local. */
enum status xap_db_ping(const struct xap_db *db, struct error *err);
/* Whether some of it is on another machine. */
bool xap_db_is_remote(const struct xap_db *db);
void xap_db_free(struct xap_db *db);

/* Search `path` (a database or a stub file) together with what is there. */
enum status xap_db_add(struct xap_db *db, const char *path, struct error *err);
/* The same for a database that is open already; it stays the caller's. */
enum status xap_db_join(struct xap_db *db, const struct xap_db *other,
                        struct error *err);

/*
 * How searches and sets of it use several processors, each for some of the
 * databases.  What comes out does not depend on it.  Not where some of it is
 * on another machine, nor for queries that are libxapian's own to answer.
 */
struct xap_sharing {
    size_t threads; /* at most; 0: as many as there are processors */
    uint64_t worth; /* entries of lists to go through that are worth one */
};
enum { XAP_SHARING_WORTH = 8000 }; /* unless told otherwise */
void xap_db_share(struct xap_db *db, struct xap_sharing sharing);
/* How many threads are worth it to the caller, who can have so many entries
 * gone through beside the longest piece of his work. */
size_t xap_db_threads(const struct xap_db *db, uint64_t entries);

/* From now on no search, set or walk over documents finds this one, as if it
 * were deleted already; counts of terms and measures still have it.  Joined
 * later, it stays hidden there, but only where all of that is on this
 * machine.  None is fine. */
enum status xap_db_hide(struct xap_db *db, uint32_t document,
                        struct error *err);

/* Move to the newest revision of each database; `*changed` may be NULL.  A
 * stub whose list of databases was replaced must be opened anew instead. */
enum status xap_db_refresh(struct xap_db *db, bool *changed, struct error *err);

struct xap_db_figures {
    uint32_t documents;
    uint32_t last_document; /* the highest document number ever used */
    double average_length;  /* terms of a document, wdf counted */
    uint64_t total_length;
    bool has_positions;
};
enum status xap_db_measure(const struct xap_db *db, struct xap_db_figures *out,
                           struct error *err);

/* Callbacks return false to stop; the functions then return STATUS_OK. */
typedef bool xap_on_term(void *payload, struct span term, uint32_t count);
typedef bool xap_on_number(void *payload, uint32_t number);
typedef bool xap_on_pair(void *payload, struct span key, struct span value);

/*
 * Whether a part from which documents were deleted has the term in all that are
 * left.  Where such a term has no weight of its own, as within XAP_SYNONYM,
 * libxapian 1.4 walks the list of all documents under the term's name instead,
 * and loses its way ("Unexpected end of posting list").  False where
 * some of it is on another machine.
 */
bool xap_db_has_in_all(const struct xap_db *db, struct span term);

/* How many databases it is made of. */
size_t xap_db_parts(const struct xap_db *db);
/* The number, in all of it, of a document that has the number `own` in one
 * part: libxapian numbers those of the parts in turn. */
uint32_t xap_db_document(const struct xap_db *db, size_t part, uint32_t own);
/* The same as the next, and the number of the last document, of one part. */
enum status xap_db_part_metadata(const struct xap_db *db, size_t part,
                                 struct span key, struct str *out,
                                 uint32_t *last_document, struct error *err);
/* Append the value of a metadata key; nothing where there is none. */
enum status xap_db_metadata(const struct xap_db *db, struct span key,
                            struct str *out, struct error *err);
/* Each metadata key that begins with `prefix`, in byte order. */
enum status xap_db_each_metadata(const struct xap_db *db, struct span prefix,
                                 xap_on_pair *on_pair, void *payload,
                                 struct error *err);

/* Number of documents with the term, and its occurrences in all of them. */
enum status xap_db_frequency(const struct xap_db *db, struct span term,
                             uint32_t *documents, uint64_t *occurrences,
                             struct error *err);
/* Each term that begins with `prefix`, in byte order, with its frequency. */
enum status xap_db_each_term(const struct xap_db *db, struct span prefix,
                             xap_on_term *on_term, void *payload,
                             struct error *err);
/* The same without the frequencies, for a callback that knows what to pass
 * over: where it puts something into the empty `next`, the walk goes on with
 * the first term that is not before that. */
typedef bool xap_on_walk(void *payload, struct span term, struct str *next);
enum status xap_db_walk_terms(const struct xap_db *db, struct span prefix,
                              xap_on_walk *on_walk, void *payload,
                              struct error *err);
/* Each document with the term (empty: each document), ascending. */
enum status xap_db_each_document(const struct xap_db *db, struct span term,
                                 xap_on_number *on_document, void *payload,
                                 struct error *err);
/* The first document with the term; NOT_FOUND where there is none. */
enum status xap_db_first_document(const struct xap_db *db, struct span term,
                                  uint32_t *out, struct error *err);

/* Add to each of `counts` how often (the wdf) the document in the same place
 * has the term; `documents` ascend. */
enum status xap_db_add_counts(const struct xap_db *db, struct span term,
                              const uint32_t *documents, size_t count,
                              uint32_t *counts, struct error *err);

/* Of one document; NOT_FOUND where there is no such number. */
enum status xap_db_data(const struct xap_db *db, uint32_t document,
                        struct str *out, struct error *err);
enum status xap_db_value(const struct xap_db *db, uint32_t document,
                         unsigned slot, struct str *out, struct error *err);
/* Its terms in byte order; `count` is the wdf. */
enum status xap_db_each_document_term(const struct xap_db *db,
                                      uint32_t document, xap_on_term *on_term,
                                      void *payload, struct error *err);
enum status xap_db_each_position(const struct xap_db *db, uint32_t document,
                                 struct span term, xap_on_number *on_position,
                                 void *payload, struct error *err);
/* How many documents have a value in a slot, the smallest and the largest of
 * them (bounds: they may be of documents since deleted). */
enum status xap_db_value_bounds(const struct xap_db *db, unsigned slot,
                                uint32_t *count, struct str *lowest,
                                struct str *highest, struct error *err);

/* ---- Looking closely: what a check or a comparison needs -------------- */

/* Of the lengths of documents that are not empty; 0 where there are none. */
struct xap_length_bounds {
    uint32_t shortest, longest;
};
enum status xap_db_bounds(const struct xap_db *db,
                          struct xap_length_bounds *out, struct error *err);
/* What the wdf of a term does not pass in any document. */
enum status xap_db_wdf_bound(const struct xap_db *db, struct span term,
                             uint32_t *out, struct error *err);

/* A document in the list of a term; positions ascend. */
struct xap_posting {
    uint32_t document, wdf, length;
    const uint32_t *positions;
    size_t position_count;
};
typedef bool xap_on_posting(void *payload, const struct xap_posting *posting);
/* Each document with the term (empty: each document, without positions). */
enum status xap_db_each_posting(const struct xap_db *db, struct span term,
                                xap_on_posting *on_posting, void *payload,
                                struct error *err);

/* `number` is the document's, or the slot's where one document is asked. */
typedef bool xap_on_value(void *payload, uint32_t number, struct span value);
/* The values in a slot of those documents that one part has, by their numbers
 * in all of it.  The documents ascend. */
enum status xap_db_part_values(const struct xap_db *db, size_t part,
                               unsigned slot, const uint32_t *documents,
                               size_t count, xap_on_value *on_value,
                               void *payload, struct error *err);
enum status xap_db_each_value(const struct xap_db *db, unsigned slot,
                              xap_on_value *on_value, void *payload,
                              struct error *err);
enum status xap_db_each_document_value(const struct xap_db *db,
                                       uint32_t document,
                                       xap_on_value *on_value, void *payload,
                                       struct error *err);

/* ---- Whole databases -------------------------------------------------- */

/* libxapian's own check of one database; what it prints goes to `report`
 * (may be NULL).  CORRUPT where it finds errors. */
enum status xap_check(const char *path, struct str *report, struct error *err);

/* Write one database holding the documents of all `sources`, in their order,
 * numbered from 1.  Where a metadata key occurs more than once the first is
 * kept.  IO where `destination` exists, whatever it is. */
enum status xap_compact(const char *destination, const char *const *sources,
                        size_t source_count, struct error *err);

/* ---- Writing ---------------------------------------------------------- */

enum xap_mode { XAP_CREATE, XAP_OPEN, XAP_CREATE_OR_OPEN };

/* Nothing is visible to readers before xap_writer_commit().  A writer keeps a
 * failure of libxapian: what was not committed is lost then, and every later
 * call is INTERNAL.  A document's own failure leaves it as it was. */
enum status xap_writer_open(struct xap_writer **out, const char *path,
                            enum xap_mode mode, struct error *err);
enum status xap_writer_add(struct xap_writer *writer, const struct xap_doc *doc,
                           uint32_t *document, struct error *err);
enum status xap_writer_delete(struct xap_writer *writer, uint32_t document,
                              struct error *err); /* none is fine */
/* Put the document in the place of another, or where none is; NOT_FOUND for
 * document 0. */
enum status xap_writer_replace(struct xap_writer *writer, uint32_t document,
                               const struct xap_doc *doc, struct error *err);
/* An empty value removes the key. */
enum status xap_writer_set_metadata(struct xap_writer *writer, struct span key,
                                    struct span value, struct error *err);
enum status xap_writer_commit(struct xap_writer *writer, struct error *err);
/* Commit and free: the handle is gone whatever the status.  NULL is fine. */
enum status xap_writer_close(struct xap_writer *writer, struct error *err);
/* Free without committing. */
void xap_writer_abandon(struct xap_writer *writer);

/* Building a document is sticky: the first failure is kept in the handle,
 * later calls do nothing, and xap_writer_add() reports it. */
struct xap_doc *xap_doc_new(void);
void xap_doc_clear(struct xap_doc *doc); /* for the next document */
void xap_doc_free(struct xap_doc *doc);
/* `wdf` more occurrences of the term, at `position` unless that is 0. */
void xap_doc_add(struct xap_doc *doc, struct span term, uint32_t position,
                 uint32_t wdf);
void xap_doc_set_value(struct xap_doc *doc, unsigned slot, struct span value);
void xap_doc_set_data(struct xap_doc *doc, struct span data);
/* The terms so far, in byte order; `count` is the wdf. */
enum status xap_doc_each_term(const struct xap_doc *doc, xap_on_term *on_term,
                              void *payload, struct error *err);

/* ---- Queries ---------------------------------------------------------- */

enum xap_operator {
    XAP_AND,
    XAP_OR,
    XAP_AND_NOT,
    XAP_AND_MAYBE, /* the first decides, the others add weight */
    XAP_FILTER,    /* the first, where the others match too, without weight */
    XAP_NEAR,      /* within `window` positions, any order */
    XAP_PHRASE,    /* within `window` positions, in order */
    XAP_SYNONYM,   /* any of them, weighted as if they were one term */
    XAP_MAX,       /* any of them, the greatest weight counts */
};

/* Constructors return a handle or NULL with `err` filled; the ones that take
 * parts consume them, also on failure, and a NULL part is a failure passed
 * on, so that a tree is checked once, at its root. */
struct xap_query *xap_query_all(struct error *err);
struct xap_query *xap_query_none(struct error *err);
struct xap_query *xap_query_term(struct span term, struct error *err);
struct xap_query *xap_query_join(enum xap_operator op, struct xap_query **parts,
                                 size_t count, uint32_t window,
                                 struct error *err);
/* By a factor over 0 (see xap_db_has_in_all()). */
struct xap_query *xap_query_scale(struct xap_query *part, double factor,
                                  struct error *err);
/* Values from `low` to `high`, inclusive; a NULL end is open. */
struct xap_query *xap_query_range(unsigned slot, const struct span *low,
                                  const struct span *high, struct error *err);
/* These documents of `db`, without weight; for as long as it is not reopened,
 * and only where all of it is on this machine. */
struct xap_query *xap_query_documents(const struct xap_db *db,
                                      const uint32_t *documents, size_t count,
                                      struct error *err);
struct xap_query *xap_query_copy(const struct xap_query *query,
                                 struct error *err);
void xap_query_free(struct xap_query *query);
bool xap_query_is_none(const struct xap_query *query);
/* Whether libxapian has to look into XAP_NEAR or XAP_PHRASE for it.  To see
 * whether a document matches costs more then than to weigh it: a search that
 * counts all of them on the way (check_at_least) costs less than to count them
 * once more. */
bool xap_query_has_windows(const struct xap_query *query);
/* libxapian's own description, for --explain. */
void xap_query_describe(const struct xap_query *query, struct str *out);

/* ---- Sets of documents ------------------------------------------------ */

/* The documents of `db` that match; the set keeps the snapshot that they are
 * of until xap_db_refresh(); the caller frees it.  Only where all of `db` is on
 * this machine. */
enum status xap_set_new(struct xap_set **out, const struct xap_db *db,
                        const struct xap_query *query, struct error *err);
void xap_set_free(struct xap_set *set);
uint32_t xap_set_size(const struct xap_set *set);
bool xap_set_has(const struct xap_set *set, uint32_t document);

/*
 * What follows is about one part (xap_db_parts()), which numbers its documents
 * itself: from `first` to `last`, as xap_db_document() knows them.
 */

/* A bit for each document, beginning with number 0; valid as the set is. */
const uint64_t *xap_set_bits(const struct xap_set *set, size_t part,
                             uint32_t *last);
/* Each of its documents with a value in the slot, ascending; by its number in
 * the part. */
enum status xap_set_each_value(const struct xap_set *set, size_t part,
                               uint32_t first, uint32_t last, unsigned slot,
                               xap_on_value *on_value, void *payload,
                               struct error *err);

/* ---- Searching -------------------------------------------------------- */

/* BM25 (Robertson and Walker 1994; Xapian::BM25Weight). */
struct xap_bm25 {
    double k1, k2, k3, b, min_normlen;
};

enum xap_order {
    XAP_BY_RELEVANCE,        /* ties: `sort_slot`, descending */
    XAP_BY_VALUE_DESCENDING, /* ties: relevance; what has no value comes last */
    XAP_BY_VALUE_ASCENDING,  /* likewise */
    XAP_BY_VALUE_AND_NUMBER, /* ascending, what has no value first; ties: the
                                document's number */
    XAP_BY_NUMBER,           /* ascending; `sort_slot` does not count */
};

enum { XAP_FACETS_MAX = 16 };

/* `count` documents among those that match have this value in the facet's
 * slot.  A value may come many times; the sum counts.  During the search, so a
 * search that fails has counted a part. */
typedef void xap_on_facet(void *payload, size_t facet, struct span value,
                          uint32_t count);

struct xap_search {
    const struct xap_query *query;
    struct xap_bm25 bm25;
    uint32_t offset, limit;
    uint32_t check_at_least; /* the count is exact up to this many */
    uint32_t estimate_over; /* above this many, that of a query with windows may
                               be an estimate; 0: never */
    bool count_all; /* of a query that is XAP_OR, see xap_matches_with_all() */
    bool keeps_set; /* see xap_matches_take_set() */
    enum xap_order order;
    unsigned sort_slot;
    unsigned facet_slots[XAP_FACETS_MAX];
    size_t facet_count;
    xap_on_facet *on_facet; /* of the documents looked at: check_at_least */
    void *payload;
};

struct xap_match {
    uint32_t document;
    uint32_t rank; /* from 0, offset included */
    double weight;
};

enum status xap_search_run(struct xap_matches **out, const struct xap_db *db,
                           const struct xap_search *search, struct error *err);
void xap_matches_free(struct xap_matches *matches);
size_t xap_matches_size(const struct xap_matches *matches);
/* How many match in all; `*exact` may be NULL. */
uint32_t xap_matches_total(const struct xap_matches *matches, bool *exact);
/* Whether that is an estimate from the windows of many of the documents, which
 * is as good as it can be without looking into all: see `estimate_over`. */
bool xap_matches_is_estimate(const struct xap_matches *matches);
/* How many documents have every part of a query that is XAP_OR, which costs
 * less than to count them with another; `*known` is false where that would not.
 */
uint32_t xap_matches_with_all(const struct xap_matches *matches, bool *known);
/* All that match, the caller's from then on; NULL where they were not to be
 * kept or the search did not go over all of them. */
struct xap_set *xap_matches_take_set(struct xap_matches *matches);
struct xap_match xap_matches_at(const struct xap_matches *matches, size_t i);
enum status xap_matches_data(const struct xap_matches *matches, size_t i,
                             struct str *out, struct error *err);
/* The query's terms that the match contains; `count` is 0. */
enum status xap_matches_each_term(const struct xap_matches *matches, size_t i,
                                  xap_on_term *on_term, void *payload,
                                  struct error *err);

#ifdef __cplusplus
}
#endif

#endif
