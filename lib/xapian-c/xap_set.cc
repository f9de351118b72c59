// SPDX-License-Identifier: GPL-2.0-or-later
#include <vector>

#include "xapian-c/rank.hh"

namespace {

class Noting : public Xapian::MatchSpy {
  public:
    explicit Noting(xap_set::Part &of) : part(of)
    {
    }

    void operator()(const Xapian::Document &document, double) override
    {
        part.add(document.get_docid());
    }

  private:
    xap_set::Part &part;
};

// No weight, but of numbers of occurrences: else libxapian would take the list
// of all documents for a term that all have (xap_db_has_in_all()).
class NoWeight : public Xapian::Weight {
  public:
    NoWeight()
    {
        need_stat(WDF);
    }

    NoWeight *clone() const override
    {
        return new NoWeight;
    }

    void init(double) override
    {
    }

    double get_sumpart(Xapian::termcount, Xapian::termcount,
                       Xapian::termcount) const override
    {
        return 0;
    }

    double get_maxpart() const override
    {
        return 0;
    }

    double get_sumextra(Xapian::termcount, Xapian::termcount) const override
    {
        return 0;
    }

    double get_maxextra() const override
    {
        return 0;
    }
};

void match(xap_set::Part &part, const Xapian::Query &query)
{
    Noting noting(part);
    Xapian::Enquire enquire(part.database);
    enquire.set_weighting_scheme(NoWeight());
    enquire.set_query(query);
    enquire.add_matchspy(&noting);
    enquire.get_mset(0, 0, part.database.get_lastdocid());
}

} // namespace

enum status xap_set_new(struct xap_set **out, const struct xap_db *db,
                        const struct xap_query *query, struct error *err)
{
    *out = nullptr;
    if (db->remote)
        return error_set(err, STATUS_INTERNAL,
                         "documents of another machine are in no set");
    return guard(err, [&] {
        std::unique_ptr<xap_set> set(new xap_set(db->database));
        const Plan *plan = query->plan.get();
        if (plan && can_plan(db)) {
            collect(*set, db->database, tables_for(db, *plan), *plan,
                    db->sharing);
        } else {
            const Xapian::Query asked = visible(db, query->query);
            for (xap_set::Part &part : set->parts)
                match(part, asked);
        }
        set->count();
        *out = set.release();
        return STATUS_OK;
    });
}

void xap_set_free(struct xap_set *set)
{
    delete set;
}

uint32_t xap_set_size(const struct xap_set *set)
{
    return set->size;
}

bool xap_set_has(const struct xap_set *set, uint32_t document)
{
    size_t n = set->parts.size();
    return n && document &&
           set->parts[part_of(document, n)].has(own_number(document, n));
}

const uint64_t *xap_set_bits(const struct xap_set *set, size_t part,
                             uint32_t *last)
{
    const auto &bits = set->parts[part].bits;
    *last = uint32_t(bits.size() * 64 - 1);
    return bits.data();
}

enum status xap_set_each_value(const struct xap_set *set, size_t part,
                               uint32_t first, uint32_t last, unsigned slot,
                               xap_on_value *on_value, void *payload,
                               struct error *err)
{
    return guard(err, [&] {
        const auto &of = set->parts.at(part);
        auto end = of.database.valuestream_end(slot);
        auto it = of.database.valuestream_begin(slot);
        for (Xapian::docid own = of.next(first); own && own <= last;
             own = own < last ? of.next(own + 1) : 0) {
            it.skip_to(own);
            if (it == end)
                break;
            if (it.get_docid() != own)
                continue;
            const std::string value = *it;
            if (!on_value(payload, own, to_span(value)))
                break;
        }
        return STATUS_OK;
    });
}
