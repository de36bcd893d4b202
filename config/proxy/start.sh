#!/bin/sh
# Writes down what the proxy must know of where it stands, as its environment says it, and becomes the proxy.
# SITE_URL: whether people come over TLS. TRUSTED_PROXIES: the networks of what stands before the proxy and ends TLS,
# with spaces, or “none” where people reach the proxy itself. Without it nobody is counted by address.
# WEB_CA: who signed the certificate of web, a file; web is then asked by TLS alone, and its name is compared.
set -eu

around=${AROUND:-/tmp/around.conf}
networks=${TRUSTED_PROXIES:-}

refuse() {
    echo "TRUSTED_PROXIES: “$1” is no network. Write networks such as 10.0.0.0/8 with spaces between them, or none." >&2
    exit 1
}

case "${SITE_URL:-}" in
    https://*) kept="max-age=31536000; includeSubDomains; preload" ;;
    *) kept="" ;;
esac
case "$networks" in
    "") counted="" ; echo "TRUSTED_PROXIES is not set: nobody is counted by address." >&2 ;;
    *) counted='$binary_remote_addr' ;;
esac
speaks=http
if [ -n "${WEB_CA:-}" ]; then
    [ -r "$WEB_CA" ] || { echo "WEB_CA: $WEB_CA cannot be read by this process." >&2; exit 1; }
    speaks=https
fi
{
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
