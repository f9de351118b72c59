// SPDX-License-Identifier: GPL-2.0-or-later
#include <map>
#include <memory>
#include <set>
#include <vector>

#include "xapian-c/handles.hh"

namespace {

// The documents of each database by its UUID: a source is told which database
// it is asked in, not the how manyeth that is. Copies of a database share one.
using List = std::set<Xapian::docid>;
using Lists = std::map<std::string, List>;

class Documents : public Xapian::PostingSource {
  public:
    explicit Documents(std::shared_ptr<const Lists> of) : lists(of)
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

    std::shared_ptr<const Lists> lists;
    const List nothing;
    const List *list = &nothing;
    List::const_iterator at;
    bool begun = false;
};

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

} // namespace

struct xap_query *xap_query_documents(const struct xap_db *db,
                                      const uint32_t *documents, size_t count,
                                      struct error *err)
{
    return new_query(err, [&] {
        auto uuids = uuids_of(db->database);
        auto lists = std::make_shared<Lists>();
        size_t n = uuids.size();
        for (size_t i = 0; i < count; i++)
            (*lists)[uuids[part_of(documents[i], n)]].insert(
                own_number(documents[i], n));
        return Xapian::Query((new Documents(lists))->release());
    });
}
