// SPDX-License-Identifier: GPL-2.0-or-later
//
// plan.hh - a question of words and windows of words alone, which rank.hh
// answers without libxapian's matcher.
//
// It says the same as the Xapian::Query beside it in struct xap_query.  What
// has other operators in it has no plan and is libxapian's.
#ifndef NEWS_XAPIAN_C_PLAN_HH
#define NEWS_XAPIAN_C_PLAN_HH

#include <memory>
#include <string>
#include <vector>

#include "xapian-c/xapian-c.h"

struct Plan {
    enum { LEAVES_MAX = 16, TERMS_MAX = 64 }; // more have no plan

    // A word: a document has it by any of the terms, which weigh as one, or
    // each apart.
    struct Leaf {
        std::vector<std::string> terms;
        double factor;
        bool apart;
    };

    // Which of the leaves a document has.
    enum Needs { ALL, ANY, ANY_BUT_NOT_ALL } needs = ALL;
    std::vector<Leaf> leaves;

    // Leaves, by their places, that stand within so many positions; in that
    // order, or two of them in any.  Only where all are needed.
    struct Window {
        std::vector<size_t> leaves;
        uint32_t length;
        bool ordered;
    };
    std::vector<Window> windows;
};

using PlanPtr = std::shared_ptr<const Plan>; // none: no plan

PlanPtr plan_term(const std::string &term);
PlanPtr plan_join(enum xap_operator op, const std::vector<PlanPtr> &parts,
                  uint32_t window);
PlanPtr plan_scale(const PlanPtr &part, double factor);

#endif
