/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "indexer/command.h"
#include "xapian-c/xapian-c.h"

static volatile sig_atomic_t stop;

static void on_signal(int number)
{
    (void)number;
    /* The second signal ends the process as it would any other. */
    if (stop)
        signal(number, SIG_DFL);
    stop = 1;
}

static void catch_signals(void)
{
    struct sigaction action;
    memset(&action, 0, sizeof(action));
    action.sa_handler = on_signal;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    action.sa_handler = SIG_IGN;
    sigaction(SIGXFSZ, &action, NULL);
}

static int complain(const struct error *err)
{
    fprintf(stderr, "newsidx: %s\n", err->message);
    return status_exit_code(err->status);
}

static enum status run_command(const struct command *command, int argc,
                               char **argv, struct str *out, struct error *err)
{
    struct newsidx_options options = { .archive = NULL };
    int rest;
    enum status rc =
        options_parse(command->options, &options, argc, argv, &rest, err);
    if (rc)
        return error_context(err, "%s", command->name);
    if (options.help) {
        command_help(command, out);
        return STATUS_OK;
    }
    size_t count = (size_t)(argc - rest);
    if (count < command->operands_min || count > command->operands_max)
        return error_set(err, STATUS_USAGE,
                         "usage: newsidx %s %s; see 'newsidx %s --help'",
                         command->name, command->usage, command->name);
    const struct command_call call = {
        .program = "newsidx",
        .options = &options,
        .operands = argv + rest,
        .operand_count = count,
        .stop = &stop,
        .out = out,
    };
    return command->run(&call, err);
}

static enum status run(int argc, char **argv, struct str *out,
                       struct error *err)
{
    const char *name = argc > 1 ? argv[1] : "--help";
    if (!strcmp(name, "--version")) {
        str_addf(out, "newsidx %s (libxapian %s)\n", NEWS_VERSION,
                 xap_version());
        return STATUS_OK;
    }
    if (!strcmp(name, "--help") || !strcmp(name, "-h")) {
        command_help_all(out);
        return argc > 1 ? STATUS_OK
                        : error_set(err, STATUS_USAGE, "no command is given");
    }
    const struct command *command = command_find(name);
    if (!command)
        return error_set(err, STATUS_USAGE,
                         "there is no command '%s'; 'newsidx help' lists them",
                         name);
    return run_command(command, argc - 1, argv + 1, out, err);
}

int main(int argc, char **argv)
{
    struct error err = ERROR_INIT;
    struct str out = STR_INIT;
    catch_signals();
    enum status rc = run(argc, argv, &out, &err);
    const struct command_call call = { .out = &out };
    struct error output = ERROR_INIT;
    enum status written = command_flush(&call, &output);
    str_release(&out);
    int code = rc ? complain(&err) : 0;
    if (written && !code)
        code = complain(&output);
    return code;
}
