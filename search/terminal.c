/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/terminal.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "base/number.h"

/* ---- What it is ------------------------------------------------------- */

static void measure(struct terminal *out)
{
    struct winsize size;
    const char *columns = getenv("COLUMNS");
    uint64_t width = 0;
    if (out->is_one && !ioctl(STDOUT_FILENO, TIOCGWINSZ, &size)) {
        width = size.ws_col;
        out->height = size.ws_row;
    }
    if (columns && *columns)
        number_parse(span_of(columns), 10000, &width);
    if (!width)
        width = TERMINAL_WIDTH;
    out->width = width < TERMINAL_WIDTH_MIN   ? TERMINAL_WIDTH_MIN
                 : width > TERMINAL_WIDTH_MAX ? TERMINAL_WIDTH_MAX
                                              : (uint32_t)width;
}

static enum status choose(bool *out, const char *option, const char *when,
                          bool automatic, struct error *err)
{
    *out = automatic;
    if (!when || !strcmp(when, "auto"))
        return STATUS_OK;
    *out = !strcmp(when, "always");
    if (*out || !strcmp(when, "never"))
        return STATUS_OK;
    return error_set(err, STATUS_USAGE,
                     "--%s is auto, always or never, not '%s'", option, when);
}

enum status terminal_look(struct terminal *out, const char *colour,
                          const char *links, struct error *err)
{
    const char *term = getenv("TERM"), *no_color = getenv("NO_COLOR");
    *out = (struct terminal){ .is_one = isatty(STDOUT_FILENO) };
    measure(out);
    bool plain = !out->is_one || !term || !strcmp(term, "dumb");
    /* The console of Linux prints hyperlinks as they stand. */
    bool linkless = plain || !strcmp(term, "linux");
    bool colourless = plain || (no_color && *no_color);
    enum status rc = choose(&out->colour, "color", colour, !colourless, err);
    return rc ? rc : choose(&out->links, "links", links, !linkless, err);
}

/* ---- The pager -------------------------------------------------------- */

static bool is_installed(const char *program)
{
    const char *path = getenv("PATH");
    struct span rest = span_of(path ? path : ""), directory;
    struct str file = STR_INIT;
    bool found = false;
    while (!found && span_next(&rest, ':', &directory)) {
        str_clear(&file);
        str_addf(&file, "%.*s/%s", SPAN_ARGS(directory), program);
        found = !access(file.data, X_OK);
    }
    str_release(&file);
    return found;
}

/* NULL: none. */
static const char *choose_pager(void)
{
    const char *pager = getenv("NEWSQ_PAGER");
    if (!pager)
        pager = getenv("PAGER");
    if (!pager)
        return is_installed("less") ? "less" : NULL;
    return *pager && strcmp(pager, "cat") != 0 ? pager : NULL;
}

static bool is_longer(struct span text, uint32_t lines)
{
    size_t count = 0;
    for (size_t i = 0; i < text.size; i++)
        count += text.data[i] == '\n';
    return count >= lines;
}

/* Put a pager in place of standard output; its process, or -1. */
static pid_t start(const char *pager)
{
    int ends[2];
    if (pipe(ends))
        return -1;
    pid_t child = fork();
    if (!child) {
        dup2(ends[0], STDIN_FILENO);
        close(ends[0]);
        close(ends[1]);
        setenv("LESS", "FRX", 0);
        execl("/bin/sh", "sh", "-c", pager, (char *)NULL);
        _exit(127);
    }
    if (child > 0)
        dup2(ends[1], STDOUT_FILENO);
    close(ends[0]);
    close(ends[1]);
    return child;
}

enum status terminal_print(const struct terminal *terminal, struct span text,
                           bool use_pager, struct error *err)
{
    const char *pager = NULL;
    if (use_pager && terminal->is_one && terminal->height &&
        is_longer(text, terminal->height))
        pager = choose_pager();
    pid_t child = pager ? start(pager) : -1;
    if (child > 0) {
        /* Interrupting and leaving the pager early are its user's right. */
        signal(SIGINT, SIG_IGN);
        signal(SIGPIPE, SIG_IGN);
    }
    bool failed = fwrite(text.data, 1, text.size, stdout) < text.size;
    failed = fclose(stdout) || failed;
    if (child > 0)
        waitpid(child, NULL, 0);
    else if (failed)
        return error_set_errno(err, "cannot write to standard output");
    return STATUS_OK;
}
