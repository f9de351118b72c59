// SPDX-License-Identifier: GPL-2.0-or-later
#include <sstream>
#include <sys/stat.h>

#include "xapian-c/guard.hh"
#include "xapian-c/handles.hh"
#include "xapian-c/sharing.hh"

const char *xap_version(void)
{
    return Xapian::version_string();
}

// The parts of a stub are not looked for.
static void add_parts(struct xap_db *db, const char *path)
{
    Xapian::Database added(path);
    struct stat seen;
    const std::string version = std::string(path) + "/iamglass";
    bool known = added.size() == 1 && !stat(version.c_str(), &seen);
    db->database.add_database(added);
    db->directories.resize(db->database.size());
    if (known)
        db->directories.back() = path;
    db->tables = {};
}

enum status xap_db_new(struct xap_db **out, struct error *err)
{
    *out = nullptr;
    return guard(err, [&] {
        *out = new xap_db;
        return STATUS_OK;
    });
}

enum status xap_db_open(struct xap_db **out, const char *path,
                        struct error *err)
{
    *out = nullptr;
    return guard(err, [&] {
        std::unique_ptr<xap_db> db(new xap_db);
        add_parts(db.get(), path);
        *out = db.release();
        return STATUS_OK;
    });
}

enum status xap_db_open_remote(struct xap_db **out, const char *host,
                               unsigned port, unsigned timeout_ms,
                               struct error *err)
{
    *out = nullptr;
    return guard(err, [&] {
        std::unique_ptr<xap_db> db(new xap_db);
        db->database = Xapian::Remote::open(host, port, timeout_ms, timeout_ms);
        db->remote = true;
        db->directories.resize(db->database.size());
        *out = db.release();
        return STATUS_OK;
    });
}

enum status xap_db_ping(const struct xap_db *db, struct error *err)
{
    return guard(err, [&] {
        Xapian::Database(db->database).keep_alive();
        return STATUS_OK;
    });
}

bool xap_db_is_remote(const struct xap_db *db)
{
    return db->remote;
}

void xap_db_free(struct xap_db *db)
{
    delete db;
}

enum status xap_db_add(struct xap_db *db, const char *path, struct error *err)
{
    return guard(err, [&] {
        add_parts(db, path);
        return STATUS_OK;
    });
}

enum status xap_db_join(struct xap_db *db, const struct xap_db *other,
                        struct error *err)
{
    return guard(err, [&] {
        db->database.add_database(other->database);
        db->directories.insert(db->directories.end(),
                               other->directories.begin(),
                               other->directories.end());
        db->tables = {};
        db->remote = db->remote || other->remote;
        db->hidden->insert(other->hidden->begin(), other->hidden->end());
        return STATUS_OK;
    });
}

void xap_db_share(struct xap_db *db, struct xap_sharing sharing)
{
    db->sharing = sharing;
}

size_t xap_db_threads(const struct xap_db *db, uint64_t entries)
{
    return threads_beside(db->sharing, entries);
}

enum status xap_db_refresh(struct xap_db *db, bool *changed, struct error *err)
{
    return guard(err, [&] {
        bool moved = db->database.reopen();
        db->tables = {};
        if (changed)
            *changed = moved;
        return STATUS_OK;
    });
}

enum status xap_db_measure(const struct xap_db *db, struct xap_db_figures *out,
                           struct error *err)
{
    return guard(err, [&] {
        out->documents = db->database.get_doccount();
        out->last_document = db->database.get_lastdocid();
        out->average_length = db->database.get_avlength();
        out->total_length = db->database.get_total_length();
        out->has_positions = db->database.has_positions();
        return STATUS_OK;
    });
}

bool xap_db_has_in_all(const struct xap_db *db, struct span term)
{
    // Lists of so many documents are in one piece, which is harmless.
    const Xapian::doccount harmless = 200;
    bool found = false;
    guard(nullptr, [&] {
        const std::string name = to_string(term);
        for (const auto &internal : db->database.internal) {
            Xapian::Database part(internal.get());
            Xapian::doccount count = part.get_doccount();
            if (db->remote || found || count <= harmless ||
                count == part.get_lastdocid())
                continue;
            found = part.get_termfreq(name) == count;
        }
        return STATUS_OK;
    });
    return found;
}

size_t xap_db_parts(const struct xap_db *db)
{
    return db->database.size();
}

