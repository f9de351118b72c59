// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "xapian-c/scan.hh"

static bool is_better(const Ranked &a, const Ranked &b)
{
    return a.weight != b.weight ? a.weight > b.weight : a.document < b.document;
}

void Best::add(const Ranked &ranked)
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

std::vector<Ranked> Best::take()
{
    std::sort_heap(heap.begin(), heap.end(), is_better);
    return std::move(heap);
}

static const struct glass_table *positions_of(const Tables &tables, size_t part)
{
    return part < tables.positions.size() ? tables.positions[part].get()
                                          : nullptr;
}

Scan::Scan(const Asked &asked_, const Range &range_)
    : asked(asked_), range(range_),
      postlist(asked.tables.postlists[range.part].get()),
      windows(asked.plan, positions_of(asked.tables, range.part)),
      weights(asked.weights.empty() ? nullptr
                                    : asked.weights[range.part].data())
{
    const auto &leaves = asked.plan.leaves;
    for (const auto &leaf : leaves)
        streams.emplace_back(postlist, leaf, range.first, range.last);
    for (size_t i : ordered(leaves.size(), [&](size_t a, size_t b) {
             return asked.frequencies[a].rough(range.part) <
                    asked.frequencies[b].rough(range.part);
         }))
        rarest.push_back(&streams[i]);
}

// What the document that all streams stand at weighs at most.
double Scan::bound() const
{
    double out = 0;
    for (size_t i = 0; i < streams.size(); i++)
        out += weights[i].most(streams[i]);
    return out;
}

// To look into a window takes longest by far.
Count Scan::all(Best &best, Count count, xap_set::Part *set)
{
    each_with_all([&](Xapian::docid document) {
        bool counted = count.wants_next(), wanted = best.wants(bound());
        Ranked ranked;
        if (wanted) {
            ranked = weigh(document);
            wanted = best.wants(ranked.weight);
        }
        bool stands = (wanted || counted) && windows.hold(streams);
        if (counted)
            count.add(stands);
        if (stands && set)
            set->add(document);
        if (stands && wanted)
            best.add(ranked);
    });
    return count;
}

// Streams that together weigh too little are only looked into for documents of
// the others ("MaxScore", Turtle and Flood 1995).
Count Scan::any(Best &best, bool counts_all)
{
    Count count;
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
        if (consider(best, document, counts_all))
            count.add(true);
        for (size_t i = 0; i < leading; i++)
            if (stream(i).document() == document)
                stream(i).next();
    }
    if (counts_all)
        each_with_all([&](Xapian::docid) { count.add(true); });
    return count;
}

// True where it has all and `counts_all`.
bool Scan::consider(Best &best, Xapian::docid document, bool counts_all)
{
    double bound = rest;
    bool has_all = counts_all; // so far
    for (size_t i = 0; i < leading; i++)
        has_all = add_bound(&bound, i, document) && has_all;
    for (size_t i = leading; i < order.size() && (has_all || best.wants(bound));
         i++) {
        stream(i).skip_to(document);
        bound -= most(i);
        has_all = add_bound(&bound, i, document) && has_all;
    }
    // What has all is not wanted where that is asked.
    if (best.wants(bound) &&
        (asked.plan.needs != Plan::ANY_BUT_NOT_ALL || !has_each(document)))
        best.add(weigh(document));
    return has_all;
}

bool Scan::has_each(Xapian::docid document) const
{
    for (const Stream &stream : streams)
        if (stream.document() != document)
            return false;
    return true;
}

// Whether the stream has the document.
bool Scan::add_bound(double *bound, size_t i, Xapian::docid document)
{
    if (stream(i).document() != document)
        return false;
    *bound += weights[order[i]].most(stream(i));
    return true;
}

Ranked Scan::weigh(Xapian::docid document)
{
    Ranked ranked = {
        joined_number(document, range.part, asked.tables.postlists.size()), 0, 0
    };
    Xapian::termcount length = length_of(document);
    size_t before = 0; // terms
    for (size_t i = 0; i < streams.size(); i++) {
        const Stream &stream = streams[i];
        if (stream.document() == document) {
            ranked.weight += weights[i].of(stream, length);
            ranked.terms |= stream.terms() << before;
        }
        before += stream.size();
    }
    return ranked;
}

// Of later documents each time.
Xapian::termcount Scan::length_of(Xapian::docid document)
{
    if (!lengths)
        lengths.reset(new Postings(postlist));
    lengths->skip_to(document);
    return lengths->document() == document ? lengths->wdf() : 0;
}
