/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/names/name_resolve.h"

#include "base/str.h"
#include "indexer/names/callings.h"
#include "indexer/names/name_clean.h"
#include "indexer/names/name_index.h"
#include "indexer/names/name_order.h"

enum { NONE = NAME_INDEX_NONE };

struct resolving {
    struct arena *memory;
    struct span text;
    struct calling *callings; /* stated ones first, then in text order */
    size_t count;
    struct name *names;
    size_t *longest; /* of each name: the bytes of the mention it shows */
    size_t name_count, name_capacity, longest_capacity;
    struct name_index *keys;   /* kind and key -> name */
    struct name_index *lasts;  /* last word of a full name -> the last so far */
    struct name_index *firsts; /* its first word */
    struct name_index *shorts; /* first and last word of a full name */
    struct name_index *heads;  /* the words that an organisation begins with */
    struct name_index *initials; /* acronym -> organisation */
};

/* ---- Names ------------------------------------------------------------ */

static size_t new_name(struct resolving *r, const struct calling *calling)
{
    r->names = arena_grow(r->memory, r->names, r->name_count, &r->name_capacity,
                          sizeof(*r->names));
    r->longest = arena_grow(r->memory, r->longest, r->name_count,
                            &r->longest_capacity, sizeof(*r->longest));
    r->names[r->name_count] =
        (struct name){ .kind = calling->kind, .key = calling->key };
    r->longest[r->name_count] = 0;
    return r->name_count++;
}

static struct span word_of_key(struct span key, size_t number)
{
    struct span word = { NULL, 0 };
    for (size_t i = 0; i <= number && key.size; i++)
        span_next(&key, ' ', &word);
    return word;
}

/* The last word that is no "jr". */
static struct span last_word(const struct calling *calling)
{
    struct span last = { NULL, 0 }, word, rest = calling->key;
    while (rest.size && span_next(&rest, ' ', &word))
        if (!name_is_suffix(word) || !last.size)
            last = word;
    return last;
}

/* The key of the last word as written: "bello koko" of Mohammed Bello-Koko. */
static struct span last_part(struct resolving *r, const struct calling *calling)
{
    struct span form = calling->form, last = last_word(calling), part;
    size_t blank = SIZE_MAX, at = 0;
    while ((at = span_find_char(form, at, ' ')) != SIZE_MAX)
        blank = at++;
    if (blank == SIZE_MAX || span_find_char(form, blank, '-') == SIZE_MAX)
        return last;
    part = calling_key(NAME_PERSON, span_slice(form, blank + 1, form.size),
                       r->memory);
    return part.size ? part : last;
}

/* "john kirby" of "john f kirby". */
static struct span short_key(struct resolving *r, const struct calling *calling)
{
    struct str key = STR_INIT;
    str_add(&key, word_of_key(calling->key, 0));
    str_add_char(&key, ' ');
    str_add(&key, last_word(calling));
    struct span copy = arena_copy(r->memory, str_span(&key));
    str_release(&key);
    return copy;
}

static void index_person(struct resolving *r, const struct calling *calling)
{
    name_index_add(r->shorts, 0, short_key(r, calling), calling->name);
    name_index_add(r->firsts, 0, word_of_key(calling->key, 0), calling->name);
    name_index_add(r->lasts, 0, last_part(r, calling), calling->name);
}

static bool is_small_word(struct span word)
{
    return span_is(word, "of") || span_is(word, "for") ||
           span_is(word, "the") || span_is(word, "on") || span_is(word, "in") ||
           span_is(word, "de");
}

enum { INITIALS_MIN = 2, INITIALS_MAX = 8 };

/* "dd" and "dod" of "department of defense". */
static void index_initials(struct resolving *r, struct span key, size_t name,
                           bool with_small)
{
    char initials[INITIALS_MAX];
    size_t count = 0;
    struct span word;
    while (key.size && count < INITIALS_MAX && span_next(&key, ' ', &word))
        if (with_small || !is_small_word(word))
            initials[count++] = word.data[0];
    if (count >= INITIALS_MIN && !key.size)
        name_index_add(r->initials, 0, (struct span){ initials, count }, name);
}

static bool is_country(struct span word)
{
    return span_is(word, "us") || span_is(word, "uk") || span_is(word, "un");
}

static void index_org(struct resolving *r, const struct calling *calling)
{
    struct span key = calling->key, rest = key, first, word;
    while (rest.size && span_next(&rest, ' ', &word)) {
        size_t size = (size_t)(word.data + word.size - key.data);
        if (rest.size && !is_country(span_slice(key, 0, size)))
            name_index_add(r->heads, 0, span_slice(key, 0, size),
                           calling->name);
    }
    rest = key;
    span_next(&rest, ' ', &first);
    for (int small = 0; small < 2; small++) {
        index_initials(r, key, calling->name, small);
        if (is_country(first))
            index_initials(r, rest, calling->name, small);
    }
}

