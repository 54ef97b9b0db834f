#!/bin/sh
# Install the system's programs that reading ("reading") or the browser tests ("browser") use, when
# this account may; otherwise say the one command. Without them the rest works and says what waits.
set -eu
want=${1:-reading}

have() { command -v "$1" >/dev/null 2>&1; }

complete() {
    case $want in
        browser) have chromium || have chromium-browser || have google-chrome ;;
        *)
            have soffice && have tesseract || return 1
            languages=$(tesseract --list-langs 2>/dev/null)
            for language in ara eng fra rus spa ukr osd; do
                echo "$languages" | grep -qx "$language" || return 1
            done
            ;;
    esac
}

complete && exit 0

if have apt-get; then
    update="apt-get update -qq"
    install="apt-get install -y -qq --no-install-recommends"
    reading="tesseract-ocr tesseract-ocr-ara tesseract-ocr-eng tesseract-ocr-fra tesseract-ocr-rus tesseract-ocr-spa tesseract-ocr-ukr tesseract-ocr-osd libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui fonts-noto-core libarchive-tools"
    browser="chromium"
elif have dnf; then
    update="true"
    install="dnf install -y -q"
    reading="tesseract tesseract-osd tesseract-langpack-ara tesseract-langpack-eng tesseract-langpack-fra tesseract-langpack-rus tesseract-langpack-spa tesseract-langpack-ukr libreoffice-writer libreoffice-calc libreoffice-impress google-noto-sans-fonts bsdtar"
    browser="chromium"
elif have brew; then
    update="true"
    install="brew install --quiet"
    reading="tesseract tesseract-lang libreoffice"
    browser="chromium"
else
    echo "Not installed: the programs for $want (tesseract, LibreOffice, Chromium). What needs them waits." >&2
    exit 0
fi
packages=$(eval echo "\$$want")

as=""
if [ "$(id -u)" != 0 ] && ! have brew; then
    if have sudo && sudo -n true 2>/dev/null; then as="sudo"; else
        echo "Some programs are missing; what needs them waits. To install them, run:" >&2
        echo "    sudo $install $packages" >&2
        exit 0
    fi
fi

echo "Installing system programs for $want ..."
if ! { DEBIAN_FRONTEND=noninteractive $as $update && DEBIAN_FRONTEND=noninteractive $as $install $packages; } >/dev/null 2>&1; then
    echo "They could not be installed; what needs them waits. The command was:" >&2
    echo "    $install $packages" >&2
fi
