// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "glass/glass_table.h"
#include "xapian-c/handles.hh"

bool can_plan(const xap_db *db)
{
    return !db->remote && db->hidden->empty() && !db->directories.empty() &&
           !std::count(db->directories.begin(), db->directories.end(), "");
}

static TablePtr open_table(const std::string &directory, enum glass_kind kind,
                           const Xapian::Database &part)
{
    struct glass_table *table;
    Failure failure = { ERROR_INIT };
    const std::string uuid = part.get_uuid();
    const struct glass_snapshot snapshot = { to_span(uuid),
                                             part.get_revision() };
    enum status rc = glass_table_open(&table, directory.c_str(), kind,
                                      &snapshot, &failure.err);
    if (rc == STATUS_NOT_FOUND)
        return nullptr;
    if (rc)
        throw failure;
    return TablePtr(table, glass_table_close);
}

static std::vector<TablePtr> open_all(const xap_db *db, enum glass_kind kind)
{
    std::vector<TablePtr> out;
    for (size_t i = 0; i < db->directories.size(); i++)
        out.push_back(
            open_table(db->directories[i], kind,
                       Xapian::Database(db->database.internal[i].get())));
    return out;
}

Tables tables_for(const xap_db *db, const Plan &plan)
{
    Tables &tables = db->tables;
    if (tables.postlists.empty())
        tables.postlists = open_all(db, GLASS_POSTLIST);
    if (tables.positions.empty() && !plan.windows.empty())
        tables.positions = open_all(db, GLASS_POSITION);
    return tables;
}