uint32_t xap_db_document(const struct xap_db *db, size_t part, uint32_t own)
{
    return joined_number(own, part, db->database.size());
}

enum status xap_db_part_metadata(const struct xap_db *db, size_t part,
                                 struct span key, struct str *out,
                                 uint32_t *last_document, struct error *err)
{
    return guard(err, [&] {
        Xapian::Database one(db->database.internal.at(part).get());
        str_add(out, to_span(one.get_metadata(to_string(key))));
        *last_document = one.get_lastdocid();
        return STATUS_OK;
    });
}

enum status xap_db_part_values(const struct xap_db *db, size_t part,
                               unsigned slot, const uint32_t *documents,
                               size_t count, xap_on_value *on_value,
                               void *payload, struct error *err)
{
    return guard(err, [&] {
        const size_t parts = db->database.size();
        Xapian::Database one(db->database.internal.at(part).get());
        auto end = one.valuestream_end(slot);
        auto it = one.valuestream_begin(slot);
        for (size_t i = 0; i < count && it != end; i++) {
            if (part_of(documents[i], parts) != part)
                continue;
            Xapian::docid own = own_number(documents[i], parts);
            it.skip_to(own);
            if (it == end || it.get_docid() != own)
                continue;
            const std::string value = *it;
            if (!on_value(payload, documents[i], to_span(value)))
                break;
        }
        return STATUS_OK;
    });
}

enum status xap_db_metadata(const struct xap_db *db, struct span key,
                            struct str *out, struct error *err)
{
    return guard(err, [&] {
        str_add(out, to_span(db->database.get_metadata(to_string(key))));
        return STATUS_OK;
    });
}

enum status xap_db_each_metadata(const struct xap_db *db, struct span prefix,
                                 xap_on_pair *on_pair, void *payload,
                                 struct error *err)
{
    return guard(err, [&] {
        const std::string begin = to_string(prefix);
        auto end = db->database.metadata_keys_end(begin);
        for (auto it = db->database.metadata_keys_begin(begin); it != end;
             ++it) {
            const std::string key = *it;
            const std::string value = db->database.get_metadata(key);
            if (!on_pair(payload, to_span(key), to_span(value)))
                break;
        }
        return STATUS_OK;
    });
}

enum status xap_db_frequency(const struct xap_db *db, struct span term,
                             uint32_t *documents, uint64_t *occurrences,
                             struct error *err)
{
    return guard(err, [&] {
        const std::string name = to_string(term);
        *documents = db->database.get_termfreq(name);
        *occurrences = db->database.get_collection_freq(name);
        return STATUS_OK;
    });
}

enum status xap_db_each_term(const struct xap_db *db, struct span prefix,
                             xap_on_term *on_term, void *payload,
                             struct error *err)
{
    return guard(err, [&] {
        const std::string begin = to_string(prefix);
        auto end = db->database.allterms_end(begin);
        for (auto it = db->database.allterms_begin(begin); it != end; ++it) {
            const std::string term = *it;
            if (!on_term(payload, to_span(term), it.get_termfreq()))
                break;
        }
        return STATUS_OK;
    });
}

enum status xap_db_walk_terms(const struct xap_db *db, struct span prefix,
                              xap_on_walk *on_walk, void *payload,
                              struct error *err)
{
    struct str next = STR_INIT;
    enum status rc = guard(err, [&] {
        const std::string begin = to_string(prefix);
        auto end = db->database.allterms_end(begin);
        auto it = db->database.allterms_begin(begin);
        while (it != end) {
            str_clear(&next);
            const std::string term = *it;
            if (!on_walk(payload, to_span(term), &next))
                break;
            if (next.size)
                it.skip_to(to_string(str_span(&next)));
            else
                ++it;
        }
        return STATUS_OK;
    });
    str_release(&next);
    return rc;
}

enum status xap_db_each_document(const struct xap_db *db, struct span term,
                                 xap_on_number *on_document, void *payload,
                                 struct error *err)
{
    return guard(err, [&] {
        const std::string name = to_string(term);
        const bool hiding = !db->hidden->empty() && !db->remote;
        const auto uuids = uuids_of(db->database);
        auto end = db->database.postlist_end(name);
        for (auto it = db->database.postlist_begin(name); it != end; ++it)
            if (!(hiding && is_hidden(db, uuids, *it)) &&
                !on_document(payload, *it))
                break;
        return STATUS_OK;
    });
}

