// SPDX-License-Identifier: GPL-2.0-or-later
#include "xapian-c/windows.hh"

#include <algorithm>

#include "positions/position_list.h"

namespace {

using Codes = std::vector<struct position_code *>;

// A place of each word behind that of the one before, as near as can be: where
// that is too long, the first word must stand further on.
bool stand_in_order(const Codes &words, uint32_t length)
{
    uint32_t first = words[0]->position;
    while (first != POSITION_END) {
        uint32_t last = first;
        for (size_t i = 1; i < words.size(); i++) {
            last = position_code_seek(words[i], last + 1);
            if (last == POSITION_END)
                return false;
        }
        if (last - first < length)
            return true;
        first = position_code_seek(words[0], last - length + 1);
    }
    return false;
}

// Two words that stand at one position are not two places.
bool stand_near(const Codes &words, uint32_t length)
{
    struct position_code *a = words[0], *b = words[1];
    while (a->position != POSITION_END && b->position != POSITION_END) {
        if (a->position > b->position)
            std::swap(a, b);
        uint32_t first = a->position;
        if (first == b->position) {
            position_code_next(a);
            position_code_next(b);
            if (std::min(a->position, b->position) - first < length)
                return true;
        } else if (b->position - first < length) {
            return true;
        } else {
            position_code_seek(a, b->position - length + 1);
        }
    }
    return false;
}

} // namespace

bool can_plan(const xap_db *db, const Plan &plan)
{
    return !db->remote && db->hidden->empty() &&
           (plan.windows.empty() ||
            !std::count(db->directories.begin(), db->directories.end(), ""));
}

static TablePtr open_table(const std::string &directory,
                           const Xapian::Database &part)
{
    struct position_table *table;
    Failure failure = { ERROR_INIT };
    enum status rc = position_table_open(&table, directory.c_str(),
                                         part.get_revision(), &failure.err);
    if (rc == STATUS_NOT_FOUND)
        return nullptr;
    if (rc)
        throw failure;
    return TablePtr(table, position_table_close);
}

Tables position_tables(const xap_db *db, const Plan &plan)
{
    if (plan.windows.empty())
        return {};
    if (db->tables.empty()) {
        Tables tables;
        for (size_t i = 0; i < db->directories.size(); i++)
            tables.push_back(
                open_table(db->directories[i],
                           Xapian::Database(db->database.internal[i].get())));
        db->tables = tables;
    }
    return db->tables;
}

void Windows::FreeList::operator()(struct position_list *list) const
{
    position_list_free(list);
}

Windows::Windows(const Plan &plan, const struct position_table *table)
    : windows(plan.windows)
{
    for (const auto &window : windows) {
        lists.emplace_back();
        for (size_t i = 0; table && i < window.leaves.size(); i++) {
            const std::string &term = plan.leaves[window.leaves[i]].terms[0];
            lists.back().emplace_back(position_list_new(table, to_span(term)));
        }
    }
}

bool Windows::look(Xapian::docid document)
{
    for (size_t i = 0; i < windows.size(); i++) {
        words.clear();
        for (const auto &list : lists[i]) {
            struct position_code *code;
            if (position_list_seek(list.get(), document, &code, &failure.err))
                throw failure;
            words.push_back(code);
        }
        if (words.empty())
            return false;
        bool stand = windows[i].ordered
                         ? stand_in_order(words, windows[i].length)
                         : stand_near(words, windows[i].length);
        for (const auto *code : words)
            if (code->damaged)
                throw Xapian::DatabaseCorruptError(
                    "positions of a document are damaged");
        if (!stand)
            return false;
    }
    return true;
}