static void take_full_name(struct resolving *r, struct calling *calling)
{
    size_t *at = name_index_at(r->keys, calling->kind, calling->key);
    if (*at == NONE && calling->kind == NAME_PERSON) {
        /* The same but for a middle name. */
        size_t near = name_index_one(r->shorts, 0, short_key(r, calling));
        if (near != NONE)
            *at = near;
    }
    if (*at == NONE)
        *at = new_name(r, calling);
    calling->name = *at;
    if (calling->kind == NAME_PERSON)
        index_person(r, calling);
    else if (calling->kind == NAME_ORG)
        index_org(r, calling);
}

/* ---- Parts of names --------------------------------------------------- */

static bool is_short(const struct calling *calling)
{
    return calling->kind == NAME_PERSON && calling->in_one_word;
}

/* "International Grain Council (IGC)": whose name stands before the bracket. */
static size_t name_before_bracket(const struct resolving *r, size_t i)
{
    if (!i || r->callings[i].stated || r->callings[i - 1].stated)
        return NONE;
    const struct calling *before = &r->callings[i - 1];
    size_t end = before->place.offset + before->place.size;
    size_t at = r->callings[i].place.offset;
    if (before->kind != NAME_ORG || before->words < 2 || at < end ||
        at - end > 3 || at < 1 || r->text.data[at - 1] != '(')
        return NONE;
    return before->name;
}

/* IGC, AT&T, U.N., DoD; not McCoy. */
static bool is_acronym(struct span form)
{
    size_t capitals = 0, letters = 0;
    for (size_t i = 0; i < form.size; i++) {
        char c = form.data[i];
        bool capital = c >= 'A' && c <= 'Z';
        if (!capital && !(c >= 'a' && c <= 'z') && c != '.' && c != '&')
            return false;
        capitals += capital;
        letters += c != '.' && c != '&';
    }
    return capitals >= INITIALS_MIN && letters <= INITIALS_MAX &&
           capitals * 2 >= letters;
}

static size_t whole_org(const struct resolving *r, size_t i)
{
    const struct calling *calling = &r->callings[i];
    bool acronym = is_acronym(calling->form);
    size_t name = acronym ? name_before_bracket(r, i) : NONE;
    if (name == NONE && acronym)
        name = name_index_one(r->initials, 0, calling->key);
    if (name == NONE)
        name = name_index_one(r->heads, 0, calling->key);
    return name;
}

/* A word taken for something else after a person so called was named, where
 * the recogniser is not sure and nothing else in the article is called so. */
enum { SURE = 90 };

static void find_persons(struct resolving *r)
{
    struct name_index *others = name_index_new(r->memory, r->count);
    struct name_index *known = name_index_new(r->memory, r->count);
    for (size_t i = 0; i < r->count; i++) {
        const struct calling *calling = &r->callings[i];
        if (calling->kind == NAME_PERSON)
            continue;
        if (calling->words > 1 || calling->stated ||
            calling->confidence >= SURE)
            name_index_add(others, 0, word_of_key(calling->key, 0), i);
    }
    for (size_t i = 0; i < r->count; i++) {
        struct calling *calling = &r->callings[i];
        if (calling->kind == NAME_PERSON && !is_short(calling))
            name_index_add(known, 0, last_part(r, calling), calling->name);
        else if (calling->kind != NAME_PERSON && calling->in_one_word &&
                 !calling->stated && !is_acronym(calling->form) &&
                 name_index_one(known, 0, calling->key) != NONE &&
                 *name_index_at(others, 0, calling->key) == NONE) {
            calling->kind = NAME_PERSON;
            calling->name = NONE;
        }
    }
}

/* An acronym that the recogniser takes for anything is the organisation that
 * stands before it. */
static void bind_acronyms(struct resolving *r)
{
    for (size_t i = 0; i < r->count; i++) {
        struct calling *calling = &r->callings[i];
        if (calling->words != 1 || !is_acronym(calling->form))
            continue;
        size_t name = name_before_bracket(r, i);
        if (name == NONE)
            continue;
        *name_index_at(r->keys, NAME_ORG, calling->key) = name;
        calling->kind = NAME_ORG;
        calling->name = name;
    }
}

static void bind_persons(struct resolving *r)
{
    for (size_t i = 0; i < r->count; i++) {
        struct calling *calling = &r->callings[i];
        if (calling->kind != NAME_PERSON)
            continue;
        /* Those before in the text stand before in the array. */
        if (!is_short(calling))
            name_index_touch(r->lasts, 0, last_part(r, calling), calling->name);
        else if (calling->name == NONE)
            calling->name = name_index_last(r->lasts, 0, calling->key);
        if (calling->name == NONE)
            calling->name = name_index_one(r->firsts, 0, calling->key);
    }
}

