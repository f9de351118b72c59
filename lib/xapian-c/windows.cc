// SPDX-License-Identifier: GPL-2.0-or-later
#include "xapian-c/windows.hh"

void Places::FreeList::operator()(struct position_list *list) const
{
    position_list_free(list);
}

Places::Places(const Plan::Leaf &leaf, const struct glass_table *table)
{
    for (size_t i = 0; table && i < leaf.terms.size(); i++)
        lists.emplace_back(position_list_new(table, to_span(leaf.terms[i])));
}

void Places::begin(const Stream &stream)
{
    codes.clear();
    at = POSITION_END;
    for (size_t i = 0; i < lists.size(); i++) {
        struct position_code *code;
        if (!stream.has(i))
            continue;
        if (position_list_seek(lists[i].get(), stream.document(), &code,
                               &failure.err))
            throw failure;
        at = std::min(at, code->position);
        codes.push_back(code);
    }
}

void Places::check() const
{
    for (const auto *code : codes)
        if (code->damaged)
            throw Xapian::DatabaseCorruptError(
                "positions of a document are damaged");
}

// A place of each word behind that of the one before, as near as can be: where
// that is too long, the first word must stand further on.
static bool stand_in_order(std::vector<Places> &words, uint32_t length)
{
    uint32_t first = words[0].position();
    while (first != POSITION_END) {
        uint32_t last = first;
        for (size_t i = 1; i < words.size(); i++) {
            last = words[i].seek(last + 1);
            if (last == POSITION_END)
                return false;
        }
        if (last - first < length)
            return true;
        first = words[0].seek(last - length + 1);
    }
    return false;
}

// Two words that stand at one position are not two places.
static bool stand_near(Places *a, Places *b, uint32_t length)
{
    while (a->position() != POSITION_END && b->position() != POSITION_END) {
        if (a->position() > b->position())
            std::swap(a, b);
        uint32_t first = a->position();
        if (first == b->position()) {
            uint32_t next = std::min(a->seek(first + 1), b->seek(first + 1));
            if (next - first < length)
                return true;
        } else if (b->position() - first < length) {
            return true;
        } else {
            a->seek(b->position() - length + 1);
        }
    }
    return false;
}

bool Windows::Window::holds(const std::vector<Stream> &streams)
{
    for (size_t i = 0; i < words.size(); i++)
        words[i].begin(streams[asked.leaves[i]]);
    bool stand = asked.ordered ? stand_in_order(words, asked.length)
                               : stand_near(&words[0], &words[1], asked.length);
    for (const auto &word : words)
        word.check();
    return stand;
}

Windows::Windows(const Plan &plan, const struct glass_table *table)
{
    for (const auto &window : plan.windows) {
        windows.push_back({ window, {} });
        for (size_t leaf : window.leaves)
            windows.back().words.emplace_back(plan.leaves[leaf], table);
    }
}
