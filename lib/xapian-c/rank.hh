// SPDX-License-Identifier: GPL-2.0-or-later
//
// rank.hh - the best documents for a plan, and all of them.
#ifndef NEWS_XAPIAN_C_RANK_HH
#define NEWS_XAPIAN_C_RANK_HH

#include "xapian-c/set.hh"

struct Ranked {
    Xapian::docid document; // of the joined databases
    double weight;
    uint64_t terms; // a bit for each that it has, leaf by leaf
};

struct Ranking {
    std::vector<Ranked> best; // first the best; of equal ones the lower number
    uint32_t with_all = 0;    // documents with all leaves, where counted
    bool estimated = false;   // that is an estimate
};

struct RankSettings {
    struct xap_bm25 bm25;
    size_t most;     // of the best are wanted
    bool counts_all; // those with all leaves, where none needs them
    uint32_t sure;   // more than so many in windows may be an estimate
    xap_set *all;    // where the plan needs all leaves: add all; may be null
    struct xap_sharing sharing;
};

// The best ones.  Those with all leaves are counted where a document needs
// them.
Ranking rank(const Xapian::Database &whole, const Tables &tables,
             const Plan &plan, const RankSettings &settings);

// Add all to the set, whose parts are there.
void collect(xap_set &set, const Xapian::Database &whole, const Tables &tables,
             const Plan &plan, const struct xap_sharing &sharing);

#endif
