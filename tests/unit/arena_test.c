/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/arena.h"

#include <stdalign.h>

#include "tests/unit/test.h"

static bool is_zero(const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (bytes[i])
            return false;
    return true;
}

TEST(arena_gives_zeroed_aligned_memory)
{
    struct arena *arena = arena_new();
    for (int round = 0; round < 3; round++) {
        for (size_t size = 0; size < 5000; size += 7) {
            char *memory = arena_alloc(arena, size);
            CHECK_NUMBER((uintptr_t)memory % alignof(max_align_t), 0);
            CHECK(is_zero(memory, size));
            memset(memory, 0xA5, size);
        }
        arena_reset(arena);
    }
    arena_free(arena);
    arena_free(NULL);
}

TEST(arena_copy_ends_in_a_zero)
{
    struct arena *arena = arena_new();
    char source[] = "abc";
    struct span copy = arena_copy(arena, span_of(source));
    source[0] = 'x';
    CHECK_SPAN(copy, "abc");
    CHECK_NUMBER(copy.data[3], 0);
    struct span empty = arena_copy(arena, (struct span){ NULL, 0 });
    CHECK(empty.data && !empty.size && !*empty.data);
    arena_free(arena);
}

TEST(arena_grow_keeps_items_and_zeroes_the_rest)
{
    struct arena *arena = arena_new();
    int *items = NULL;
    size_t count = 0, capacity = 0;
    for (; count < 10000; count++) {
        items = arena_grow(arena, items, count, &capacity, sizeof(*items));
        CHECK_NUMBER(items[count], 0);
        items[count] = (int)count;
    }
    int wrong = 0;
    for (size_t i = 0; i < count; i++)
        wrong += items[i] != (int)i;
    CHECK_NUMBER(wrong, 0);
    arena_free(arena);
}

TEST(arena_reset_uses_the_memory_again)
{
    struct arena *arena = arena_new();
    CHECK_NUMBER(arena_held(arena), 0);
    for (int i = 0; i < 100; i++)
        arena_alloc(arena, 10000);
    size_t held = arena_held(arena);
    CHECK(held >= 1000 * 1000);
    for (int round = 0; round < 10; round++) {
        arena_reset(arena);
        for (int i = 0; i < 100; i++)
            arena_alloc(arena, 10000);
    }
    CHECK_NUMBER(arena_held(arena), held);
    arena_free(arena);
}

TEST(arena_reset_gives_back_what_one_giant_took)
{
    enum { BIG = 64 * 1024 * 1024, ENOUGH = 16 * 1024 * 1024 };
    struct arena *arena = arena_new();
    char *big = arena_alloc(arena, BIG);
    big[BIG - 1] = 1;
    CHECK(arena_held(arena) >= BIG);
    arena_reset(arena);
    CHECK(arena_held(arena) <= ENOUGH);
    for (int i = 0; i < BIG / 1000; i++)
        arena_alloc(arena, 1000);
    CHECK(arena_held(arena) >= BIG);
    arena_reset(arena);
    CHECK(arena_held(arena) <= ENOUGH);
    arena_free(arena);
}
