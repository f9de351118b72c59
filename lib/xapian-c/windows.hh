// SPDX-License-Identifier: GPL-2.0-or-later
//
// windows.hh - whether the words of a plan stand in its windows.
#ifndef NEWS_XAPIAN_C_WINDOWS_HH
#define NEWS_XAPIAN_C_WINDOWS_HH

#include "glass/position_list.h"
#include "xapian-c/stream.hh"

// Where a leaf stands in one document after the other: the positions of each of
// its terms, merged.
class Places {
  public:
    Places(const Plan::Leaf &leaf, const struct glass_table *table);

    // Stand at the first position in the document that the leaf's stream stands
    // at.
    void begin(const Stream &stream);

    uint32_t position() const // POSITION_END: there is none
    {
        return at;
    }

    // To the first that is not before `wanted`.
    uint32_t seek(uint32_t wanted)
    {
        uint32_t first = POSITION_END;
        for (auto *code : codes)
            first = std::min(first, position_code_seek(code, wanted));
        return at = first;
    }

    // Throws where what was read so far was no list of positions.
    void check() const;

  private:
    struct FreeList {
        void operator()(struct position_list *list) const;
    };

    std::vector<std::unique_ptr<struct position_list, FreeList>> lists;
    std::vector<struct position_code *> codes; // of the terms that it has
    uint32_t at = POSITION_END;
    Failure failure = { ERROR_INIT };
};

// Of one database.
class Windows {
  public:
    // No table: the database has no positions, and no document a window.
    Windows(const Plan &plan, const struct glass_table *table);

    bool none() const
    {
        return windows.empty();
    }

    // In the document that all streams stand at, those of the leaves; a later
    // one each time.
    bool hold(const std::vector<Stream> &streams)
    {
        for (auto &window : windows)
            if (!window.holds(streams))
                return false;
        return true;
    }

  private:
    struct Window {
        const Plan::Window &asked;
        std::vector<Places> words; // its leaves

        bool holds(const std::vector<Stream> &streams);
    };
    std::vector<Window> windows;
};

#endif
