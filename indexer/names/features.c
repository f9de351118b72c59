/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/names/features.h"

#include "base/str.h"
#include "base/utf8.h"
#include "text/unicode.h"

/* ---- Runs ------------------------------------------------------------- */

enum { LINKS_MAX = 2 }; /* small words or marks side by side in a name */

static bool is_candidate(const struct name_token *token)
{
    return token->flags & NAME_TOKEN_CAPITAL &&
           !(token->flags & NAME_TOKEN_APART);
}

/* The capitalised token that goes on a name after the links at `at`; `at`
 * where there is none. */
static size_t after_links(const struct name_tokens *tokens, size_t at)
{
    for (size_t i = at; i < tokens->count && i <= at + LINKS_MAX; i++) {
        const struct name_token *token = &tokens->items[i];
        if (token->flags & NAME_TOKEN_START)
            return at;
        if (is_candidate(token))
            return i + 1;
        if (!(token->flags & NAME_TOKEN_LINK))
            return at;
    }
    return at;
}

/* Where a name that goes on at `at` without a capital ends, in text whose marks
 * stand apart as annotated news has them: "Ki - hyun", "U . S ."; `at` where it
 * does not. */
static size_t after_mark(const struct name_tokens *tokens, size_t at)
{
    const struct name_token *items = tokens->items;
    const struct name_token *last = &items[at - 1], *mark = &items[at];
    if (at >= tokens->count || !is_candidate(last) ||
        !(mark->flags & NAME_TOKEN_MARK) || mark->size != 1 ||
        mark->offset == last->offset + last->size)
        return at;
    if (mark->fold == '.')
        return last->letters == 1 ? at + 1 : at;
    return mark->fold == '-' && at + 1 < tokens->count &&
                   items[at + 1].flags & NAME_TOKEN_LOWER &&
                   !(items[at + 1].flags & NAME_TOKEN_START)
               ? at + 2
               : at;
}

bool run_next(const struct name_tokens *tokens, size_t from, struct run *out)
{
    size_t i = from;
    while (i < tokens->count && !is_candidate(&tokens->items[i]))
        i++;
    if (i == tokens->count)
        return false;
    out->from = i;
    /* al - Qaeda, de Klerk: the particle is part of the name. */
    if (i > from && !(tokens->items[i].flags & NAME_TOKEN_START)) {
        size_t particle = i - 1;
        if (particle > from && tokens->items[particle].size == 1 &&
            tokens->items[particle].flags & NAME_TOKEN_LINK &&
            tokens->items[particle].flags & NAME_TOKEN_MARK)
            particle--;
        if (tokens->items[particle].flags & NAME_TOKEN_PARTICLE &&
            !(tokens->items[particle + 1].flags & NAME_TOKEN_START))
            out->from = particle;
    }
    out->to = i + 1;
    for (;;) {
        size_t next = after_links(tokens, out->to);
        if (next == out->to)
            next = after_mark(tokens, out->to);
        if (next == out->to || next - out->from > RUN_MAX)
            return true;
        out->to = next;
    }
}

size_t run_neighbour(const struct name_tokens *tokens, size_t at, int offset)
{
    for (; offset < 0; offset++) {
        if (!at || tokens->items[at].flags & NAME_TOKEN_START)
            return SIZE_MAX;
        at--;
    }
    for (; offset > 0; offset--) {
        at++;
        if (at >= tokens->count || tokens->items[at].flags & NAME_TOKEN_START)
            return SIZE_MAX;
    }
    return at;
}

/* ---- Words ------------------------------------------------------------ */

enum seed {
    SEED_SHAPE = 1,
    SEED_LOWER,
    SEED_EXACT,
    SEED_CLASS,
    SEED_LIST,
    SEED_PREFIX,
    SEED_SUFFIX,
    SEED_PART,
    SEED_LINE,
    SEED_START,
    SEED_WORD_PAIR,
    SEED_SHAPE_PAIR,
    SEED_SHAPES,
    SEED_CLASS_PAIR,
    SEED_PHRASE,
    SEED_EDGE,
    SEED_BEFORE,
    SEED_AFTER,
    SEED_NONE,
};

uint64_t feature_mix(uint64_t a, uint64_t b)
{
    uint64_t hash = (a ^ b * 0x9E3779B185EBCA87u) * 0xC2B2AE3D27D4EB4Fu;
    return hash ^ hash >> 32;
}

