/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/names/dictionary.h"

#include <stdlib.h>

#include "base/memory.h"

static size_t find(const struct dictionary *dictionary, uint64_t feature)
{
    size_t i = (size_t)(feature >> 16) & (dictionary->place_count - 1);
    while (dictionary->places[i] &&
           dictionary->features[dictionary->places[i] - 1] != feature)
        i = (i + 1) & (dictionary->place_count - 1);
    return i;
}

static void resize(struct dictionary *dictionary)
{
    size_t count = dictionary->place_count ? dictionary->place_count * 2 : 1024;
    free(dictionary->places);
    dictionary->places = memory_new(count, sizeof(*dictionary->places));
    dictionary->place_count = count;
    for (size_t i = 0; i < dictionary->count; i++)
        dictionary->places[find(dictionary, dictionary->features[i])] =
            (uint32_t)i + 1;
}

uint32_t dictionary_add(struct dictionary *dictionary, uint64_t feature)
{
    if (dictionary->count * 2 >= dictionary->place_count)
        resize(dictionary);
    size_t place = find(dictionary, feature);
    if (!dictionary->places[place]) {
        if (dictionary->count == dictionary->capacity) {
            dictionary->capacity = dictionary->capacity * 2 + 1024;
            dictionary->features =
                memory_resize(dictionary->features, dictionary->capacity,
                              sizeof(*dictionary->features));
            dictionary->seen =
                memory_resize(dictionary->seen, dictionary->capacity,
                              sizeof(*dictionary->seen));
        }
        dictionary->features[dictionary->count] = feature;
        dictionary->seen[dictionary->count] = 0;
        dictionary->places[place] = (uint32_t)++dictionary->count;
    }
    uint32_t number = dictionary->places[place] - 1;
    dictionary->seen[number]++;
    return number;
}

void dictionary_release(struct dictionary *dictionary)
{
    free(dictionary->features);
    free(dictionary->seen);
    free(dictionary->places);
    *dictionary = (struct dictionary){ NULL, NULL, 0, 0, NULL, 0 };
}
