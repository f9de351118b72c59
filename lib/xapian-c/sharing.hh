// SPDX-License-Identifier: GPL-2.0-or-later
//
// sharing.hh - work on the parts of a database, shared among threads.
//
// libxapian counts references without locks: what belongs to a part (its
// Xapian::Database, iterators, documents) is touched by one thread at a time,
// and what belongs to all (the joined database, a Xapian::Query) by none while
// others work.
#ifndef NEWS_XAPIAN_C_SHARING_HH
#define NEWS_XAPIAN_C_SHARING_HH

#include <algorithm>
#include <exception>
#include <numeric>
#include <vector>

#include "base/parallel.h"
#include "xapian-c/xapian-c.h"

// How many threads are worth it where so much work can be done beside the
// longest piece.
inline size_t threads_beside(const struct xap_sharing &sharing, uint64_t work)
{
    size_t most = sharing.threads ? sharing.threads : parallel_cores();
    uint64_t more = sharing.worth ? work / sharing.worth : work;
    return size_t(std::min<uint64_t>(most, 1 + more));
}

// The same for parts.
inline size_t threads_for(const struct xap_sharing &sharing,
                          const std::vector<uint64_t> &work)
{
    if (work.size() < 2)
        return 1;
    return threads_beside(
        sharing, std::accumulate(work.begin(), work.end(), uint64_t(0)) -
                     *std::max_element(work.begin(), work.end()));
}

// `body` of each part; what one throws is thrown here.
template <typename Body>
inline void each_part(size_t threads, size_t parts, Body body)
{
    std::vector<std::exception_ptr> thrown(parts);
    auto task = [&](size_t i) {
        try {
            body(i);
            return STATUS_OK;
        } catch (...) {
            thrown[i] = std::current_exception();
            return STATUS_INTERNAL;
        }
    };
    parallel_run(
        threads, parts,
        [](void *payload, size_t i, struct error *) {
            return (*static_cast<decltype(task) *>(payload))(i);
        },
        &task, nullptr);
    for (const auto &exception : thrown)
        if (exception)
            std::rethrow_exception(exception);
}

#endif
