# SPDX-License-Identifier: GPL-2.0-or-later
# Sourced by what measures, in the folder above: the load before it begins, the
# name of the machine, and where today's results of it go, which is made.
load=$(cut -d' ' -f1-3 /proc/loadavg)
machine=$(nproc)x$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1 |
    tr -cs 'A-Za-z0-9\n' - | sed 's/-*$//')
out=bench/results/$(date +%F)-$machine
mkdir -p "$out"
