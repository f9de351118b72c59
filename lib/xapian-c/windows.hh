// SPDX-License-Identifier: GPL-2.0-or-later
//
// windows.hh - whether the words of a plan stand in its windows.
#ifndef NEWS_XAPIAN_C_WINDOWS_HH
#define NEWS_XAPIAN_C_WINDOWS_HH

#include "xapian-c/handles.hh"

// Of one database; documents are asked about in ascending order.
class Windows {
  public:
    // No table: the database has no positions, and no document a window.
    Windows(const Plan &plan, const struct position_table *table);

    bool hold(Xapian::docid document)
    {
        return windows.empty() || look(document);
    }

  private:
    struct FreeList {
        void operator()(struct position_list *list) const;
    };
    using Lists = std::vector<std::unique_ptr<struct position_list, FreeList>>;

    bool look(Xapian::docid document);

    const std::vector<Plan::Window> &windows;
    std::vector<Lists> lists; // of each window, those of its leaves
    std::vector<struct position_code *> words; // of the window at hand
    Failure failure = { ERROR_INIT };
};

#endif
