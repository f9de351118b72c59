// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <vector>

#include "xapian-c/guard.hh"
#include "xapian-c/handles.hh"

namespace {

// Hands the values of a slot on as they come.  To another machine it is
// libxapian's own ValueCountMatchSpy, which every server knows and whose counts
// come back merged.
class FacetSpy : public Xapian::MatchSpy {
  public:
    FacetSpy(const struct xap_search *search_, size_t facet_)
        : search(search_), facet(facet_)
    {
    }

    void operator()(const Xapian::Document &document, double) override
    {
        const std::string value =
            document.get_value(search->facet_slots[facet]);
        if (!value.empty())
            search->on_facet(search->payload, facet, to_span(value), 1);
    }

    std::string name() const override
    {
        return remote().name();
    }

    std::string serialise() const override
    {
        return remote().serialise();
    }

    void merge_results(const std::string &serialised) override
    {
        Xapian::ValueCountMatchSpy counts = remote();
        counts.merge_results(serialised);
        for (auto it = counts.values_begin(); it != counts.values_end(); ++it) {
            const std::string value = *it;
            search->on_facet(search->payload, facet, to_span(value),
                             it.get_termfreq());
        }
    }

    std::string get_description() const override
    {
        return "FacetSpy";
    }

  private:
    Xapian::ValueCountMatchSpy remote() const
    {
        return Xapian::ValueCountMatchSpy(search->facet_slots[facet]);
    }

    const struct xap_search *search;
    size_t facet;
};

} // namespace

// Ties go by value, which libxapian finds by looking at the value of every
// document; we look at those of the ties.  So some more than asked for are
// fetched, to see that no document beyond ties with one of them.
static const Xapian::doccount MORE = 16;

static void set_order(Xapian::Enquire &enquire, const struct xap_search *search)
{
    // Documents of equal weight and value come in the order of their numbers.
    enquire.set_docid_order(Xapian::Enquire::ASCENDING);
    switch (search->order) {
    case XAP_BY_RELEVANCE:
        enquire.set_sort_by_relevance_then_value(search->sort_slot, true);
        return;
    case XAP_BY_VALUE_DESCENDING:
    case XAP_BY_VALUE_ASCENDING:
        enquire.set_sort_by_value_then_relevance(
            search->sort_slot, search->order == XAP_BY_VALUE_DESCENDING);
        return;
    case XAP_BY_VALUE_AND_NUMBER:
        enquire.set_sort_by_value(search->sort_slot, false);
        return;
    case XAP_BY_NUMBER: // by a value that no document has
        enquire.set_sort_by_value(Xapian::BAD_VALUENO - 1, false);
        return;
    }
}

// Documents of the mset from `first` to `end` weigh the same.
static void order_ties(struct xap_matches *matches, unsigned slot, size_t first,
                       size_t end)
{
    std::vector<std::string> values(end - first);
    for (size_t i = first; i < end; i++)
        values[i - first] =
            matches->mset[Xapian::doccount(i)].get_document().get_value(slot);
    std::stable_sort(matches->order.begin() + long(first),
                     matches->order.begin() + long(end),
                     [&](Xapian::doccount a, Xapian::doccount b) {
                         return values[a - first] > values[b - first];
                     });
}

// False where documents that were not fetched may stand among those asked for.
static bool find_by_weight(struct xap_matches *matches,
                           const struct xap_search *search)
{
    Xapian::Enquire &enquire = matches->enquire;
    Xapian::doccount asked = search->offset + search->limit;
    enquire.set_docid_order(Xapian::Enquire::ASCENDING);
    enquire.set_sort_by_relevance();
    matches->mset = enquire.get_mset(0, asked + MORE, search->check_at_least);
    const Xapian::MSet &mset = matches->mset;
    size_t size = mset.size();
    std::vector<double> weights(size);
    matches->order.resize(size);
    for (size_t i = 0; i < size; i++) {
        weights[i] = mset[Xapian::doccount(i)].get_weight();
        matches->order[i] = Xapian::doccount(i);
    }
    if (size == asked + MORE && asked && weights[asked - 1] == weights.back())
        return false;
    for (size_t i = 0, end; i < size && i < asked; i = end) {
        for (end = i + 1; end < size && weights[end] == weights[i];)
            end++;
        if (end > i + 1)
            order_ties(matches, search->sort_slot, i, end);
    }
    size_t skipped = std::min<size_t>(search->offset, size);
    matches->order.erase(matches->order.begin(),
                         matches->order.begin() + long(skipped));
    if (matches->order.size() > search->limit)
        matches->order.resize(search->limit);
    return true;
}

