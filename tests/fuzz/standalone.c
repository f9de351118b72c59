/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Runs a fuzz target over files, or over the files of directories, with any
 * compiler: every seed and every past finding is an ordinary test.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int runs;

static void run_file(const char *path)
{
    struct str bytes = STR_INIT;
    if (file_read(path, 64 * 1024 * 1024, &bytes, NULL)) {
        fprintf(stderr, "cannot read %s\n", path);
        exit(1);
    }
    /* An exact copy, so that the sanitizer sees a read past the end. */
    uint8_t *copy = malloc(bytes.size ? bytes.size : 1);
    for (size_t i = 0; copy && i < bytes.size; i++)
        copy[i] = (uint8_t)bytes.data[i];
    LLVMFuzzerTestOneInput(copy, bytes.size);
    free(copy);
    str_release(&bytes);
    runs++;
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        DIR *directory = opendir(argv[i]);
        if (!directory) {
            run_file(argv[i]);
            continue;
        }
        const struct dirent *entry;
        while ((entry = readdir(directory))) {
            if (entry->d_name[0] == '.')
                continue;
            char *path = file_join(argv[i], entry->d_name);
            run_file(path);
            free(path);
        }
        closedir(directory);
    }
    printf("%d inputs\n", runs);
    return !runs;
}
