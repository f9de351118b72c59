/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/glass/glass_btree.h"

#include <stdlib.h>

#include "base/file.h"
#include "tests/unit/test.h"

enum {
    FILE_MAX = 64 * 1024 * 1024,
    COMPRESSED = 0x8000,
    LAST = 0x4000,
    FIRST = 0x2000,
};

/* ---- A reader, written from the description of the format ------------- */

struct table {
    struct str bytes;
    unsigned char *seen; /* for each block */
    uint32_t block_count;
    uint32_t next_leaf; /* leaves are met in ascending order */
};

/* An entry put together from its components. */
struct entry {
    struct str key, tag;
    bool compressed;
};

struct walk {
    struct table *table;
    struct entry entry;
    unsigned component;
    uint64_t entries;
    void (*on_entry)(struct walk *walk);
    uint64_t wanted; /* for on_entry */
    double fill;     /* bytes in leaves */
};

static unsigned read_16(const unsigned char *p)
{
    return (unsigned)p[0] << 8 | p[1];
}

static const unsigned char *block_at(struct table *table, uint32_t number)
{
    CHECK(number < table->block_count);
    CHECK(!table->seen[number]);
    table->seen[number] = 1;
    return (const unsigned char *)table->bytes.data +
           (size_t)number * GLASS_BLOCK_SIZE;
}

/* Revision, sizes, and that items lie one behind the other from the end. */
static unsigned check_block(const unsigned char *block, unsigned level)
{
    unsigned end = read_16(block + 9), lowest = GLASS_BLOCK_SIZE;
    CHECK_NUMBER(read_16(block) << 16 | read_16(block + 2), 1);
    CHECK_NUMBER(block[4], level);
    CHECK(end % 2 == 1 && end > GLASS_BLOCK_HEADER);
    for (unsigned at = GLASS_BLOCK_HEADER; at < end; at += 2) {
        const unsigned char *item = block + read_16(block + at);
        unsigned size = level ? item[4] + 7u : (read_16(item) & 0x1FFF) + 3;
        CHECK_NUMBER(read_16(block + at) + size, lowest);
        CHECK(level || size <= GLASS_ITEM_MAX);
        lowest = read_16(block + at);
    }
    CHECK(lowest >= end);
    CHECK_NUMBER(read_16(block + 5), lowest - end);
    CHECK_NUMBER(read_16(block + 7), lowest - end);
    return (end - GLASS_BLOCK_HEADER) / 2;
}

static int compare(struct span key, unsigned component, struct span other,
                   unsigned other_component)
{
    int order = span_compare(key, other);
    return order
               ? order
               : (component > other_component) - (component < other_component);
}

static void end_entry(struct walk *walk)
{
    walk->entries++;
    walk->on_entry(walk);
    walk->component = 0;
    str_clear(&walk->entry.tag);
}

static void read_item(struct walk *walk, const unsigned char *item,
                      struct span low, unsigned low_component)
{
    unsigned flags = read_16(item);
    size_t size = (flags & 0x1FFF) + 3;
    struct span key = { (const char *)item + 3, item[2] };
    const unsigned char *p = item + 3 + key.size;
    unsigned component = 1;
    if (!(flags & FIRST)) {
        component = read_16(p);
        p += 2;
    }
    CHECK(compare(key, component, low, low_component) >= 0);
    CHECK_NUMBER(component, walk->component + 1);
    if (component == 1) {
        CHECK(span_compare(str_span(&walk->entry.key), key) < 0 ||
              !walk->entries);
        str_clear(&walk->entry.key);
        str_add(&walk->entry.key, key);
        walk->entry.compressed = flags & COMPRESSED;
    }
    CHECK(span_equal(str_span(&walk->entry.key), key));
    CHECK_NUMBER(walk->entry.compressed, !!(flags & COMPRESSED));
    str_add(&walk->entry.tag,
            (struct span){ (const char *)p, (size_t)(item + size - p) });
    walk->component = component;
    if (flags & LAST && (key.size || walk->entries))
        end_entry(walk);
    else if (flags & LAST)
        walk->component = 0; /* the null item */
}

static void read_leaf(struct walk *walk, uint32_t number, struct span low,
                      unsigned low_component)
{
    CHECK(number >= walk->table->next_leaf);
    walk->table->next_leaf = number + 1;
    const unsigned char *block = block_at(walk->table, number);
    unsigned count = check_block(block, 0);
    for (unsigned i = 0; i < count; i++)
        read_item(walk, block + read_16(block + GLASS_BLOCK_HEADER + 2 * i),
                  low, low_component);
    walk->fill += GLASS_BLOCK_SIZE - read_16(block + 7);
}

static void read_block(struct walk *walk, uint32_t number, unsigned level,
                       struct span low, unsigned low_component)
{
    if (!level) {
        read_leaf(walk, number, low, low_component);
        return;
    }
    const unsigned char *block = block_at(walk->table, number);
    unsigned count = check_block(block, level);
    for (unsigned i = 0; i < count; i++) {
        const unsigned char *item =
            block + read_16(block + GLASS_BLOCK_HEADER + 2 * i);
        struct span key = { (const char *)item + 5, item[4] };
        unsigned component = read_16(item + 5 + key.size);
        CHECK(i || (!key.size && !component));
        CHECK(!i || compare(key, component, low, low_component) > 0);
        if (i) {
            low = key;
            low_component = component;
        }
        read_block(walk, read_16(item) << 16 | read_16(item + 2), level - 1,
                   low, low_component);
    }
}