uint64_t feature_hash(unsigned kind, unsigned place, uint64_t value)
{
    uint64_t hash =
        feature_mix(value + (uint64_t)kind * 64 + place, 0x27D4EB2Fu);
    hash = (hash ^ hash >> 29) * 0x165667B19E3779F9u;
    return hash ^ hash >> 32;
}

const struct word_view word_view_none = { SEED_NONE, SEED_NONE, SEED_NONE, 0,
                                          0 };

/* Character classes with runs of one class cut to two for capitals and one for
 * others: "McDonald" XxXx, "U.S." X.X., "NATO" XX, "Jean-Paul" Xx-Xx. */
static uint32_t shape_of(struct span word)
{
    uint64_t hash = SEED_SHAPE;
    char last = 0, before = 0;
    for (size_t i = 0; i < word.size;) {
        uint32_t code;
        i += utf8_next(word.data + i, &code);
        unsigned flags = unicode_flags(code);
        char c = flags & UNICODE_UPPER  ? 'X'
                 : flags & UNICODE_WORD ? 'x'
                 : code < 128           ? (char)code
                                        : '-';
        if (flags & UNICODE_DIGIT)
            c = '0';
        if (c == last && (c != 'X' || c == before))
            continue;
        hash = feature_mix(hash, (unsigned char)c);
        before = last;
        last = c;
    }
    return (uint32_t)hash;
}

static unsigned class_of(const struct lexicon *lexicon, struct span word,
                         struct span lower)
{
    unsigned found = lexicon_class(lexicon, word);
    if (found)
        return found;
    char title[NAME_TOKEN_SIZE_MAX];
    if (lower.size && lower.size < sizeof(title) && lower.data[0] >= 'a' &&
        lower.data[0] <= 'z') {
        for (size_t i = 0; i < lower.size; i++)
            title[i] = lower.data[i];
        title[0] = (char)(title[0] - 'a' + 'A');
        found = lexicon_class(lexicon, (struct span){ title, lower.size });
    }
    return found ? found : lexicon_class(lexicon, lower);
}

void word_view(struct word_view *out, const struct lexicon *lexicon,
               struct span word)
{
    struct str lower = STR_INIT;
    unicode_fold(&lower, word, false);
    if (!lower.size)
        str_add(&lower, word);
    out->exact = lexicon_hash(word);
    out->lower = lexicon_hash(str_span(&lower));
    out->shape = shape_of(word);
    out->word_class = (uint16_t)class_of(lexicon, word, str_span(&lower));
    out->lists = (uint16_t)lexicon_word_lists(lexicon, out->lower);
    str_release(&lower);
}

/* ---- Features of one word --------------------------------------------- */

struct feature_list {
    uint64_t *items;
    size_t count, limit;
    unsigned place; /* offset or other small number that all of them have */
};

static void add(struct feature_list *list, enum seed seed, uint64_t value)
{
    if (list->count < list->limit)
        list->items[list->count++] = feature_hash(seed, list->place, value);
}

static void add_class(struct feature_list *list, const struct lexicon *lexicon,
                      const struct word_view *view)
{
    static const unsigned bits[] = { 4, 6, 10, 0 };
    if (!view->word_class)
        return;
    for (size_t i = 0; i < sizeof(bits) / sizeof(*bits); i++)
        add(list, SEED_CLASS,
            lexicon_path(lexicon, view->word_class, bits[i]) * 4 + i);
}

/* The first and last one to four characters. */
static void add_affixes(struct feature_list *list, struct span word)
{
    size_t at = 0;
    for (unsigned n = 1; n <= 4 && at < word.size; n++) {
        uint32_t code;
        at += utf8_next(word.data + at, &code);
        add(list, SEED_PREFIX, lexicon_hash(span_slice(word, 0, at)) + n);
    }
    at = word.size;
    for (unsigned n = 1; n <= 4 && at > 0; n++) {
        at = utf8_floor(word, at - 1);
        add(list, SEED_SUFFIX,
            lexicon_hash(span_slice(word, at, word.size)) + n);
    }
}

/* What stands before the first and after the last hyphen. */
static void add_parts(struct feature_list *list, struct span word)
{
    size_t first = span_find_char(word, 0, '-');
    if (first == SIZE_MAX || !first)
        return;
    size_t last = word.size;
    while (word.data[last - 1] != '-')
        last--;
    add(list, SEED_PART, lexicon_hash(span_slice(word, 0, first)));
    add(list, SEED_PART, lexicon_hash(span_slice(word, last, word.size)) + 1);
}

