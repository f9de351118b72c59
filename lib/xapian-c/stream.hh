// SPDX-License-Identifier: GPL-2.0-or-later
//
// stream.hh - the documents of one database that have a word of a plan,
// ascending.
#ifndef NEWS_XAPIAN_C_STREAM_HH
#define NEWS_XAPIAN_C_STREAM_HH

#include <algorithm>
#include <limits>

#include "glass/posting_list.h"
#include "xapian-c/handles.hh"

// The list of a term in one database.
class Postings {
  public:
    static constexpr Xapian::docid END =
        std::numeric_limits<Xapian::docid>::max();

    Postings(const struct glass_table *table, const std::string &term)
    {
        struct posting_list *opened;
        check(posting_list_new(&opened, table, to_span(term), &failure.err));
        list.reset(opened);
    }

    // Of all documents, with their lengths.
    explicit Postings(const struct glass_table *table)
    {
        struct posting_list *opened;
        check(posting_list_new_lengths(&opened, table, &failure.err));
        list.reset(opened);
    }

    Xapian::docid document() const // END: there is none
    {
        return list->document;
    }

    Xapian::termcount wdf() const
    {
        return list->wdf;
    }

    void next()
    {
        check(posting_list_next(list.get(), &failure.err));
    }

    void skip_to(Xapian::docid wanted)
    {
        check(posting_list_seek(list.get(), wanted, &failure.err));
    }

  private:
    struct FreeList {
        void operator()(struct posting_list *freed) const
        {
            posting_list_free(freed);
        }
    };

    void check(enum status rc) const
    {
        if (rc)
            throw failure;
    }

    std::unique_ptr<struct posting_list, FreeList> list;
    Failure failure = { ERROR_INIT };
};

static_assert(Postings::END == UINT32_MAX, "POSTING_END");

// Those of each term of a leaf, merged, from one document to another.
class Stream {
  public:
    Stream(const struct glass_table *table, const Plan::Leaf &leaf,
           Xapian::docid first, Xapian::docid last_)
        : last(last_)
    {
        for (const auto &term : leaf.terms) {
            lists.emplace_back(table, term);
            lists.back().skip_to(first);
        }
        look();
    }

    Xapian::docid document() const
    {
        return at;
    }

    Xapian::termcount wdf() const
    {
        Xapian::termcount count = 0;
        for (const auto &list : lists)
            if (list.document() == at)
                count += list.wdf();
        return count;
    }

    bool has(size_t term) const
    {
        return lists[term].document() == at;
    }

    Xapian::termcount wdf(size_t term) const
    {
        return has(term) ? lists[term].wdf() : 0;
    }

    size_t size() const // terms
    {
        return lists.size();
    }

    uint64_t terms() const // a bit for each that the document has
    {
        uint64_t bits = 0;
        for (size_t i = 0; i < lists.size(); i++)
            bits |= uint64_t(lists[i].document() == at) << i;
        return bits;
    }

    void next()
    {
        for (auto &list : lists)
            if (list.document() == at)
                list.next();
        look();
    }

    void skip_to(Xapian::docid wanted)
    {
        if (wanted <= at)
            return;
        for (auto &list : lists)
            if (list.document() < wanted)
                list.skip_to(wanted);
        look();
    }

  private:
    void look()
    {
        at = Postings::END;
        for (const auto &list : lists)
            at = std::min(at, list.document());
        if (at > last)
            at = Postings::END;
    }

    std::vector<Postings> lists;
    Xapian::docid at, last;
};

#endif