static void read_table(const struct glass_root *root, struct walk *walk)
{
    struct error err = ERROR_INIT;
    char *path = file_join(test_directory(), "table");
    struct table table = { .bytes = STR_INIT,
                           .block_count = root->block_count };
    CHECK_STATUS(file_read(path, FILE_MAX, &table.bytes, &err), STATUS_OK, err);
    CHECK_NUMBER(table.bytes.size,
                 (uint64_t)root->block_count * GLASS_BLOCK_SIZE);
    table.seen = calloc(root->block_count, 1);
    walk->table = &table;
    walk->entry = (struct entry){ STR_INIT, STR_INIT, false };
    read_block(walk, root->block, root->level, (struct span){ NULL, 0 }, 0);
    for (uint32_t i = 0; i < root->block_count; i++)
        CHECK(table.seen[i]);
    CHECK_NUMBER(walk->entries, root->entry_count);
    str_release(&walk->entry.key);
    str_release(&walk->entry.tag);
    str_release(&table.bytes);
    free(table.seen);
    file_remove(path, NULL);
    free(path);
}

/* ---- Tables ----------------------------------------------------------- */

/* What entry `i` of a test holds is computed, not remembered. */
static struct glass_key key_of(uint64_t i, uint64_t kind)
{
    struct glass_key key = { 0 };
    if (kind == 2) /* long keys: few in a branch, so the tree gets high */
        while (key.size < 240)
            glass_key_add_byte(&key, 'k');
    glass_key_add_sort_uint(&key, i + 1);
    return key;
}

static struct span tag_of(uint64_t i, uint64_t kind, struct str *out)
{
    static const size_t sizes[] = { 0,    1,    30,    2035,  2036, 2037,
                                    2038, 2039, 2040,  2041,  4076, 8192,
                                    100,  500,  20000, 66000, 3 };
    size_t size = kind == 1 ? sizes[i * i % 17] : kind == 3 ? 1500 : i % 40;
    str_clear(out);
    for (size_t k = 0; k < size; k++)
        str_add_char(out, (char)(i + k * (i | 1)));
    return str_span(out);
}

static void check_entry(struct walk *walk)
{
    uint64_t kind = walk->wanted, i = walk->entries - 1;
    struct str tag = STR_INIT;
    struct glass_key key = key_of(i, kind);
    CHECK(span_equal(str_span(&walk->entry.key), glass_key_span(&key)));
    CHECK(span_equal(str_span(&walk->entry.tag), tag_of(i, kind, &tag)));
    CHECK_NUMBER(walk->entry.compressed, i % 3 == 0);
    str_release(&tag);
}

static struct glass_root make_table(uint64_t count, uint64_t kind)
{
    struct error err = ERROR_INIT;
    struct glass_btree *tree;
    struct glass_root root = { 0 };
    struct str tag = STR_INIT;
    CHECK_STATUS(glass_btree_open(&tree, test_directory(), "table", &err),
                 STATUS_OK, err);
    for (uint64_t i = 0; i < count; i++) {
        struct glass_key key = key_of(i, kind);
        size_t room = glass_btree_room(tree, key.size);
        uint64_t before = glass_btree_size(tree);
        struct span bytes = tag_of(i, kind, &tag);
        CHECK_STATUS(glass_btree_add(tree, glass_key_span(&key), bytes,
                                     i % 3 == 0, &err),
                     STATUS_OK, err);
        CHECK(!room || bytes.size > room || glass_btree_size(tree) == before);
    }
    str_release(&tag);
    CHECK_STATUS(glass_btree_finish(tree, &root, &err), STATUS_OK, err);
    CHECK(root.exists);
    return root;
}

TEST(glass_btree_holds_what_was_added)
{
    static const struct {
        uint64_t count, kind;
        unsigned levels; /* above the leaves */
    } cases[] = {
        { 0, 0, 0 },   { 1, 0, 0 },     { 200, 0, 0 },   { 2000, 0, 1 },
        { 500, 1, 1 }, { 60000, 0, 1 }, { 40000, 2, 3 }, { 3000, 3, 1 },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct glass_root root = make_table(cases[i].count, cases[i].kind);
        CHECK_NUMBER(root.entry_count, cases[i].count);
        CHECK_NUMBER(root.level, cases[i].levels);
        struct walk walk = { .on_entry = check_entry, .wanted = cases[i].kind };
        read_table(&root, &walk);
    }
}

/* Tags of 1,500 bytes are cut so that nothing of a leaf is left free. */
TEST(glass_btree_fills_its_leaves)
{
    struct glass_root root = make_table(1000, 3);
    struct walk walk = { .on_entry = check_entry, .wanted = 3 };
    read_table(&root, &walk);
    CHECK(walk.fill > 0.98 * (root.block_count - 1.0) * GLASS_BLOCK_SIZE);
}

TEST(glass_btree_refuses_keys_out_of_order)
{
    struct error err = ERROR_INIT;
    struct glass_btree *tree;
    struct span tag = { NULL, 0 };
    CHECK_STATUS(glass_btree_open(&tree, test_directory(), "refuse", &err),
                 STATUS_OK, err);
    CHECK_STATUS(glass_btree_add(tree, span_of("b"), tag, false, &err),
                 STATUS_OK, err);
    CHECK_STATUS(glass_btree_add(tree, span_of("a"), tag, false, &err),
                 STATUS_INTERNAL, err);
    CHECK_STATUS(glass_btree_add(tree, span_of("b"), tag, false, &err),
                 STATUS_INTERNAL, err);
    CHECK_STATUS(glass_btree_add(tree, span_of("ba"), tag, false, &err),
                 STATUS_OK, err);
    CHECK_STATUS(glass_btree_add(tree, span_of("c"),
                                 (struct span){ "", GLASS_TAG_MAX + 1u }, false,
                                 &err),
                 STATUS_TOO_BIG, err);
    glass_btree_abandon(tree);
}
