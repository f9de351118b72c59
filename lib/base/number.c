/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/number.h"

bool number_take(struct span *text, uint64_t max, uint64_t *out)
{
    uint64_t value = 0;
    size_t i = 0;
    for (; i < text->size && text->data[i] >= '0' && text->data[i] <= '9';
         i++) {
        uint64_t digit = (uint64_t)(text->data[i] - '0');
        if (value > (max - digit) / 10 || digit > max)
            return false;
        value = value * 10 + digit;
    }
    if (!i)
        return false;
    *text = (struct span){ text->data + i, text->size - i };
    *out = value;
    return true;
}

bool number_parse(struct span text, uint64_t max, uint64_t *out)
{
    uint64_t value;
    if (!number_take(&text, max, &value) || text.size)
        return false;
    *out = value;
    return true;
}

static bool take_sign(struct span *text)
{
    bool negative = text->size && text->data[0] == '-';
    if (text->size && (text->data[0] == '-' || text->data[0] == '+'))
        *text = (struct span){ text->data + 1, text->size - 1 };
    return negative;
}

bool number_parse_signed(struct span text, int64_t *out)
{
    bool negative = take_sign(&text);
    uint64_t value;
    if (!number_parse(text, INT64_MAX, &value))
        return false;
    *out = negative ? -(int64_t)value : (int64_t)value;
    return true;
}

bool number_parse_real(struct span text, double *out)
{
    bool negative = take_sign(&text);
    uint64_t whole = 0;
    bool has_whole = number_take(&text, UINT64_MAX / 16, &whole);
    double value = (double)whole;
    if (text.size && text.data[0] == '.') {
        double place = 0.1;
        size_t i = 1;
        for (; i < text.size && text.data[i] >= '0' && text.data[i] <= '9';
             i++, place /= 10)
            value += place * (text.data[i] - '0');
        if (i == 1)
            return false;
        text = (struct span){ text.data + i, text.size - i };
    } else if (!has_whole) {
        return false;
    }
    if (text.size)
        return false;
    *out = negative ? -value : value;
    return true;
}

bool number_parse_size(struct span text, uint64_t *out)
{
    uint64_t value;
    if (!number_take(&text, UINT64_MAX, &value))
        return false;
    int shift = 0;
    if (text.size == 1)
        switch (text.data[0] | 0x20) {
        case 'k': shift = 10; break;
        case 'm': shift = 20; break;
        case 'g': shift = 30; break;
        case 't': shift = 40; break;
        }
    if (text.size && (text.size > 1 || !shift))
        return false;
    if (value > UINT64_MAX >> shift)
        return false;
    *out = value << shift;
    return true;
}
