// SPDX-License-Identifier: GPL-2.0-or-later
//
// set.hh - what is behind struct xap_set: a bit for each document.
#ifndef NEWS_XAPIAN_C_SET_HH
#define NEWS_XAPIAN_C_SET_HH

#include <cstdint>
#include <vector>

#include "xapian-c/handles.hh"

// A part keeps its own numbers, so that its lists are walked without a merge.
struct xap_set {
    struct Part {
        Xapian::Database database;
        std::vector<uint64_t> bits;

        explicit Part(const Xapian::Database &of)
            : database(of), bits(of.get_lastdocid() / 64 + 1)
        {
        }

        void add(Xapian::docid own)
        {
            bits.at(own / 64) |= uint64_t(1) << own % 64;
        }

        void remove(Xapian::docid own)
        {
            bits.at(own / 64) &= ~(uint64_t(1) << own % 64);
        }

        bool has(Xapian::docid own) const
        {
            return own / 64 < bits.size() && bits[own / 64] >> own % 64 & 1;
        }

        uint32_t size() const
        {
            uint32_t count = 0;
            for (uint64_t word : bits)
                count += uint32_t(__builtin_popcountll(word));
            return count;
        }

        // The first of the set from `own` on; 0: none.
        Xapian::docid next(Xapian::docid own) const
        {
            size_t at = own / 64;
            if (at >= bits.size())
                return 0;
            uint64_t word = bits[at] >> own % 64 << own % 64;
            while (!word && ++at < bits.size())
                word = bits[at];
            return word ? Xapian::docid(at * 64 + __builtin_ctzll(word)) : 0;
        }
    };

    std::vector<Part> parts;
    uint32_t size = 0; // counted when all is in it

    explicit xap_set(const Xapian::Database &of)
    {
        for (const auto &internal : of.internal)
            parts.emplace_back(Xapian::Database(internal.get()));
    }

    void count()
    {
        for (const Part &part : parts)
            size += part.size();
    }
};

#endif
