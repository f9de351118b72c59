/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fuzz.h - the one function that a fuzz target defines (LLVM libFuzzer). */
#ifndef NEWS_TESTS_FUZZ_H
#define NEWS_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