enum status xap_db_first_document(const struct xap_db *db, struct span term,
                                  uint32_t *out, struct error *err)
{
    *out = 0;
    return guard(err, [&] {
        const std::string name = to_string(term);
        auto it = db->database.postlist_begin(name);
        if (it == db->database.postlist_end(name))
            return error_set(err, STATUS_NOT_FOUND,
                             "no document has the term '%s'", name.c_str());
        *out = *it;
        return STATUS_OK;
    });
}

enum status xap_db_add_counts(const struct xap_db *db, struct span term,
                              const uint32_t *documents, size_t count,
                              uint32_t *counts, struct error *err)
{
    return guard(err, [&] {
        const std::string name = to_string(term);
        auto end = db->database.postlist_end(name);
        auto it = db->database.postlist_begin(name);
        for (size_t i = 0; i < count && it != end; i++) {
            if (*it < documents[i])
                it.skip_to(documents[i]);
            if (it != end && *it == documents[i])
                counts[i] += it.get_wdf();
        }
        return STATUS_OK;
    });
}

enum status xap_db_data(const struct xap_db *db, uint32_t document,
                        struct str *out, struct error *err)
{
    return guard(err, [&] {
        str_add(
            out,
            to_span(db->database.get_document(existing(document)).get_data()));
        return STATUS_OK;
    });
}

enum status xap_db_value(const struct xap_db *db, uint32_t document,
                         unsigned slot, struct str *out, struct error *err)
{
    return guard(err, [&] {
        str_add(
            out,
            to_span(
                db->database.get_document(existing(document)).get_value(slot)));
        return STATUS_OK;
    });
}

enum status xap_db_each_document_term(const struct xap_db *db,
                                      uint32_t document, xap_on_term *on_term,
                                      void *payload, struct error *err)
{
    return guard(err, [&] {
        auto end = db->database.termlist_end(existing(document));
        for (auto it = db->database.termlist_begin(document); it != end; ++it) {
            const std::string term = *it;
            if (!on_term(payload, to_span(term), it.get_wdf()))
                break;
        }
        return STATUS_OK;
    });
}

enum status xap_db_each_position(const struct xap_db *db, uint32_t document,
                                 struct span term, xap_on_number *on_position,
                                 void *payload, struct error *err)
{
    return guard(err, [&] {
        const std::string name = to_string(term);
        auto end = db->database.positionlist_end(existing(document), name);
        for (auto it = db->database.positionlist_begin(document, name);
             it != end; ++it)
            if (!on_position(payload, *it))
                break;
        return STATUS_OK;
    });
}

enum status xap_db_value_bounds(const struct xap_db *db, unsigned slot,
                                uint32_t *count, struct str *lowest,
                                struct str *highest, struct error *err)
{
    return guard(err, [&] {
        *count = db->database.get_value_freq(slot);
        str_add(lowest, to_span(db->database.get_value_lower_bound(slot)));
        str_add(highest, to_span(db->database.get_value_upper_bound(slot)));
        return STATUS_OK;
    });
}

enum status xap_check(const char *path, struct str *report, struct error *err)
{
    return guard(err, [&] {
        std::ostringstream text;
        size_t errors =
            Xapian::Database::check(path, Xapian::DBCHECK_SHOW_STATS, &text);
        if (report)
            str_add(report, to_span(text.str()));
        if (errors)
            return error_set(err, STATUS_CORRUPT,
                             "'%s': libxapian's check finds %zu error%s", path,
                             errors, errors == 1 ? "" : "s");
        return STATUS_OK;
    });
}

enum status xap_compact(const char *destination, const char *const *sources,
                        size_t source_count, struct error *err)
{
    struct stat there;
    if (!lstat(destination, &there))
        return error_set(err, STATUS_IO, "'%s' is there already", destination);
    return guard(err, [&] {
        Xapian::Database all;
        for (size_t i = 0; i < source_count; i++)
            all.add_database(Xapian::Database(sources[i]));
        all.compact(destination, 0U, 0);
        return STATUS_OK;
    });
}

// libxapian 1.4 frees the table that its check opens through a base class
// without a virtual destructor; AddressSanitizer would stop there.
extern "C" const char *__asan_default_options(void);
extern "C" __attribute__((visibility("default"))) const char *
__asan_default_options(void)
{
    return "new_delete_type_mismatch=0";
}
