// SPDX-License-Identifier: GPL-2.0-or-later
#include "xapian-c/rank.hh"

#include "xapian-c/scan.hh"
#include "xapian-c/sharing.hh"

namespace {

// To look into a window takes as long as to walk so many entries.
const uint64_t WINDOW_WORK = 8;

// A part is cut into ranges that are worth so many threads each, but no more
// than these.
const uint64_t RANGE_WORTH = 2;
const size_t RANGES_MAX = 8;

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
              uint64_t worth)
{
    const Xapian::docid bits = 64;
    size_t count = size_t(std::min<uint64_t>(
        1 + work / (RANGE_WORTH * std::max<uint64_t>(worth, 1)), RANGES_MAX));
    Xapian::docid words = Xapian::docid(last / bits / count + 1);
    for (Xapian::docid first = 0; first <= last; first += words * bits) {
        out.items.push_back(
            { part, first, std::min(last, first + words * bits - 1) });
        out.work.push_back(work / count);
        if (last - first < words * bits)
            break;
    }
}

// Without parts that have no documents.
Ranges ranges_of(const Asked &asked, const Xapian::Database &whole,
                 const struct xap_sharing &sharing)
{
    Ranges out;
    for (size_t i = 0; i < whole.internal.size(); i++)
        if (asked.tables.postlists[i])
            cut_part(out, i,
                     Xapian::Database(whole.internal[i].get()).get_lastdocid(),
                     work_of(asked, i), sharing.worth);
    return out;
}

Asked ask(const Xapian::Database &whole, const Tables &tables, const Plan &plan)
{
    Asked out = { plan, tables, {}, {}, {}, UINT32_MAX };
    std::vector<Xapian::Database> parts;
    for (const auto &internal : whole.internal) {
        parts.emplace_back(internal.get());
        out.measures.push_back({ whole.get_doccount(), whole.get_avlength(),
                                 parts.back().get_doclength_lower_bound(),
                                 parts.back().get_doclength_upper_bound() });
    }
    for (const auto &leaf : plan.leaves)
        out.frequencies.emplace_back(parts, leaf);
    return out;
}

} // namespace

Ranking rank(const Xapian::Database &whole, const Tables &tables,
             const Plan &plan, const RankSettings &settings)
{
    Asked asked = ask(whole, tables, plan);
    asked.bm25 = settings.bm25;
    asked.sure = settings.sure;
    const Ranges ranges = ranges_of(asked, whole, settings.sharing);
    Best best(settings.most);
    std::vector<Count> counts(ranges.items.size());
    auto scan_range = [&](size_t i) {
        const Range &range = ranges.items[i];
        Scan scan(asked, range);
        if (plan.needs == Plan::ALL)
            counts[i] =
                scan.all(best, settings.all ? &settings.all->parts[range.part]
                                            : nullptr);
        else
            counts[i].found = scan.any(best, settings.counts_all);
    };
    each_part(threads_for(settings.sharing, ranges.work), ranges.items.size(),
              scan_range);
    Ranking out;
    out.best = best.take();
    for (const Count &count : counts) {
        out.with_all += count.estimate();
        out.estimated = out.estimated || count.checked < count.all;
    }
    return out;
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
