// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <vector>

#include "xapian-c/guard.hh"
#include "xapian-c/rank.hh"

struct xap_matches {
    struct Item {
        Xapian::docid document;
        double weight;
        uint64_t terms;          // of the plan, that it has
        Xapian::MSetIterator at; // in an mset, where there is no plan
    };

    Xapian::Database database; // keeps the snapshot the matches are of
    Tables tables;             // and what its plan reads
    std::unique_ptr<xap_set> set;
    Xapian::Enquire enquire;
    PlanPtr plan; // that was followed; none: libxapian searched
    struct xap_sharing sharing;
    std::vector<Item> items;
    uint32_t offset = 0, total = 0, with_all = 0;
    bool exact = false, estimated = false, knows_all = false;

    xap_matches(const Xapian::Database &db, const struct xap_sharing &sharing_)
        : database(db), enquire(db), sharing(sharing_)
    {
    }

    Xapian::Document document(size_t i) const
    {
        if (plan)
            return database.get_document(items[i].document,
                                         Xapian::DOC_ASSUME_VALID);
        return items[i].at.get_document();
    }
};

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
// fetched, to see that no document beyond ties with one of them: first few,
// since it takes time to find them.
static const Xapian::doccount FEW = 6, MANY = 100;

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

// Items from `first` to `end` weigh the same.
static void order_ties(struct xap_matches *matches, unsigned slot, size_t first,
                       size_t end)
{
    using Tie = std::pair<std::string, xap_matches::Item>;
    std::vector<Tie> ties;
    for (size_t i = first; i < end; i++)
        ties.emplace_back(matches->document(i).get_value(slot),
                          matches->items[i]);
    std::stable_sort(ties.begin(), ties.end(), [](const Tie &a, const Tie &b) {
        return a.first > b.first;
    });
    for (size_t i = first; i < end; i++)
        matches->items[i] = ties[i - first].second;
}

static void add_mset(struct xap_matches *matches, const Xapian::MSet &mset)
{
    for (auto it = mset.begin(); it != mset.end(); ++it)
        matches->items.push_back({ *it, it.get_weight(), 0, it });
    matches->total += mset.get_matches_estimated();
    if (mset.get_matches_lower_bound() != mset.get_matches_upper_bound())
        matches->exact = false;
}

static void take_mset(struct xap_matches *matches, const Xapian::MSet &mset)
{
    matches->items.clear();
    matches->total = 0;
    matches->exact = true;
    add_mset(matches, mset);
}

// The best by weight alone, of equal ones the lower numbers.
static void find_best(struct xap_matches *matches,
                      const struct xap_search *search, Xapian::doccount most)
{
    if (matches->plan) {
        bool counts_all =
            search->count_all && matches->plan->needs == Plan::ANY;
        bool keeps = search->keeps_set && !matches->set &&
                     matches->plan->needs == Plan::ALL;
        if (keeps)
            matches->set.reset(new xap_set(matches->database));
        // A page that is not full tells how many there are.
        uint32_t sure = search->estimate_over && !keeps
                            ? std::max(search->estimate_over, most)
                            : UINT32_MAX;
        const RankSettings settings = {
            search->bm25,
            most,
            counts_all,
            sure,
            keeps ? matches->set.get() : nullptr,
            matches->sharing,
        };
        Ranking found =
            rank(matches->database, matches->tables, *matches->plan, settings);
        if (keeps)
            matches->set->count();
        matches->items.clear();
        for (const Ranked &ranked : found.best)
            matches->items.push_back(
                { ranked.document, ranked.weight, ranked.terms, {} });
        matches->with_all = found.with_all;
        bool counted = matches->plan->needs == Plan::ALL;
        matches->exact = counted && !found.estimated;
        matches->estimated = found.estimated;
        matches->knows_all = counts_all;
        matches->total = counted ? found.with_all : uint32_t(found.best.size());
        return;
    }
    matches->enquire.set_docid_order(Xapian::Enquire::ASCENDING);
    matches->enquire.set_sort_by_relevance();
    take_mset(matches,
              matches->enquire.get_mset(0, most, search->check_at_least));
}

// False where documents that were not fetched may stand among those asked for.
static bool find_by_weight(struct xap_matches *matches,
                           const struct xap_search *search,
                           Xapian::doccount more)
{
    Xapian::doccount asked = search->offset + search->limit;
    find_best(matches, search, asked + more);
    auto &items = matches->items;
    size_t size = items.size();
    if (size == asked + more && asked &&
        items[asked - 1].weight == items.back().weight)
        return false;
    for (size_t i = 0, end; i < size && i < asked; i = end) {
        for (end = i + 1; end < size && items[end].weight == items[i].weight;)
            end++;
        if (end > i + 1)
            order_ties(matches, search->sort_slot, i, end);
    }
    size_t skipped = std::min<size_t>(search->offset, size);
    items.erase(items.begin(), items.begin() + long(skipped));
    if (items.size() > search->limit)
        items.resize(search->limit);
    return true;
}

