// SPDX-License-Identifier: GPL-2.0-or-later
#include "xapian-c/rank.hh"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>

#include "xapian-c/sharing.hh"
#include "xapian-c/stream.hh"
#include "xapian-c/weight.hh"
#include "xapian-c/windows.hh"

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

// The best of what was added, by any number of threads.
class Best {
  public:
    explicit Best(size_t most_)
        : most(most_), least(most ? -INFINITY : INFINITY)
    {
    }

    // Whether a document that weighs no more may be among them.
    bool wants(double bound) const
    {
        return bound >= least.load(std::memory_order_relaxed);
    }

    void add(const Ranked &ranked)
    {
        if (!wants(ranked.weight))
            return;
        std::lock_guard<std::mutex> lock(mutex);
        if (heap.size() == most) {
            if (!is_better(ranked, heap.front()))
                return;
            std::pop_heap(heap.begin(), heap.end(), is_better);
            heap.pop_back();
        }
        heap.push_back(ranked);
        std::push_heap(heap.begin(), heap.end(), is_better);
        if (heap.size() == most)
            least.store(heap.front().weight * (1 - 1e-12),
                        std::memory_order_relaxed);
    }

    std::vector<Ranked> take()
    {
        std::sort_heap(heap.begin(), heap.end(), is_better);
        return std::move(heap);
    }

  private:
    size_t most;
    std::mutex mutex;
    std::vector<Ranked> heap; // the worst on top
    // That one's weight, or a little less: what is summed in another order may
    // differ in the last bits.
    std::atomic<double> least;
};

// Goes over the documents of one database.
class Scan {
  public:
    Scan(const Xapian::Database &database_, const struct position_table *table,
         const Plan &plan, Best &best_, size_t part_, size_t parts_)
        : database(database_), windows(plan, table), best(best_), part(part_),
          parts(parts_), partial(plan.needs == Plan::ANY_BUT_NOT_ALL)
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
            weights.emplace_back(plan.leaves[i], frequencies[i], part, measures,
                                 bm25);
    }

    // How many documents there are, which are added to the set.
    uint32_t all(const std::vector<Frequencies> &frequencies,
                 xap_set::Part *set)
    {
        uint32_t count = 0;
        each_of_all(rarest_first(streams, frequencies, part),
                    [&](Xapian::docid document) {
                        if (!windows.hold(streams))
                            return;
                        count++;
                        if (set)
                            set->add(document);
                        double bound = 0;
                        for (size_t i = 0; i < streams.size(); i++)
                            bound += weights[i].most(streams[i]);
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
        *bound += weights[order[i]].most(stream(i));
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
                ranked.weight += weights[i].of(stream, length);
                ranked.terms |= stream.terms() << before;
            }
            before += stream.size();
        }
        if (!partial || found < streams.size())
            best.add(ranked);
    }

    const Xapian::Database &database;
    Windows windows;
    Best &best;
    size_t part, parts;
    bool partial;                // what has all is not wanted
    std::vector<Stream> streams; // of each leaf
    std::vector<LeafWeight> weights;
    std::vector<size_t> order; // of the leaves, the weightiest first
    size_t leading = 0;        // so many of them are walked
    double rest = 0;           // what the others weigh at most
};

using LeafFrequencies = std::vector<Frequencies>;

LeafFrequencies frequencies_of(const Databases &parts, const Plan &plan)
{
    LeafFrequencies out;
    for (const auto &leaf : plan.leaves)
        out.emplace_back(parts, leaf);
    return out;
}

// To look into a window takes as long as to walk so many entries.
const uint64_t WINDOW_WORK = 8;

// Entries of lists that are walked in each part, about.
std::vector<uint64_t> work_of(size_t parts, const Plan &plan,
                              const LeafFrequencies &frequencies)
{
    std::vector<uint64_t> out;
    for (size_t i = 0; i < parts; i++) {
        uint64_t sum = 0, least = UINT64_MAX;
        for (const auto &leaf : frequencies) {
            sum += leaf.rough(i);
            least = std::min<uint64_t>(least, leaf.rough(i));
        }
        if (plan.needs == Plan::ALL)
            sum = least * frequencies.size();
        out.push_back(plan.windows.empty() ? sum : sum * WINDOW_WORK);
    }
    return out;
}

template <typename Sink>
void each_with_all(const xap_set::Part &part,
                   const struct position_table *table, const Plan &plan,
                   const LeafFrequencies &frequencies, size_t number, Sink sink)
{
    Windows windows(plan, table);
    std::vector<Stream> streams;
    for (const auto &leaf : plan.leaves)
        streams.emplace_back(part.database, leaf);
    each_of_all(rarest_first(streams, frequencies, number),
                [&](Xapian::docid own) {
                    if (windows.hold(streams))
                        sink(own);
                });
}

void collect_part(xap_set::Part &part, const struct position_table *table,
                  const Plan &plan, const LeafFrequencies &frequencies,
                  size_t number)
{
    if (plan.needs == Plan::ALL) {
        each_with_all(part, table, plan, frequencies, number,
                      [&](Xapian::docid own) { part.add(own); });
        return;
    }
    for (const auto &leaf : plan.leaves)
        for (Stream stream(part.database, leaf);
             stream.document() != Postings::END; stream.next())
            part.add(stream.document());
    if (plan.needs == Plan::ANY_BUT_NOT_ALL)
        each_with_all(part, table, plan, frequencies, number,
                      [&](Xapian::docid own) { part.remove(own); });
}

} // namespace

Ranking rank(const Xapian::Database &whole, const Tables &tables,
             const Plan &plan, const RankSettings &settings)
{
    const Databases parts = parts_of(whole);
    const Weight::Measures measures = { whole.get_doccount(),
                                        whole.get_avlength(), 0, 0 };
    const LeafFrequencies frequencies = frequencies_of(parts, plan);
    Best best(settings.most);
    std::vector<uint32_t> with_all(parts.size());
    auto scan_part = [&](size_t i) {
        Scan scan(parts[i], table_of(tables, i), plan, best, i, parts.size());
        scan.weigh_by(plan, frequencies, measures, settings.bm25);
        with_all[i] =
            plan.needs == Plan::ALL
                ? scan.all(frequencies,
                           settings.all ? &settings.all->parts[i] : nullptr)
                : scan.any(settings.counts_all);
    };
    each_part(
        threads_for(settings.sharing, work_of(parts.size(), plan, frequencies)),
        parts.size(), scan_part);
    return { best.take(),
             std::accumulate(with_all.begin(), with_all.end(), uint32_t(0)) };
}

void collect(xap_set &set, const Tables &tables, const Plan &plan,
             const struct xap_sharing &sharing)
{
    Databases databases;
    for (const auto &part : set.parts)
        databases.push_back(part.database);
    const LeafFrequencies frequencies = frequencies_of(databases, plan);
    size_t parts = databases.size();
    each_part(threads_for(sharing, work_of(parts, plan, frequencies)), parts,
              [&](size_t i) {
                  collect_part(set.parts[i], table_of(tables, i), plan,
                               frequencies, i);
              });
}