size_t features_of_word(uint64_t out[FEATURES_WORD_MAX],
                        const struct lexicon *lexicon,
                        const struct word_view *view, struct span word,
                        int offset)
{
    struct feature_list list = { out, 0, FEATURES_WORD_MAX,
                                 (unsigned)(offset + 2) };
    add(&list, SEED_LOWER, view->lower);
    add(&list, SEED_SHAPE, view->shape);
    add_class(&list, lexicon, view);
    if (offset < -1 || offset > 1)
        return list.count;
    add(&list, SEED_EXACT, view->exact);
    for (unsigned i = 0; i < LEXICON_LISTS; i++)
        if (view->lists >> i & 1)
            add(&list, SEED_LIST, i);
    if (offset == 0) {
        struct str lower = STR_INIT;
        unicode_fold(&lower, word, false);
        add_affixes(&list, str_span(&lower));
        add_parts(&list, str_span(&lower));
        str_release(&lower);
    }
    return list.count;
}

/* ---- Features of a token in its run ----------------------------------- */

void run_phrases(struct phrase_marks *out, const struct lexicon *lexicon,
                 const struct word_view *const *views, size_t count)
{
    for (size_t i = 0; i < count; i++)
        out[i] = (struct phrase_marks){ 0, 0, 0 };
    for (size_t i = 0; i < count; i++) {
        uint64_t phrase = views[i]->lower;
        for (size_t j = i + 1; j < count && j < i + LEXICON_PHRASE_MAX; j++) {
            phrase = lexicon_hash_next(phrase, views[j]->lower);
            uint16_t lists = (uint16_t)lexicon_phrase_lists(lexicon, phrase);
            if (!lists)
                continue;
            out[i].begin |= lists;
            out[j].end |= lists;
            for (size_t k = i + 1; k < j; k++)
                out[k].inside |= lists;
        }
    }
}

static void add_phrases(struct feature_list *list, struct phrase_marks marks)
{
    for (unsigned i = 0; i < LEXICON_LISTS; i++) {
        if (marks.begin >> i & 1)
            add(list, SEED_PHRASE, i * 3);
        if (marks.inside >> i & 1)
            add(list, SEED_PHRASE, i * 3 + 1);
        if (marks.end >> i & 1)
            add(list, SEED_PHRASE, i * 3 + 2);
    }
}

size_t features_of_token(uint64_t out[FEATURES_TOKEN_MAX],
                         const struct run_view *run, size_t i)
{
    struct feature_list list = { out, 0, FEATURES_TOKEN_MAX, 0 };
    const struct word_view *const *views = run->views + i;
    const struct word_view *here = views[2], *before = views[1],
                           *after = views[3];
    unsigned flags = run->tokens->items[run->run.from + i].flags;
    unsigned line = flags & (NAME_TOKEN_START | NAME_TOKEN_CAPS_LINE |
                             NAME_TOKEN_TITLE_LINE);
    add(&list, SEED_LINE, line);
    add(&list, SEED_LINE, feature_mix(line, here->shape));
    if (line) {
        add(&list, SEED_START, feature_mix(line, here->lower));
        if (here->word_class)
            add(&list, SEED_START, feature_mix(line + 1, here->word_class));
    }
    add(&list, SEED_WORD_PAIR, feature_mix(before->lower, here->lower));
    add(&list, SEED_SHAPE_PAIR, feature_mix(before->shape, here->shape));
    add(&list, SEED_SHAPES,
        feature_mix(feature_mix(before->shape, here->shape), after->shape));
    if (before->word_class && here->word_class)
        add(&list, SEED_CLASS_PAIR,
            feature_mix(before->word_class, here->word_class));
    list.place = 1;
    add(&list, SEED_WORD_PAIR, feature_mix(here->lower, after->lower));
    add(&list, SEED_SHAPE_PAIR, feature_mix(here->shape, after->shape));
    if (here->word_class && after->word_class)
        add(&list, SEED_CLASS_PAIR,
            feature_mix(here->word_class, after->word_class));
    list.place = 0;
    add_phrases(&list, run->phrases[i]);
    return list.count;
}
