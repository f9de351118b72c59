/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/names_choice.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"

#define MODEL_FILE "english.names"

enum { PROGRAM_PATH_MAX = 4096 };

/* A file beside the running program; NULL where that cannot be told. */
static char *beside_program(const char *name)
{
    char path[PROGRAM_PATH_MAX];
    ssize_t size = readlink("/proc/self/exe", path, sizeof(path) - 1);
    if (size <= 0)
        return NULL;
    path[size] = '\0';
    char *slash = strrchr(path, '/');
    if (!slash)
        return NULL;
    *slash = '\0';
    return file_join(path, name);
}

/* The caller frees it; NULL: there is none. */
static char *find_model(const struct newsidx_options *options)
{
    if (options->no_names)
        return NULL;
    if (options->names)
        return memory_string(options->names);
    char *path = beside_program(MODEL_FILE);
    if (path && !access(path, F_OK))
        return path;
    free(path);
    path = file_join(NEWS_DATA_DIRECTORY, MODEL_FILE);
    if (!access(path, F_OK))
        return path;
    free(path);
    return NULL;
}

typedef enum status add_list(struct names_finder *finder, const char *path,
                             struct error *err);

/* The archive's own list, where there is one, and the option's. */
static enum status add_lists(struct names_finder *finder, add_list *add,
                             const char *archive, const char *kept,
                             const char *named, struct error *err)
{
    char *path = file_join(archive, kept);
    enum status rc = STATUS_OK;
    if (!access(path, F_OK))
        rc = add(finder, path, err);
    if (!rc && named)
        rc = add(finder, named, err);
    free(path);
    return rc;
}

enum status names_choice(struct names_finder **out,
                         const struct newsidx_options *options,
                         const char *archive, const char **note,
                         struct error *err)
{
    char *model = find_model(options);
    enum status rc = names_finder_open(out, model, err);
    if (note)
        *note = model || options->no_names
                    ? NULL
                    : "names are not sought: " MODEL_FILE
                      " stands neither beside the program nor in "
                      "'" NEWS_DATA_DIRECTORY "'";
    if (!rc)
        rc = add_lists(*out, names_finder_add_aliases, archive,
                       NAMES_ALIASES_FILE, options->aliases, err);
    if (!rc)
        rc = add_lists(*out, names_finder_add_stops, archive, NAMES_STOPS_FILE,
                       options->stop_names, err);
    if (rc) {
        names_finder_free(*out);
        *out = NULL;
    }
    free(model);
    return rc;
}
