// SPDX-License-Identifier: GPL-2.0-or-later
#include <memory>
#include <vector>

#include "xapian-c/handles.hh"

namespace {

class Documents : public Xapian::PostingSource {
  public:
    explicit Documents(std::shared_ptr<const DocumentLists> of) : lists(of)
    {
    }

    PostingSource *clone() const override
    {
        return new Documents(lists);
    }
    void init(const Xapian::Database &db) override
    {
        auto found = lists->find(db.get_uuid());
        list = found == lists->end() ? &nothing : &found->second;
        at = list->begin();
        begun = false;
        set_maxweight(0);
    }
    Xapian::doccount get_termfreq_min() const override
    {
        return size();
    }
    Xapian::doccount get_termfreq_est() const override
    {
        return size();
    }
    Xapian::doccount get_termfreq_max() const override
    {
        return size();
    }
    void next(double) override
    {
        if (begun)
            ++at;
        begun = true;
    }
    void skip_to(Xapian::docid document, double) override
    {
        at = list->lower_bound(document);
        begun = true;
    }
    bool at_end() const override
    {
        return at == list->end();
    }
    Xapian::docid get_docid() const override
    {
        return *at;
    }

  private:
    Xapian::doccount size() const
    {
        return Xapian::doccount(list->size());
    }

    using List = DocumentLists::mapped_type;
    std::shared_ptr<const DocumentLists> lists;
    const List nothing;
    const List *list = &nothing;
    List::const_iterator at;
    bool begun = false;
};

Xapian::Query any_of(std::shared_ptr<const DocumentLists> lists)
{
    return Xapian::Query((new Documents(lists))->release());
}

} // namespace

std::vector<std::string> uuids_of(const Xapian::Database &db)
{
    std::vector<std::string> out(1);
    for (char c : db.get_uuid())
        if (c == ':')
            out.emplace_back();
        else
            out.back() += c;
    return out;
}

Xapian::Query visible(const xap_db *db, const Xapian::Query &query)
{
    if (db->hidden->empty() || db->remote)
        return query;
    return Xapian::Query(Xapian::Query::OP_AND_NOT, query, any_of(db->hidden));
}

bool is_hidden(const xap_db *db, const std::vector<std::string> &uuids,
               uint32_t document)
{
    size_t n = uuids.size();
    auto found = db->hidden->find(uuids[part_of(document, n)]);
    return found != db->hidden->end() &&
           found->second.count(own_number(document, n));
}

enum status xap_db_hide(struct xap_db *db, uint32_t document, struct error *err)
{
    return guard(err, [&] {
        if (!document)
            return STATUS_OK;
        auto uuids = uuids_of(db->database);
        size_t n = uuids.size();
        auto &list = (*db->hidden)[uuids[part_of(document, n)]];
        list.insert(list.end(), own_number(document, n));
        return STATUS_OK;
    });
}

struct xap_query *xap_query_documents(const struct xap_db *db,
                                      const uint32_t *documents, size_t count,
                                      struct error *err)
{
    return new_query(err, [&] {
        auto uuids = uuids_of(db->database);
        auto lists = std::make_shared<DocumentLists>();
        size_t n = uuids.size();
        for (size_t i = 0; i < count; i++)
            (*lists)[uuids[part_of(documents[i], n)]].insert(
                own_number(documents[i], n));
        return any_of(lists);
    });
}
