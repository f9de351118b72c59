// SPDX-License-Identifier: GPL-2.0-or-later
#include "xapian-c/plan.hh"

#include <algorithm>

namespace {

bool is_leaf(const Plan &plan)
{
    return plan.leaves.size() == 1 && plan.windows.empty();
}

bool is_plain_term(const Plan &plan)
{
    return is_leaf(plan) && plan.leaves[0].terms.size() == 1 &&
           plan.leaves[0].factor == 1;
}

// Any of several terms, or one.
bool is_side(const Plan &plan)
{
    bool plain = plan.windows.empty() &&
                 (plan.needs == Plan::ANY || plan.leaves.size() == 1);
    for (const auto &leaf : plan.leaves)
        plain = plain && leaf.terms.size() == 1 && leaf.factor == 1;
    return plain;
}

PlanPtr limited(const PlanPtr &plan)
{
    size_t terms = 0;
    for (const auto &leaf : plan->leaves)
        terms += leaf.terms.size();
    bool fits =
        plan->leaves.size() <= Plan::LEAVES_MAX && terms <= Plan::TERMS_MAX;
    return fits ? plan : nullptr;
}

bool needs_all(const Plan &plan)
{
    return plan.needs == Plan::ALL;
}

PlanPtr side_by_side(const std::vector<PlanPtr> &parts, Plan::Needs needs)
{
    auto out = std::make_shared<Plan>();
    out->needs = needs;
    for (const auto &part : parts) {
        for (Plan::Window window : part->windows) {
            for (size_t &leaf : window.leaves)
                leaf += out->leaves.size();
            out->windows.push_back(window);
        }
        out->leaves.insert(out->leaves.end(), part->leaves.begin(),
                           part->leaves.end());
    }
    return limited(out);
}

Plan::Leaf one_side(const Plan &plan)
{
    Plan::Leaf out = { {}, 1, true };
    for (const auto &leaf : plan.leaves)
        out.terms.push_back(leaf.terms[0]);
    return out;
}

// Else one occurrence might be taken for two.
bool have_no_word_in_common(const Plan::Leaf &a, const Plan::Leaf &b)
{
    return std::find_first_of(a.terms.begin(), a.terms.end(), b.terms.begin(),
                              b.terms.end()) == a.terms.end();
}

PlanPtr in_a_window(const std::vector<PlanPtr> &parts, uint32_t length,
                    bool ordered)
{
    Plan::Window window = { {}, length, ordered };
    auto out = std::make_shared<Plan>();
    for (const auto &part : parts) {
        window.leaves.push_back(out->leaves.size());
        out->leaves.push_back(one_side(*part));
    }
    out->windows.push_back(window);
    if (!ordered && (out->leaves.size() != 2 ||
                     !have_no_word_in_common(out->leaves[0], out->leaves[1])))
        return nullptr;
    return limited(out);
}

// Those that lack some, where the same leaves are asked for twice.
PlanPtr without_all(const std::vector<PlanPtr> &parts)
{
    const Plan &any = *parts[0], &all = *parts[1];
    auto same = [](const Plan::Leaf &a, const Plan::Leaf &b) {
        return a.terms == b.terms;
    };
    if (parts.size() != 2 || any.needs != Plan::ANY || all.needs != Plan::ALL ||
        !all.windows.empty() ||
        !std::equal(any.leaves.begin(), any.leaves.end(), all.leaves.begin(),
                    all.leaves.end(), same))
        return nullptr;
    auto out = std::make_shared<Plan>(any);
    out->needs = Plan::ANY_BUT_NOT_ALL;
    return out;
}

PlanPtr one_leaf(const std::vector<PlanPtr> &parts)
{
    auto out = std::make_shared<Plan>();
    out->leaves.push_back({ {}, 1, false });
    for (const auto &part : parts)
        out->leaves[0].terms.push_back(part->leaves[0].terms[0]);
    return limited(out);
}

} // namespace

PlanPtr plan_term(const std::string &term)
{
    if (term.empty()) // every document
        return nullptr;
    auto out = std::make_shared<Plan>();
    out->leaves.push_back({ { term }, 1, false });
    return out;
}

PlanPtr plan_join(enum xap_operator op, const std::vector<PlanPtr> &parts,
                  uint32_t window)
{
    auto each = [&](bool (*is)(const Plan &)) {
        return std::all_of(parts.begin(), parts.end(),
                           [is](const PlanPtr &part) { return is(*part); });
    };
    if (parts.empty() || std::count(parts.begin(), parts.end(), nullptr))
        return nullptr;
    if (parts.size() == 1)
        return parts[0];
    switch (op) {
    case XAP_AND:
        return each(needs_all) ? side_by_side(parts, Plan::ALL) : nullptr;
    case XAP_OR:
        return each(is_leaf) ? side_by_side(parts, Plan::ANY) : nullptr;
    case XAP_AND_NOT: return without_all(parts);
    case XAP_PHRASE:
    case XAP_NEAR:
        return each(is_side) ? in_a_window(parts, window, op == XAP_PHRASE)
                             : nullptr;
    case XAP_SYNONYM: return each(is_plain_term) ? one_leaf(parts) : nullptr;
    default: return nullptr;
    }
}

PlanPtr plan_scale(const PlanPtr &part, double factor)
{
    if (!part)
        return nullptr;
    auto out = std::make_shared<Plan>(*part);
    for (auto &leaf : out->leaves)
        leaf.factor *= factor;
    return out;
}
