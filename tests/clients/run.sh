#!/bin/sh
# Tries foreign GraphQL tools and clients on schema.graphql and on a running server: run.sh [URL KEY], or LEADGRAPH_URL and LEADGRAPH_KEY.
# Without a server, only the tools that read the schema run. The key is an admin's, of a workspace whose leads may be touched: `make run` prints one.
set -eu

url=${1:-${LEADGRAPH_URL:-}}
key=${2:-${LEADGRAPH_KEY:-}}
cd "$(dirname "$0")"

if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then
    echo "skipped: the foreign clients need Node 20.19 or newer with npm"
    exit 0
fi
if [ ! -f ../../schema.graphql ]; then
    echo "schema.graphql is missing; run: make schema" >&2
    exit 2
fi

# Installed anew when the pinned versions change.
if ! cmp -s package.json node_modules/.installed-for; then
    echo "installing the clients ..."
    npm install --no-package-lock --no-audit --no-fund --loglevel=error
    cp package.json node_modules/.installed-for
fi
PATH="$PWD/node_modules/.bin:$PATH"
rm -rf generated
mkdir -p generated/relay
cp ../../schema.graphql generated/schema.graphql

# Says what runs, and shows the tool's words only when it fails.
step() {
    printf '%-66s' "$1"
    shift
    if "$@" >generated/step.log 2>&1; then echo ok; else echo FAILED; cat generated/step.log; exit 1; fi
}

step "@graphql-eslint: descriptions, names, Relay" eslint --max-warnings 0 .
step "graphql-schema-linter: Relay's connections" graphql-schema-linter generated/schema.graphql \
    --rules relay-connection-types-spec,relay-connection-arguments-spec,relay-page-info-spec
step "relay-compiler: lists, details, refetching, a mutation" relay-compiler relay.config.json
step "graphql-codegen: typed documents" graphql-codegen --config codegen.mjs
step "tsc: the programs that use them" tsc --project .

if [ -z "$url" ] || [ -z "$key" ]; then
    echo "no URL and KEY of a running server: its clients were not tried"
    exit 0
fi
step "graphql-http: the audits of GraphQL over HTTP" node http_audits.mjs "$url" "$key"
step "Apollo Client: pages, normalisation, refusals, changes" node generated/js/apollo.js "$url" "$key"
step "urql: document cache and Graphcache" node generated/js/urql.js "$url" "$key"
step "graphql-ws, graphql-sse, urql, Apollo Client: live updates" node generated/js/live.js "$url" "$key"
awk '/^```js$/ { on = 1; next } on && /^```$/ { exit } on' ../../docs/live-updates.md >generated/follow.mjs
if command -v python3 >/dev/null 2>&1; then
    # In an environment of its own: the project has a package of the same name.
    if [ ! -x .venv-gql/bin/python ]; then
        echo "installing Python's gql ..."
        python3 -m venv .venv-gql
        .venv-gql/bin/python -m pip install --quiet --disable-pip-version-check "gql[aiohttp,websockets]==4.4.0" || { rm -rf .venv-gql; exit 1; }
    fi
    step "Python's gql: a query, mutations, live updates" .venv-gql/bin/python live_gql.py "$url" "$key"
fi
step "the example of docs/live-updates.md, ended and started again" node follow_scores.mjs "$PWD/generated/follow.mjs" "$url" "$key"
