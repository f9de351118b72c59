// SPDX-License-Identifier: GPL-2.0-or-later
#include "xapian-c/rank.hh"

#include "xapian-c/scan.hh"
#include "xapian-c/sharing.hh"

namespace {

// To look into a window takes as long as to walk so many entries.
const uint64_t WINDOW_WORK = 8;

// The parts are cut into ranges that are worth so many threads each, but into
// no more than these together, besides one of each part.
const uint64_t RANGE_WORTH = 2;
const uint64_t RANGES_MAX = 16;

// What is searched: ranges, and the work that each takes.
struct Ranges {
    std::vector<Range> items;
    std::vector<uint64_t> work;
};

// Entries of lists that are walked in a part, about.
uint64_t work_of(const Asked &asked, size_t part)
{
    uint64_t sum = 0, least = UINT64_MAX;
    for (const auto &leaf : asked.frequencies) {
        sum += leaf.rough(part);
        least = std::min<uint64_t>(least, leaf.rough(part));
    }
    if (asked.plan.needs == Plan::ALL)
        sum = least * asked.frequencies.size();
    return asked.plan.windows.empty() ? sum : sum * WINDOW_WORK;
}

// Ranges of a set share no word of its bits.
void cut_part(Ranges &out, size_t part, Xapian::docid last, uint64_t work,
              uint64_t count)
{
    const Xapian::docid bits = 64;
    const Xapian::docid step = Xapian::docid(last / bits / count + 1) * bits;
    for (Xapian::docid first = 0;; first += step) {
        bool ends = last - first < step;
        out.items.push_back({ part, first, ends ? last : first + step - 1 });
        out.work.push_back(work / count);
        if (ends)
            return;
    }
}

// Without parts that have no documents.
Ranges ranges_of(const Asked &asked, const Xapian::Database &whole,
                 const struct xap_sharing &sharing)
{
    Ranges out;
    std::vector<uint64_t> work;
    for (size_t i = 0; i < whole.internal.size(); i++)
        work.push_back(work_of(asked, i));
    uint64_t all = std::accumulate(work.begin(), work.end(), uint64_t(0));
    uint64_t least = std::max<uint64_t>(
        { RANGE_WORTH * sharing.worth, all / RANGES_MAX, 1 });
    for (size_t i = 0; i < work.size(); i++)
        if (asked.tables.postlists[i])
            cut_part(out, i,
                     Xapian::Database(whole.internal[i].get()).get_lastdocid(),
                     work[i], 1 + work[i] / least);
    return out;
}

Asked ask(const Xapian::Database &whole, const Tables &tables, const Plan &plan)
{
    Asked out = { plan, tables, {}, {} };
    std::vector<Xapian::Database> parts;
    for (const auto &internal : whole.internal)
        parts.emplace_back(internal.get());
    for (const auto &leaf : plan.leaves)
        out.frequencies.emplace_back(parts, leaf);
    return out;
}

void add_weights(Asked &asked, const Xapian::Database &whole,
                 const struct xap_bm25 &bm25)
{
    Weight::Measures measures = { whole.get_doccount(), whole.get_avlength(), 0,
                                  0 };
    for (size_t i = 0; i < whole.internal.size(); i++) {
        const Xapian::Database part(whole.internal[i].get());
        measures.shortest = part.get_doclength_lower_bound();
        measures.longest = part.get_doclength_upper_bound();
        asked.weights.emplace_back();
        for (size_t j = 0; j < asked.plan.leaves.size(); j++)
            asked.weights.back().emplace_back(
                asked.plan.leaves[j], asked.frequencies[j], i, measures, bm25);
    }
}

// Where the total may be an estimate, so many windows are looked into before
// documents are passed over: that takes a few milliseconds.
const uint64_t MANY = 5000;

// What one of so many ranges counts.
Count begin_count(const Plan &plan, uint32_t sure, size_t ranges)
{
    if (plan.windows.empty() || sure == UINT32_MAX)
        return Count();
    return Count({ MANY / ranges, sure / ranges + 1 });
}

// Of all ranges.
struct Total {
    uint64_t surely = 0;
    uint32_t estimate = 0;
    bool is_estimate = false;

    explicit Total(const std::vector<Count> &counts)
    {
        for (const Count &count : counts) {
            surely += count.surely();
            estimate += count.estimate();
            is_estimate = is_estimate || count.is_estimate();
        }
    }
};

// Count all where that was not done.
void make_sure(std::vector<Count> &counts, const Asked &asked,
               const Ranges &ranges, size_t threads)
{
    each_part(threads, counts.size(), [&](size_t i) {
        if (!counts[i].is_estimate())
            return;
        counts[i] = Count();
        Scan(asked, ranges.items[i]).each([&](Xapian::docid) {
            counts[i].add(true);
        });
    });
}

} // namespace

Ranking rank(const Xapian::Database &whole, const Tables &tables,
             const Plan &plan, const RankSettings &settings)
{
    Asked asked = ask(whole, tables, plan);
    add_weights(asked, whole, settings.bm25);
    const Ranges ranges = ranges_of(asked, whole, settings.sharing);
    Best best(settings.most);
    std::vector<Count> counts(ranges.items.size());
    auto scan_range = [&](size_t i) {
        const Range &range = ranges.items[i];
        Scan scan(asked, range);
        xap_set::Part *set =
            settings.all ? &settings.all->parts[range.part] : nullptr;
        counts[i] = plan.needs == Plan::ALL
                        ? scan.all(best,
                                   begin_count(plan, settings.sure,
                                               ranges.items.size()),
                                   set)
                        : scan.any(best, settings.counts_all);
    };
    const size_t threads = threads_for(settings.sharing, ranges.work);
    each_part(threads, ranges.items.size(), scan_range);
    // Where they all stand in a few ranges, that was not enough.
    Total total(counts);
    if (total.is_estimate && total.surely < settings.sure) {
        make_sure(counts, asked, ranges, threads);
        total = Total(counts);
    }
    return { best.take(), total.estimate, total.is_estimate };
}

static void collect_range(xap_set::Part &part, const Asked &asked,
                          const Range &range)
{
    if (asked.plan.needs != Plan::ALL)
        Scan(asked, range).each_of_any([&](Xapian::docid own) {
            part.add(own);
        });
    if (asked.plan.needs == Plan::ALL)
        Scan(asked, range).each([&](Xapian::docid own) { part.add(own); });
    if (asked.plan.needs == Plan::ANY_BUT_NOT_ALL)
        Scan(asked, range).each([&](Xapian::docid own) { part.remove(own); });
}

void collect(xap_set &set, const Xapian::Database &whole, const Tables &tables,
             const Plan &plan, const struct xap_sharing &sharing)
{
    const Asked asked = ask(whole, tables, plan);
    const Ranges ranges = ranges_of(asked, whole, sharing);
    each_part(threads_for(sharing, ranges.work), ranges.items.size(),
              [&](size_t i) {
                  const Range &range = ranges.items[i];
                  collect_range(set.parts[range.part], asked, range);
              });
}
