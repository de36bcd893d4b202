#!/bin/sh
# Writes down what the proxy must know of where it stands, as its environment says it, and becomes the proxy.
# SITE_URL: whether people come over TLS. TRUSTED_PROXIES: the networks of what stands before the proxy and ends TLS,
# with spaces, or “none” where people reach the proxy itself. Without it nobody is counted by address; https asks for it.
# WEB_CA: who signed the certificate of web, a file; web is then asked by TLS alone, and its name is compared.
set -eu

around=${AROUND:-/tmp/around.conf}
networks=${TRUSTED_PROXIES:-}

refuse() {
    echo "TRUSTED_PROXIES: “$1” is no network. Write networks such as 10.0.0.0/8 with spaces between them, or none." >&2
    exit 1
}

case "${SITE_URL:-}" in
    https://*)
        kept="max-age=31536000; includeSubDomains; preload"
        if [ -z "$networks" ]; then
            echo "TRUSTED_PROXIES must be set with https: TLS ends before this proxy, and without the networks of what ends" \
                "it everybody has its address. Write them, such as 10.0.0.0/8, or none where people reach this proxy itself." >&2
            exit 1
        fi
        ;;
    *) kept="" ;;
esac
case "$networks" in
    "") counted="" ; echo "TRUSTED_PROXIES is not set: nobody is counted by address." >&2 ;;
    *) counted='$binary_remote_addr' ;;
esac
# Who knows where web is: whom this machine asks for names, which in a container is Docker itself.
servers=""
while read -r word server rest; do
    case "$word:$server" in
        nameserver:*%*) ;;
        nameserver:*:*) servers="$servers [$server]" ;;
        nameserver:?*) servers="$servers $server" ;;
    esac
done < "${NAMES:-/etc/resolv.conf}"
speaks=http
if [ -n "${WEB_CA:-}" ]; then
    [ -r "$WEB_CA" ] || { echo "WEB_CA: $WEB_CA cannot be read by this process." >&2; exit 1; }
    speaks=https
fi
{
    printf 'resolver%s valid=5s ipv6=off;\n' "${servers:- 127.0.0.11}"
    printf 'map $host $web_speaks { default %s; }\n' "$speaks"
    [ "$speaks" = http ] || printf 'proxy_ssl_verify on;\nproxy_ssl_trusted_certificate "%s";\n' "$WEB_CA"
    printf 'map $host $kept_to_tls { default "%s"; }\n' "$kept"
    printf 'map $host $counted_by { default "%s"; }\n' "$counted"
    if [ "$networks" != none ]; then
        printf 'real_ip_header X-Forwarded-For;\nreal_ip_recursive on;\n'
        for network in $networks; do
            case "$network" in *[!0-9a-fA-F.:/]* | *[!0-9a-fA-F]) refuse "$network" ;; esac
            printf 'set_real_ip_from %s;\n' "$network"
        done
    fi
} > "$around"
exec "$@"
