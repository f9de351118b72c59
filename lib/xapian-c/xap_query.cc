// SPDX-License-Identifier: GPL-2.0-or-later
#include "xapian-c/handles.hh"

struct xap_query *xap_query_all(struct error *err)
{
    return new_query(err, [] { return Xapian::Query::MatchAll; });
}

struct xap_query *xap_query_none(struct error *err)
{
    return new_query(err, [] { return Xapian::Query::MatchNothing; });
}

struct xap_query *xap_query_term(struct span term, struct error *err)
{
    return new_query(err, [&] {
        const std::string name = to_string(term);
        return xap_query(Xapian::Query(name), plan_term(name));
    });
}

static Xapian::Query::op operator_of(enum xap_operator op)
{
    switch (op) {
    case XAP_AND: return Xapian::Query::OP_AND;
    case XAP_OR: return Xapian::Query::OP_OR;
    case XAP_AND_NOT: return Xapian::Query::OP_AND_NOT;
    case XAP_AND_MAYBE: return Xapian::Query::OP_AND_MAYBE;
    case XAP_FILTER: return Xapian::Query::OP_FILTER;
    case XAP_NEAR: return Xapian::Query::OP_NEAR;
    case XAP_PHRASE: return Xapian::Query::OP_PHRASE;
    case XAP_SYNONYM: return Xapian::Query::OP_SYNONYM;
    case XAP_MAX: return Xapian::Query::OP_MAX;
    }
    throw Xapian::InvalidArgumentError("unknown operator");
}

struct xap_query *xap_query_join(enum xap_operator op, struct xap_query **parts,
                                 size_t count, uint32_t window,
                                 struct error *err)
{
    bool whole = true;
    for (size_t i = 0; i < count; i++)
        whole = whole && parts[i];
    struct xap_query *out = nullptr;
    if (whole)
        out = new_query(err, [&] {
            std::vector<Xapian::Query> queries;
            std::vector<PlanPtr> plans;
            bool has_windows = op == XAP_NEAR || op == XAP_PHRASE;
            for (size_t i = 0; i < count; i++) {
                queries.push_back(parts[i]->query);
                plans.push_back(parts[i]->plan);
                has_windows = has_windows || parts[i]->has_windows;
            }
            xap_query joined(Xapian::Query(operator_of(op), queries.begin(),
                                           queries.end(), window),
                             plan_join(op, plans, window));
            joined.has_windows = has_windows;
            return joined;
        });
    for (size_t i = 0; i < count; i++)
        xap_query_free(parts[i]);
    return out;
}

struct xap_query *xap_query_scale(struct xap_query *part, double factor,
                                  struct error *err)
{
    if (!part)
        return nullptr;
    struct xap_query *out = new_query(err, [&] {
        xap_query scaled = *part;
        scaled.query =
            Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, part->query, factor);
        scaled.plan = plan_scale(part->plan, factor);
        return scaled;
    });
    xap_query_free(part);
    return out;
}

struct xap_query *xap_query_range(unsigned slot, const struct span *low,
                                  const struct span *high, struct error *err)
{
    return new_query(err, [&] {
        if (low && high)
            return Xapian::Query(Xapian::Query::OP_VALUE_RANGE, slot,
                                 to_string(*low), to_string(*high));
        if (low)
            return Xapian::Query(Xapian::Query::OP_VALUE_GE, slot,
                                 to_string(*low));
        if (high)
            return Xapian::Query(Xapian::Query::OP_VALUE_LE, slot,
                                 to_string(*high));
        return Xapian::Query::MatchAll;
    });
}

struct xap_query *xap_query_copy(const struct xap_query *query,
                                 struct error *err)
{
    if (!query)
        return nullptr;
    return new_query(err, [&] { return *query; });
}

void xap_query_free(struct xap_query *query)
{
    delete query;
}

bool xap_query_is_none(const struct xap_query *query)
{
    return query->query.empty();
}

bool xap_query_has_windows(const struct xap_query *query)
{
    return query->has_windows && !query->plan;
}

void xap_query_describe(const struct xap_query *query, struct str *out)
{
    guard(nullptr, [&] {
        str_add(out, to_span(query->query.get_description()));
        return STATUS_OK;
    });
}
