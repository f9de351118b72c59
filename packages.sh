# SPDX-License-Identifier: GPL-2.0-or-later
# Sourced by ./quickstart and ./run-tests: installs the Debian packages of
# packages.txt that are missing, as root or through sudo.

install_packages() {
    local missing=() package
    while read -r package; do
        case $package in '' | '#'*) continue ;; esac
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
            missing+=("$package")
    done < packages.txt
    [ ${#missing[@]} -eq 0 ] && return 0
    local sudo=
    if [ "$(id -u)" -ne 0 ]; then
        if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
            sudo=sudo
        else
            echo "These packages are missing; install them and run this again:" >&2
            echo "  sudo apt-get install ${missing[*]}" >&2
            exit 3
        fi
    fi
    echo "installing ${missing[*]}"
    $sudo apt-get update -qq
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
        --no-install-recommends "${missing[@]}" >/dev/null
}
