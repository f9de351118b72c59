// SPDX-License-Identifier: GPL-2.0-or-later
#include "xapian-c/guard.hh"
#include "xapian-c/handles.hh"

enum status xap_db_bounds(const struct xap_db *db,
                          struct xap_length_bounds *out, struct error *err)
{
    return guard(err, [&] {
        out->shortest = db->database.get_doclength_lower_bound();
        out->longest = db->database.get_doclength_upper_bound();
        return STATUS_OK;
    });
}

enum status xap_db_wdf_bound(const struct xap_db *db, struct span term,
                             uint32_t *out, struct error *err)
{
    return guard(err, [&] {
        *out = db->database.get_wdf_upper_bound(to_string(term));
        return STATUS_OK;
    });
}

enum status xap_db_each_posting(const struct xap_db *db, struct span term,
                                xap_on_posting *on_posting, void *payload,
                                struct error *err)
{
    return guard(err, [&] {
        const std::string name = to_string(term);
        std::vector<uint32_t> positions;
        auto end = db->database.postlist_end(name);
        for (auto it = db->database.postlist_begin(name); it != end; ++it) {
            positions.clear();
            if (!name.empty())
                positions.assign(it.positionlist_begin(),
                                 it.positionlist_end());
            struct xap_posting posting = { *it, it.get_wdf(),
                                           it.get_doclength(), positions.data(),
                                           positions.size() };
            if (!on_posting(payload, &posting))
                break;
        }
        return STATUS_OK;
    });
}

enum status xap_db_each_value(const struct xap_db *db, unsigned slot,
                              xap_on_value *on_value, void *payload,
                              struct error *err)
{
    return guard(err, [&] {
        auto end = db->database.valuestream_end(slot);
        for (auto it = db->database.valuestream_begin(slot); it != end; ++it) {
            const std::string value = *it;
            if (!on_value(payload, it.get_docid(), to_span(value)))
                break;
        }
        return STATUS_OK;
    });
}

enum status xap_db_each_document_value(const struct xap_db *db,
                                       uint32_t document,
                                       xap_on_value *on_value, void *payload,
                                       struct error *err)
{
    return guard(err, [&] {
        Xapian::Document found = db->database.get_document(existing(document));
        auto end = found.values_end();
        for (auto it = found.values_begin(); it != end; ++it) {
            const std::string value = *it;
            if (!on_value(payload, it.get_valueno(), to_span(value)))
                break;
        }
        return STATUS_OK;
    });
}
