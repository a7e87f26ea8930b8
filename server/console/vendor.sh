#!/bin/sh
# Fetches the console's third-party files again, from npm: run it after changing a version, and commit what it leaves in vendor/.
set -eu

graphiql=3.9.0 # the last line whose build is one file without Monaco and web workers
react=18.3.1

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

unpack() {
    (cd "$work" && npm pack --silent "$1@$2" >/dev/null && mkdir "$1" && tar xzf "$1-$2.tgz" -C "$1" --strip-components=1)
}
unpack graphiql "$graphiql"
unpack react "$react"
unpack react-dom "$react"

rm -rf "$here/vendor"
mkdir "$here/vendor"
# Source maps are not shipped, so no browser should ask for them.
sed '/^\/\/# sourceMappingURL=/d' "$work/graphiql/graphiql.min.js" >"$here/vendor/graphiql.min.js"
cp "$work/graphiql/graphiql.min.css" "$here/vendor/"
cp "$work/react/umd/react.production.min.js" "$work/react-dom/umd/react-dom.production.min.js" "$here/vendor/"
for package in graphiql react react-dom; do
    cp "$work/$package/LICENSE" "$here/vendor/LICENSE.$package"
done
ls -l "$here/vendor"
