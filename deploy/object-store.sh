#!/bin/sh
# Sends a built site to an object store (S3 and its like), with types and cache headers:
#
#   SITE_URL=https://kb.example/ make site
#   deploy/object-store.sh s3://bucket/prefix [site]
#
# It needs the command `aws` with rights to list, write and delete below the prefix. For another
# store that speaks S3, set AWS_ENDPOINT_URL. Security headers are set by what stands in front of the
# store: deploy/_headers lists them. Pages are files called index.html, so that what stands in front
# must ask for that in a folder, and give /404.html (below /zh/ that of /zh/) with status 404.
set -eu

target=${1:-} site=${2:-site}
case $target in s3://?*) ;; *) echo "usage: $0 s3://bucket[/prefix] [site]" >&2; exit 2 ;; esac
if [ ! -f "$site/index.html" ]; then
    echo "usage: $0 s3://bucket[/prefix] [site]: no site in $site, run make site" >&2
    exit 2
fi

kept='public, max-age=31536000, immutable'
fresh='no-cache'

# Filters for names that hold a hash of the content: $1 is --include or --exclude.
hashed() {
    for folder in '' zh/; do
        for name in assets/stylesheets/* assets/javascripts/bundle.* styles-* scripts-* \
            pagefind/fragment/* pagefind/index/* pagefind/filter/*; do
            printf '%s\n%s\n' "$1" "$folder$name"
        done
    done
    printf '%s\n%s\n' "$1" 'find/terms-*'
}

send() {  # --option value ...
    aws s3 sync "$site" "$target" --no-progress "$@"
}

# Patterns go to aws as they are.
set -f
IFS='
'
# shellcheck disable=SC2046
{
    # First what pages name, so that no page ever leads to what is not there yet.
    send --exclude '*' $(hashed --include) --exclude '*.css' --exclude '*.js' --cache-control "$kept"
    send --exclude '*' $(hashed --include) --exclude '*.js' --exclude '*.pf_*' \
        --content-type 'text/css; charset=utf-8' --cache-control "$kept"
    send --exclude '*' $(hashed --include) --exclude '*.css' --exclude '*.map' --exclude '*.pf_*' \
        --content-type 'text/javascript; charset=utf-8' --cache-control "$kept"

    while read -r line; do
        suffix=${line%% *} type=${line#* }
        send --exclude '*' --include "*$suffix" $(hashed --exclude) \
            --content-type "$type" --cache-control "$fresh"
    done <<TYPES
feed.json application/feed+json
.css text/css; charset=utf-8
.js text/javascript; charset=utf-8
.json application/json
.svg image/svg+xml
.md text/markdown; charset=utf-8
.txt text/plain; charset=utf-8
.atom application/atom+xml
.xml application/xml
.pagefind application/wasm
TYPES
    # What is left has a type of its own; pages come last.
    send $(hashed --exclude) --exclude '*.html' --cache-control "$fresh"
    send --exclude '*' --include '*.html' --content-type 'text/html; charset=utf-8' \
        --cache-control "$fresh"

    # Then what is gone. Names with hashes stay: pages that are open may still ask for them.
    send $(hashed --exclude) --delete --cache-control "$fresh"
}
