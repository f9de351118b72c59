// SPDX-License-Identifier: GPL-2.0-or-later
//
// stream.hh - the documents of one database that have a word of a plan,
// ascending.
#ifndef NEWS_XAPIAN_C_STREAM_HH
#define NEWS_XAPIAN_C_STREAM_HH

#include <algorithm>
#include <limits>

#include "xapian-c/handles.hh"

// The list of a term in one database.
class Postings {
  public:
    static constexpr Xapian::docid END =
        std::numeric_limits<Xapian::docid>::max();

    Postings(const Xapian::Database &part, const std::string &term)
        : list(part.postlist_begin(term))
    {
        look();
    }

    Xapian::docid document() const // END: there is none
    {
        return at;
    }

    Xapian::termcount wdf() const
    {
        return list.get_wdf();
    }

    void next()
    {
        ++list;
        look();
    }

    void skip_to(Xapian::docid wanted)
    {
        list.skip_to(wanted);
        look();
    }

  private:
    void look()
    {
        at = list == Xapian::PostingIterator() ? END : *list;
    }

    Xapian::PostingIterator list;
    Xapian::docid at;
};

// Those of each term of a leaf, merged.
class Stream {
  public:
    Stream(const Xapian::Database &part, const Plan::Leaf &leaf)
    {
        for (const auto &term : leaf.terms)
            lists.emplace_back(part, term);
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
    }

    std::vector<Postings> lists;
    Xapian::docid at;
};

#endif
