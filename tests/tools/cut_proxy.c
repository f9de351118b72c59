/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cut_proxy - a server that is lost in the middle of an answer.
 *
 *     cut_proxy PORT BYTES
 *
 * Listens on a free port of 127.0.0.1, which it prints, and passes each
 * connection on to 127.0.0.1:PORT, one after the other.  Once BYTES bytes have
 * come back from there in all, it closes the connection and takes no more.
 */
#include <arpa/inet.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct sockaddr_in local(unsigned port)
{
    struct sockaddr_in address;
    memset(&address, 0, sizeof(address));
    address.sin_family = AF_INET;
    address.sin_port = htons((uint16_t)port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

static void require(bool well, const char *what)
{
    if (well)
        return;
    perror(what);
    exit(1);
}

static bool pass_on(int to, const char *data, size_t size)
{
    while (size) {
        ssize_t sent = send(to, data, size, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        data += sent;
        size -= (size_t)sent;
    }
    return true;
}

/* Until one side closes or no bytes are left. */
static void serve(int client, int server, size_t *left)
{
    struct pollfd ends[2] = { { client, POLLIN, 0 }, { server, POLLIN, 0 } };
    char buffer[4096];
    while (*left && poll(ends, 2, -1) > 0) {
        if (ends[0].revents) {
            ssize_t got = recv(client, buffer, sizeof(buffer), 0);
            if (got <= 0 || !pass_on(server, buffer, (size_t)got))
                return;
        }
        if (ends[1].revents) {
            size_t most = *left < sizeof(buffer) ? *left : sizeof(buffer);
            ssize_t got = recv(server, buffer, most, 0);
            if (got <= 0 || !pass_on(client, buffer, (size_t)got))
                return;
            *left -= (size_t)got;
        }
    }
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    struct sockaddr_in target = local((unsigned)atoi(argv[1]));
    size_t left = (size_t)atol(argv[2]);
    struct sockaddr_in here = local(0);
    socklen_t size = sizeof(here);
    int door = socket(AF_INET, SOCK_STREAM, 0);
    require(door >= 0 && !bind(door, (struct sockaddr *)&here, sizeof(here)) &&
                !listen(door, 16) &&
                !getsockname(door, (struct sockaddr *)&here, &size),
            "listen");
    printf("%d\n", ntohs(here.sin_port));
    fflush(stdout);
    while (left) {
        int client = accept(door, NULL, NULL);
        int server = socket(AF_INET, SOCK_STREAM, 0);
        require(
            client >= 0 && server >= 0 &&
                !connect(server, (struct sockaddr *)&target, sizeof(target)),
            "connect");
        serve(client, server, &left);
        close(client);
        close(server);
    }
    return 0;
}