static void bind_rest(struct resolving *r)
{
    for (size_t i = 0; i < r->count; i++) {
        struct calling *calling = &r->callings[i];
        if (calling->name != NONE)
            continue;
        size_t whole = calling->kind == NAME_ORG ? whole_org(r, i) : NONE;
        if (whole != NONE) {
            calling->name = whole;
            continue;
        }
        size_t *at = name_index_at(r->keys, calling->kind, calling->key);
        if (*at == NONE)
            *at = new_name(r, calling);
        calling->name = *at;
    }
}

/* ---- Forms ------------------------------------------------------------ */

/* A full name, or any where the name is one word. */
static bool is_whole(const struct name *name, const struct calling *calling)
{
    return calling->words > 1 || calling_words(name->key) == 1;
}

static void take_stated_form(struct resolving *r, const struct calling *calling)
{
    struct name *name = &r->names[calling->name];
    bool first = !name->stated;
    name->stated = true;
    if (!first || calling->in_capitals || !is_whole(name, calling))
        return;
    name->form = calling->form;
    name->key = calling->key;
    r->longest[calling->name] = calling->words > 1 ? SIZE_MAX : 0;
}

static void take_form(struct resolving *r, const struct calling *calling)
{
    struct name *name = &r->names[calling->name];
    if (calling->stated) {
        take_stated_form(r, calling);
        return;
    }
    name->mention_count++;
    if (calling->in_capitals || !is_whole(name, calling) ||
        calling->form.size <= r->longest[calling->name])
        return;
    name->form = calling->form;
    r->longest[calling->name] = calling->form.size;
}

/* A name that stands in capitals only. */
static void shape_form(struct resolving *r, size_t i, struct span capitals)
{
    struct str form = STR_INIT;
    name_uncapitalise(&form, r->names[i].kind, capitals);
    r->names[i].form = arena_copy(r->memory, str_span(&form));
    str_release(&form);
}

static void gather_mentions(struct resolving *r)
{
    for (size_t i = 0; i < r->name_count; i++) {
        r->names[i].mentions =
            arena_alloc(r->memory, (r->names[i].mention_count + 1) *
                                       sizeof(struct mention));
        r->names[i].mention_count = 0;
    }
    for (size_t i = 0; i < r->count; i++) {
        const struct calling *calling = &r->callings[i];
        struct name *name = &r->names[calling->name];
        if (!name->form.size)
            shape_form(r, calling->name, calling->form);
        if (!calling->stated)
            name->mentions[name->mention_count++] = calling->place;
    }
}

/* Without those whose every mention turned out to be another's: the
 * organisation "El-Rufai", once it is seen to be a person. */
static void drop_orphans(struct resolving *r)
{
    size_t kept = 0;
    for (size_t i = 0; i < r->name_count; i++)
        if (r->names[i].form.size)
            r->names[kept++] = r->names[i];
    r->name_count = kept;
}

static void begin_indexes(struct resolving *r)
{
    struct name_index **const indexes[] = {
        &r->keys, &r->lasts, &r->firsts, &r->shorts, &r->heads, &r->initials
    };
    for (size_t i = 0; i < sizeof(indexes) / sizeof(*indexes); i++)
        *indexes[i] = name_index_new(r->memory, r->count);
}

void names_resolve(struct names *out, struct span text,
                   const struct entity *entities, size_t entity_count,
                   const struct name *stated, size_t stated_count,
                   const struct name_lists *lists, struct arena *memory)
{
    struct callings callings;
    callings_take(&callings, text, entities, entity_count, stated, stated_count,
                  lists, memory);
    struct resolving r = { .memory = memory,
                           .text = text,
                           .callings = callings.items,
                           .count = callings.count };
    begin_indexes(&r);
    for (size_t i = 0; i < r.count; i++)
        if (!is_short(&r.callings[i]) && r.callings[i].words > 1)
            take_full_name(&r, &r.callings[i]);
    bind_acronyms(&r);
    find_persons(&r);
    bind_persons(&r);
    bind_rest(&r);
    for (size_t i = 0; i < r.count; i++)
        take_form(&r, &r.callings[i]);
    gather_mentions(&r);
    drop_orphans(&r);
    names_order(r.names, r.name_count);
    out->items = r.names;
    out->count = r.name_count < NAMES_PER_ARTICLE_MAX ? r.name_count
                                                      : NAMES_PER_ARTICLE_MAX;
}
