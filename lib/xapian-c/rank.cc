// SPDX-License-Identifier: GPL-2.0-or-later
#include "xapian-c/rank.hh"

#include <algorithm>
#include <cmath>

#include "xapian-c/stream.hh"
#include "xapian-c/weight.hh"

namespace {

using Databases = std::vector<Xapian::Database>;

Databases parts_of(const Xapian::Database &whole)
{
    Databases out;
    for (const auto &internal : whole.internal)
        out.emplace_back(internal.get());
    return out;
}

template <typename Before>
std::vector<size_t> ordered(size_t count, Before before)
{
    std::vector<size_t> out;
    for (size_t i = 0; i < count; i++)
        out.push_back(i);
    std::stable_sort(out.begin(), out.end(), before);
    return out;
}

std::vector<Stream *> rarest_first(std::vector<Stream> &streams,
                                   const std::vector<Frequencies> &frequencies,
                                   size_t part)
{
    std::vector<Stream *> out;
    for (size_t i : ordered(streams.size(), [&](size_t a, size_t b) {
             return frequencies[a].rough(part) < frequencies[b].rough(part);
         }))
        out.push_back(&streams[i]);
    return out;
}

// Each document that all streams have, led by the first.
template <typename Sink>
void each_of_all(const std::vector<Stream *> &streams, Sink sink)
{
    Stream &first = *streams[0];
    while (first.document() != Postings::END) {
        Xapian::docid document = first.document();
        size_t i = 1;
        while (i < streams.size()) {
            streams[i]->skip_to(document);
            if (streams[i]->document() != document)
                break;
            i++;
        }
        if (i < streams.size()) {
            first.skip_to(streams[i]->document());
        } else {
            sink(document);
            first.next();
        }
    }
}

bool is_better(const Ranked &a, const Ranked &b)
{
    return a.weight != b.weight ? a.weight > b.weight : a.document < b.document;
}

// The best of what was added.
class Best {
  public:
    explicit Best(size_t most_)
        : most(most_), least(most ? -INFINITY : INFINITY)
    {
    }

    // Whether a document that weighs no more may be among them.
    bool wants(double bound) const
    {
        return bound >= least;
    }

    void add(const Ranked &ranked)
    {
        if (heap.size() == most) {
            if (!is_better(ranked, heap.front()))
                return;
            std::pop_heap(heap.begin(), heap.end(), is_better);
            heap.pop_back();
        }
        heap.push_back(ranked);
        std::push_heap(heap.begin(), heap.end(), is_better);
        if (heap.size() == most)
            least = heap.front().weight * (1 - 1e-12);
    }

    std::vector<Ranked> take()
    {
        std::sort_heap(heap.begin(), heap.end(), is_better);
        return std::move(heap);
    }

  private:
    size_t most;
    std::vector<Ranked> heap; // the worst on top
    double least; // that one's weight, or a little less: what is summed in
                  // another order may differ in the last bits
};

// Goes over the documents of one database.
class Scan {
  public:
    Scan(const Xapian::Database &database_, const Plan &plan, Best &best_,
         size_t part_, size_t parts_)
        : database(database_), best(best_), part(part_), parts(parts_),
          partial(plan.needs == Plan::ANY_BUT_NOT_ALL)
    {
        for (const auto &leaf : plan.leaves)
            streams.emplace_back(database, leaf);
    }

    // `frequencies` are those of the leaves, `measures` of the whole.
    void weigh_by(const Plan &plan, const std::vector<Frequencies> &frequencies,
                  Weight::Measures measures, const struct xap_bm25 &bm25)
    {
        measures.shortest = database.get_doclength_lower_bound();
        measures.longest = database.get_doclength_upper_bound();
        for (size_t i = 0; i < plan.leaves.size(); i++)
            weights.emplace_back(measures, frequencies[i].total(part),
                                 plan.leaves[i].factor, bm25);
    }

    // How many documents there are.
    uint32_t all(const std::vector<Frequencies> &frequencies)
    {
        uint32_t count = 0;
        each_of_all(rarest_first(streams, frequencies, part),
                    [&](Xapian::docid document) {
                        count++;
                        double bound = 0;
                        for (size_t i = 0; i < streams.size(); i++)
                            bound += weights[i].most(streams[i].wdf());
                        if (best.wants(bound))
                            weigh(document);
                    });
        return count;
    }

