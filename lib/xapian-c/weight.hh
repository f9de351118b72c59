// SPDX-License-Identifier: GPL-2.0-or-later
//
// weight.hh - what the words of a plan weigh.
//
// To the bit what Xapian::BM25Weight says, from the same numbers by the same
// formula, without its k2 and with each word asked for once.
#ifndef NEWS_XAPIAN_C_WEIGHT_HH
#define NEWS_XAPIAN_C_WEIGHT_HH

#include <algorithm>

#include "xapian-c/stream.hh"

// How many documents of each database have each term of a leaf.
class Frequencies {
  public:
    Frequencies(const std::vector<Xapian::Database> &parts,
                const Plan::Leaf &leaf);

    // In one database, all terms together: to put rare ones first.
    Xapian::doccount rough(size_t part) const;
    // Of all databases; libxapian's estimate where there are several terms,
    // which is another one in each database.
    Xapian::doccount total(size_t part) const;
    // Of all databases, one of the terms.
    Xapian::doccount of_term(size_t term) const
    {
        return terms[term].total;
    }

  private:
    struct Term {
        std::vector<Xapian::doccount> here; // in each database
        Xapian::doccount total;
    };
    std::vector<Term> terms;
    std::vector<Xapian::doccount> documents; // of each database
    Xapian::doccount all_documents;
};

class Weight {
  public:
    // `odds_of` as many of `documents` have it; the lengths are a document's,
    // on average of all and at least and at most of one database.
    struct Measures {
        Xapian::doccount documents;
        double average_length;
        Xapian::termcount shortest, longest;
    };

    Weight(const Measures &measures, Xapian::doccount frequency, double factor,
           const struct xap_bm25 &bm25);

    double of(Xapian::termcount wdf, Xapian::termcount length) const
    {
        double normal = std::max(length * per_length, bm25.min_normlen);
        double count = wdf;
        double under = bm25.k1 * (normal * bm25.b + (1 - bm25.b)) + count;
        return scale * (count / under);
    }

    // What it does not pass in any document, and in those that have it so
    // often: a document is as long as that at least.
    double most() const
    {
        return greatest;
    }
    double most(Xapian::termcount wdf) const
    {
        return wdf < KNOWN ? known[wdf] : of(wdf, std::max(wdf, shortest));
    }

  private:
    struct xap_bm25 bm25;
    enum { KNOWN = 64 };
    double scale, per_length, greatest;
    double known[KNOWN]; // most() of so many
    Xapian::termcount shortest;
};

// That of a leaf, whose terms weigh as one or each apart.
class LeafWeight {
  public:
    LeafWeight(const Plan::Leaf &leaf, const Frequencies &frequencies,
               size_t part, const Weight::Measures &measures,
               const struct xap_bm25 &bm25)
    {
        if (!leaf.apart)
            weights.emplace_back(measures, frequencies.total(part), leaf.factor,
                                 bm25);
        for (size_t i = 0; leaf.apart && i < leaf.terms.size(); i++)
            weights.emplace_back(measures, frequencies.of_term(i), leaf.factor,
                                 bm25);
    }

    // As Weight's, of the document that the stream stands at.
    double of(const Stream &stream, Xapian::termcount length) const
    {
        return sum(stream, [length](const Weight &weight, auto wdf) {
            return weight.of(wdf, length);
        });
    }

    double most(const Stream &stream) const
    {
        return sum(stream, [](const Weight &weight, auto wdf) {
            return weight.most(wdf);
        });
    }

    double most() const
    {
        double out = 0;
        for (const auto &weight : weights)
            out += weight.most();
        return out;
    }

  private:
    template <typename Of> double sum(const Stream &stream, Of of) const
    {
        if (weights.size() == 1)
            return of(weights[0], stream.wdf());
        double out = 0;
        for (size_t i = 0; i < weights.size(); i++)
            out += of(weights[i], stream.wdf(i));
        return out;
    }

    std::vector<Weight> weights;
};

#endif
