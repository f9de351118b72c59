// SPDX-License-Identifier: GPL-2.0-or-later
//
// handles.hh - what is behind the opaque handles of xapian-c.h.
#ifndef NEWS_XAPIAN_C_HANDLES_HH
#define NEWS_XAPIAN_C_HANDLES_HH

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>
#include <xapian.h>

#include "xapian-c/guard.hh"
#include "xapian-c/plan.hh"
#include "xapian-c/xapian-c.h"

// Documents of each database by its UUID: a source is told which database it is
// asked in, not the how manyeth that is. Copies of a database share one.
using DocumentLists = std::map<std::string, std::set<Xapian::docid>>;

// What plans are followed with: those of the parts of a database, where they
// are open.  None: a part has no such table.
using TablePtr = std::shared_ptr<struct glass_table>;
struct Tables {
    std::vector<TablePtr> postlists, positions;
};

struct xap_db {
    Xapian::Database database;
    std::vector<std::string> directories; // of the parts; "": not known
    mutable Tables tables;                // see tables_for()
    bool remote = false;                  // some of it is on another machine
    struct xap_sharing sharing = { 0, XAP_SHARING_WORTH };
    std::shared_ptr<DocumentLists> hidden = std::make_shared<DocumentLists>();
};

// What of the query's documents is not hidden.
Xapian::Query visible(const xap_db *db, const Xapian::Query &query);
// Whether a document is hidden; `uuids` are those of the parts.
std::vector<std::string> uuids_of(const Xapian::Database &db);
bool is_hidden(const xap_db *db, const std::vector<std::string> &uuids,
               uint32_t document);

struct xap_writer {
    Xapian::WritableDatabase database;
    bool failed;
    struct error err; // why
};

struct xap_doc {
    Xapian::Document document;
    enum status failed;
    struct error err;
};

struct xap_query {
    Xapian::Query query;
    PlanPtr plan;
    bool has_windows = false; // see xap_query_has_windows()

    xap_query(const Xapian::Query &query_, PlanPtr plan_ = nullptr)
        : query(query_), plan(plan_)
    {
    }
};

// A new handle of what `make` returns, or NULL with `err` filled.
template <typename Make>
inline struct xap_query *new_query(struct error *err, Make make)
{
    struct xap_query *out = nullptr;
    guard(err, [&] {
        out = new xap_query(make());
        return STATUS_OK;
    });
    return out;
}

// Whether plans can be followed: all parts are databases on this machine, and
// nothing in them is hidden.
bool can_plan(const xap_db *db);

// The tables that a plan needs, of the revision that is being read.
Tables tables_for(const xap_db *db, const Plan &plan);

// libxapian numbers the documents of n joined databases in turn: the k-th has
// the documents k, k + n, k + 2n, ... Which one has it, from 0; the number that
// it has there; and back.
inline size_t part_of(uint32_t document, size_t n)
{
    return (document - 1) % n;
}

inline Xapian::docid own_number(uint32_t document, size_t n)
{
    return Xapian::docid((document - 1) / n + 1);
}

inline uint32_t joined_number(Xapian::docid own, size_t part, size_t n)
{
    return uint32_t((own - 1) * n + part + 1);
}

// To libxapian document 0 is a mistake; to us it is one that is not there.
inline Xapian::docid existing(uint32_t document)
{
    if (!document)
        throw Xapian::DocNotFoundError("there is no document 0");
    return document;
}

inline std::string to_string(struct span s)
{
    return std::string(s.data ? s.data : "", s.size);
}

inline struct span to_span(const std::string &s)
{
    struct span out = { s.data(), s.size() };
    return out;
}

#endif
