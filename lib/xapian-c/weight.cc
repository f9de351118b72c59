// SPDX-License-Identifier: GPL-2.0-or-later
#include "xapian-c/weight.hh"

#include <cmath>

Frequencies::Frequencies(const std::vector<Xapian::Database> &parts,
                         const Plan::Leaf &leaf)
    : all_documents(0)
{
    for (const auto &part : parts) {
        documents.push_back(part.get_doccount());
        all_documents += documents.back();
    }
    for (const auto &name : leaf.terms) {
        Term term = { {}, 0 };
        for (const auto &part : parts) {
            term.here.push_back(part.get_termfreq(name));
            term.total += term.here.back();
        }
        terms.push_back(term);
    }
}

Xapian::doccount Frequencies::rough(size_t part) const
{
    Xapian::doccount sum = 0;
    for (const auto &term : terms)
        sum += term.here[part];
    return sum;
}

static Xapian::doccount either(double a, double b, double documents)
{
    return Xapian::doccount(a + b - a * b / documents + 0.5);
}

// Two at a time, the rarest of the database first.
Xapian::doccount Frequencies::total(size_t part) const
{
    struct Pair {
        Xapian::doccount here, total;
    };
    auto comes_later = [](const Pair &a, const Pair &b) {
        return a.here > b.here;
    };
    std::vector<Pair> heap;
    for (const auto &term : terms)
        heap.push_back({ term.here[part], term.total });
    std::make_heap(heap.begin(), heap.end(), comes_later);
    while (heap.size() > 1) {
        Pair rarest = heap.front();
        std::pop_heap(heap.begin(), heap.end(), comes_later);
        heap.pop_back();
        Pair next = heap.front();
        std::pop_heap(heap.begin(), heap.end(), comes_later);
        heap.back() = { either(next.here, rarest.here, documents[part]),
                        either(next.total, rarest.total, all_documents) };
        std::push_heap(heap.begin(), heap.end(), comes_later);
    }
    return heap.front().total;
}

Weight::Weight(const Measures &measures, Xapian::doccount frequency,
               double factor, const struct xap_bm25 &bm25_)
    : bm25(bm25_), shortest(measures.shortest)
{
    double odds = (measures.documents - frequency + 0.5) / (frequency + 0.5);
    if (odds < 2)
        odds = odds * 0.5 + 1;
    scale = std::log(odds) * factor * (bm25.k1 + 1);
    per_length = measures.average_length != 0 ? 1 / measures.average_length : 0;
    known[0] = 0;
    for (Xapian::termcount wdf = 1; wdf < KNOWN; wdf++)
        known[wdf] = of(wdf, std::max(wdf, shortest));
    greatest = most(measures.longest);
}