// Ascending, libxapian puts what has no value first: so what has one is asked
// for by itself, and the page is filled with the others.
static void find_valued_first(struct xap_matches *matches,
                              const struct xap_search *search)
{
    Xapian::Enquire &enquire = matches->enquire;
    const Xapian::Query all = enquire.get_query();
    const Xapian::Query valued(Xapian::Query::OP_VALUE_GE, search->sort_slot,
                               std::string(1, '\0'));
    enquire.set_query({ Xapian::Query::OP_FILTER, all, valued });
    take_mset(matches, enquire.get_mset(search->offset, search->limit,
                                        search->check_at_least));
    Xapian::doccount size = matches->items.size();
    if (size < search->limit || search->check_at_least) {
        uint32_t skipped = std::min(search->offset, matches->total);
        enquire.set_query({ Xapian::Query::OP_AND_NOT, all, valued });
        add_mset(matches, enquire.get_mset(search->offset - skipped,
                                           search->limit - size,
                                           search->check_at_least));
    } else {
        matches->exact = false;
    }
    enquire.set_query(all);
}

static bool some_lack_values(const Xapian::Database &database, unsigned slot)
{
    return database.get_value_freq(slot) < database.get_doccount();
}

static void find_in_order(struct xap_matches *matches,
                          const struct xap_search *search)
{
    set_order(matches->enquire, search);
    matches->plan = nullptr;
    matches->estimated = matches->knows_all = false;
    if (search->order == XAP_BY_VALUE_ASCENDING &&
        some_lack_values(matches->database, search->sort_slot))
        find_valued_first(matches, search);
    else
        take_mset(matches,
                  matches->enquire.get_mset(search->offset, search->limit,
                                            search->check_at_least));
}

static bool goes_by_weight(const struct xap_search *search)
{
    // What is counted is to be counted once.
    return search->order == XAP_BY_RELEVANCE && !search->facet_count &&
           search->limit &&
           uint64_t(search->offset) + search->limit + MANY <= UINT32_MAX;
}

static bool find_with_ties(struct xap_matches *matches,
                           const struct xap_search *search)
{
    // Where all are looked at, more cost nothing.
    return (!search->check_at_least && find_by_weight(matches, search, FEW)) ||
           find_by_weight(matches, search, MANY);
}

static bool is_count(const struct xap_search *search)
{
    return !search->limit && !search->facet_count;
}

static bool follows_plan(const struct xap_db *db,
                         const struct xap_search *search)
{
    const Plan *plan = search->query->plan.get();
    return plan && can_plan(db) && !search->bm25.k2 &&
           (plan->needs == Plan::ALL || !search->check_at_least);
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
        std::unique_ptr<xap_matches> matches(
            new xap_matches(database, db->sharing));
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
        if (follows_plan(db, search)) {
            matches->plan = search->query->plan;
            matches->tables = tables_for(db, *matches->plan);
        }
        if (is_count(search) && matches->plan)
            find_best(matches.get(), search, 0);
        else if (!goes_by_weight(search) ||
                 !find_with_ties(matches.get(), search))
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
    return matches->items.size();
}

uint32_t xap_matches_total(const struct xap_matches *matches, bool *exact)
{
    if (exact)
        *exact = matches->exact;
    return matches->total;
}

bool xap_matches_is_estimate(const struct xap_matches *matches)
{
    return matches->estimated;
}

struct xap_set *xap_matches_take_set(struct xap_matches *matches)
{
    return matches->set.release();
}

uint32_t xap_matches_with_all(const struct xap_matches *matches, bool *known)
{
    *known = matches->knows_all;
    return matches->with_all;
}

struct xap_match xap_matches_at(const struct xap_matches *matches, size_t i)
{
    const xap_matches::Item &item = matches->items[i];
    return { item.document, matches->offset + uint32_t(i), item.weight };
}

enum status xap_matches_data(const struct xap_matches *matches, size_t i,
                             struct str *out, struct error *err)
{
    return guard(err, [&] {
        str_add(out, to_span(matches->document(i).get_data()));
        return STATUS_OK;
    });
}

// Each once, as libxapian does: a term may be that of several leaves.
static void each_planned_term(const Plan &plan, uint64_t has,
                              xap_on_term *on_term, void *payload)
{
    std::set<std::string> terms;
    for (const auto &leaf : plan.leaves)
        for (const auto &term : leaf.terms) {
            if (has & 1)
                terms.insert(term);
            has >>= 1;
        }
    for (const auto &term : terms)
        if (!on_term(payload, to_span(term), 0))
            return;
}

enum status xap_matches_each_term(const struct xap_matches *matches, size_t i,
                                  xap_on_term *on_term, void *payload,
                                  struct error *err)
{
    const xap_matches::Item &item = matches->items[i];
    if (matches->plan) {
        each_planned_term(*matches->plan, item.terms, on_term, payload);
        return STATUS_OK;
    }
    return guard(err, [&] {
        Xapian::docid document = item.document;
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