    // Streams that together weigh too little are only looked into for
    // documents of the others ("MaxScore", Turtle and Flood 1995).
    // Where `counts_all`: how many have all.
    uint32_t any(bool counts_all)
    {
        uint32_t count = 0;
        order = ordered(streams.size(), [&](size_t a, size_t b) {
            return weights[a].most() > weights[b].most();
        });
        leading = order.size();
        for (;;) {
            while (leading && !best.wants(rest + most(leading - 1)))
                rest += most(--leading);
            Xapian::docid document = Postings::END;
            for (size_t i = 0; i < leading; i++)
                document = std::min(document, stream(i).document());
            if (document == Postings::END)
                break;
            count += consider(document, counts_all);
            for (size_t i = 0; i < leading; i++)
                if (stream(i).document() == document)
                    stream(i).next();
        }
        std::vector<Stream *> left;
        for (size_t i = 0; counts_all && i < order.size(); i++)
            left.push_back(&stream(i));
        if (counts_all)
            each_of_all(left, [&](Xapian::docid) { count++; });
        return count;
    }

  private:
    Stream &stream(size_t i)
    {
        return streams[order[i]];
    }

    double most(size_t i) const
    {
        return weights[order[i]].most();
    }

    // True where it has all and `counts_all`.
    bool consider(Xapian::docid document, bool counts_all)
    {
        double bound = rest;
        bool has_all = counts_all; // so far
        for (size_t i = 0; i < leading; i++)
            has_all = add_bound(&bound, i, document) && has_all;
        for (size_t i = leading;
             i < order.size() && (has_all || best.wants(bound)); i++) {
            stream(i).skip_to(document);
            bound -= most(i);
            has_all = add_bound(&bound, i, document) && has_all;
        }
        if (best.wants(bound))
            weigh(document);
        return has_all;
    }

    // Whether the stream has the document.
    bool add_bound(double *bound, size_t i, Xapian::docid document)
    {
        if (stream(i).document() != document)
            return false;
        *bound += weights[order[i]].most(stream(i).wdf());
        return true;
    }

    void weigh(Xapian::docid document)
    {
        Ranked ranked = { joined_number(document, part, parts), 0, 0 };
        Xapian::termcount length = database.get_doclength(document);
        size_t before = 0, found = 0; // terms, streams
        for (size_t i = 0; i < streams.size(); i++) {
            const Stream &stream = streams[i];
            if (stream.document() == document) {
                found++;
                ranked.weight += weights[i].of(stream.wdf(), length);
                ranked.terms |= stream.terms() << before;
            }
            before += stream.size();
        }
        if (!partial || found < streams.size())
            best.add(ranked);
    }

    const Xapian::Database &database;
    Best &best;
    size_t part, parts;
    bool partial;                // what has all is not wanted
    std::vector<Stream> streams; // of each leaf
    std::vector<Weight> weights;
    std::vector<size_t> order; // of the leaves, the weightiest first
    size_t leading = 0;        // so many of them are walked
    double rest = 0;           // what the others weigh at most
};

} // namespace

Ranking rank(const Xapian::Database &whole, const Plan &plan,
             const struct xap_bm25 &bm25, size_t most, bool counts_all)
{
    const Databases parts = parts_of(whole);
    const Weight::Measures measures = { whole.get_doccount(),
                                        whole.get_avlength(), 0, 0 };
    std::vector<Frequencies> frequencies;
    for (const auto &leaf : plan.leaves)
        frequencies.emplace_back(parts, leaf);
    Ranking out;
    Best best(most);
    for (size_t i = 0; i < parts.size(); i++) {
        Scan scan(parts[i], plan, best, i, parts.size());
        scan.weigh_by(plan, frequencies, measures, bm25);
        out.with_all += plan.needs == Plan::ALL ? scan.all(frequencies)
                                                : scan.any(counts_all);
    }
    out.best = best.take();
    return out;
}

template <typename Sink>
static void each_with_all(const xap_set::Part &part, const Plan &plan,
                          Sink sink)
{
    std::vector<Stream> streams;
    std::vector<Frequencies> frequencies;
    for (const auto &leaf : plan.leaves) {
        streams.emplace_back(part.database, leaf);
        frequencies.emplace_back(Databases{ part.database }, leaf);
    }
    each_of_all(rarest_first(streams, frequencies, 0), sink);
}

void collect(xap_set::Part &part, const Plan &plan)
{
    if (plan.needs == Plan::ALL) {
        each_with_all(part, plan, [&](Xapian::docid own) { part.add(own); });
        return;
    }
    for (const auto &leaf : plan.leaves)
        for (Stream stream(part.database, leaf);
             stream.document() != Postings::END; stream.next())
            part.add(stream.document());
    if (plan.needs == Plan::ANY_BUT_NOT_ALL)
        each_with_all(part, plan, [&](Xapian::docid own) { part.remove(own); });
}
