// SPDX-License-Identifier: GPL-2.0-or-later
//
// scan.hh - going once over the documents of a range, for what a plan asks.
#ifndef NEWS_XAPIAN_C_SCAN_HH
#define NEWS_XAPIAN_C_SCAN_HH

#include <atomic>
#include <cmath>
#include <mutex>
#include <numeric>

#include "xapian-c/rank.hh"
#include "xapian-c/weight.hh"
#include "xapian-c/windows.hh"

// What is asked of all ranges.
struct Asked {
    const Plan &plan;
    const Tables &tables;
    std::vector<Frequencies> frequencies;         // of the leaves
    std::vector<std::vector<LeafWeight>> weights; // theirs, part by part; none
                                                  // where nothing is ranked
};

// Documents of one part, by its own numbers.
struct Range {
    size_t part;
    Xapian::docid first, last;
};

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

    void add(const Ranked &ranked);
    std::vector<Ranked> take();

  private:
    size_t most;
    std::mutex mutex;
    std::vector<Ranked> heap; // the worst on top
    // That one's weight, or a little less: what is summed in another order may
    // differ in the last bits.
    std::atomic<double> least;
};

// When documents with all leaves are passed over: windows of so many were
// looked into, and so many were found to stand in them.
struct Enough {
    uint64_t looked, found;
};

// How many documents with all leaves stand in the windows; when that is enough,
// from fewer and fewer of them.
class Count {
  public:
    Count() : Count({ UINT64_MAX, UINT64_MAX })
    {
    }

    explicit Count(const Enough &enough_) : enough(enough_), next(enough_)
    {
    }

    // Whether the next document is to be looked at, and what was seen.
    bool wants_next()
    {
        return passed++ % step == 0;
    }

    void add(bool stands)
    {
        looked++;
        found += stands;
        sum += stands ? step : 0;
        if (looked < next.looked || found < next.found)
            return;
        step *= 2;
        next = { looked + enough.looked / 4, found + enough.found / 4 };
    }

    uint64_t surely() const
    {
        return found;
    }

    uint32_t estimate() const
    {
        return uint32_t(sum);
    }

    bool is_estimate() const
    {
        return step > 1;
    }

  private:
    Enough enough, next;
    uint64_t passed = 0, looked = 0, found = 0, sum = 0, step = 1;
};

class Scan {
  public:
    Scan(const Asked &asked, const Range &range);

    // Each document with all leaves, in all windows.
    template <typename Sink> void each(Sink sink)
    {
        each_with_all([&](Xapian::docid document) {
            if (windows.hold(streams))
                sink(document);
        });
    }

    // Each document with any of the leaves, some more than once.
    template <typename Sink> void each_of_any(Sink sink)
    {
        for (Stream &stream : streams)
            for (; stream.document() != Postings::END; stream.next())
                sink(stream.document());
    }

    // The best of each().  Those that are counted are added to the set, which
    // may be null.
    Count all(Best &best, Count count, xap_set::Part *set);

    // The best of each_of_any(). Where `counts_all`: how many have all.
    Count any(Best &best, bool counts_all);

  private:
    Stream &stream(size_t i)
    {
        return streams[order[i]];
    }

    double most(size_t i) const
    {
        return weights[order[i]].most();
    }

    // Each document that all streams have, led by the rarest.
    template <typename Sink> void each_with_all(Sink sink)
    {
        Stream &first = *rarest[0];
        while (first.document() != Postings::END) {
            Xapian::docid document = first.document();
            size_t i = 1;
            while (i < rarest.size()) {
                rarest[i]->skip_to(document);
                if (rarest[i]->document() != document)
                    break;
                i++;
            }
            if (i < rarest.size()) {
                first.skip_to(rarest[i]->document());
            } else {
                sink(document);
                first.next();
            }
        }
    }

    double bound() const;
    bool consider(Best &best, Xapian::docid document, bool counts_all);
    bool add_bound(double *bound, size_t i, Xapian::docid document);
    bool has_each(Xapian::docid document) const;
    Ranked weigh(Xapian::docid document);
    Xapian::termcount length_of(Xapian::docid document);

    const Asked &asked;
    const Range range;
    const struct glass_table *postlist;
    std::vector<Stream> streams;  // of each leaf
    std::vector<Stream *> rarest; // the same, the rarest first
    Windows windows;
    const LeafWeight *weights; // of each leaf
    std::unique_ptr<Postings> lengths;
    std::vector<size_t> order; // of the leaves, the weightiest first
    size_t leading = 0;        // so many of them are walked
    double rest = 0;           // what the others weigh at most
};

// The numbers under `count`, ordered.
template <typename Before>
std::vector<size_t> ordered(size_t count, Before before)
{
    std::vector<size_t> out(count);
    std::iota(out.begin(), out.end(), size_t(0));
    std::stable_sort(out.begin(), out.end(), before);
    return out;
}

#endif