static void find_in_order(struct xap_matches *matches,
                          const struct xap_search *search)
{
    set_order(matches->enquire, search);
    matches->mset = matches->enquire.get_mset(search->offset, search->limit,
                                              search->check_at_least);
    matches->order.resize(matches->mset.size());
    for (size_t i = 0; i < matches->order.size(); i++)
        matches->order[i] = Xapian::doccount(i);
}

enum status xap_search_run(struct xap_matches **out, const struct xap_db *db,
                           const struct xap_search *search, struct error *err)
{
    *out = nullptr;
    if (search->facet_count > XAP_FACETS_MAX)
        return error_set(err, STATUS_INTERNAL, "%zu facets are over %d",
                         search->facet_count, (int)XAP_FACETS_MAX);
    return guard(err, [&] {
        // libxapian refuses to search no database at all; to us that is an
        // archive without articles.
        Xapian::Database database(db->database);
        if (database.internal.empty())
            database = Xapian::Database("", Xapian::DB_BACKEND_INMEMORY);
        std::unique_ptr<xap_matches> matches(new xap_matches(database));
        Xapian::Enquire &enquire = matches->enquire;
        const struct xap_bm25 &bm25 = search->bm25;
        enquire.set_weighting_scheme(Xapian::BM25Weight(
            bm25.k1, bm25.k2, bm25.k3, bm25.b, bm25.min_normlen));
        enquire.set_query(visible(db, search->query->query));
        std::vector<std::unique_ptr<FacetSpy>> spies;
        for (size_t i = 0; i < search->facet_count; i++) {
            spies.emplace_back(new FacetSpy(search, i));
            enquire.add_matchspy(spies.back().get());
        }
        matches->offset = search->offset;
        // What is counted is to be counted once.
        if (search->order != XAP_BY_RELEVANCE || search->facet_count ||
            !search->limit ||
            uint64_t(search->offset) + search->limit + MORE > UINT32_MAX ||
            !find_by_weight(matches.get(), search))
            find_in_order(matches.get(), search);
        enquire.clear_matchspies();
        *out = matches.release();
        return STATUS_OK;
    });
}

void xap_matches_free(struct xap_matches *matches)
{
    delete matches;
}

size_t xap_matches_size(const struct xap_matches *matches)
{
    return matches->order.size();
}

uint32_t xap_matches_total(const struct xap_matches *matches, bool *exact)
{
    const Xapian::MSet &mset = matches->mset;
    if (exact)
        *exact =
            mset.get_matches_lower_bound() == mset.get_matches_upper_bound();
    return mset.get_matches_estimated();
}

struct xap_match xap_matches_at(const struct xap_matches *matches, size_t i)
{
    struct xap_match match = { 0, 0, 0.0 };
    guard(nullptr, [&] {
        Xapian::MSetIterator it = matches->mset[matches->order[i]];
        match.document = *it;
        match.rank = matches->offset + uint32_t(i);
        match.weight = it.get_weight();
        return STATUS_OK;
    });
    return match;
}

enum status xap_matches_data(const struct xap_matches *matches, size_t i,
                             struct str *out, struct error *err)
{
    return guard(err, [&] {
        Xapian::MSetIterator it = matches->mset[matches->order[i]];
        str_add(out, to_span(it.get_document().get_data()));
        return STATUS_OK;
    });
}

enum status xap_matches_each_term(const struct xap_matches *matches, size_t i,
                                  xap_on_term *on_term, void *payload,
                                  struct error *err)
{
    return guard(err, [&] {
        Xapian::docid document = *matches->mset[matches->order[i]];
        auto end = matches->enquire.get_matching_terms_end(document);
        for (auto it = matches->enquire.get_matching_terms_begin(document);
             it != end; ++it) {
            const std::string term = *it;
            if (!on_term(payload, to_span(term), 0))
                break;
        }
        return STATUS_OK;
    });
}
