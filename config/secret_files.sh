#!/bin/sh
# Takes the secrets that docker-compose.yml needs out of .env into the folder secrets, a file each, for docker-compose.secrets.yml.
# As root, so that each file is for the account alone that reads it: 10001 is the product's image, 999 that of PostgreSQL.
set -eu
umask 077

env=${ENV_FILE:-.env}
folder=${SECRETS:-secrets}
placeholder=in-a-file

value() {
    found=$(sed -n "s/^$1=//p" "$env" | tail -n 1)
    case "$found" in
        "" | "$placeholder") echo "$1 is not in $env, so nothing was written." >&2; exit 1 ;;
    esac
    printf '%s' "$found"
}

keep() {
    printf '%s\n' "$3" > "$folder/$1"
    chmod 0400 "$folder/$1"
    [ "$(id -u)" != 0 ] || chown "$2:$2" "$folder/$1"
}

key=$(value SECRET_KEY)
web=$(value DATABASE_WEB_PASSWORD)
worker=$(value DATABASE_WORKER_PASSWORD)
owner=$(value DATABASE_OWNER_PASSWORD)
super=$(value POSTGRES_PASSWORD)
at=$(sed -n 's/^DATABASE_AT=//p' "$env" | tail -n 1)
at=${at:-database:5432}

mkdir -p "$folder"
chmod 0711 "$folder"
keep secret_key 10001 "$key"
keep web_database_url 10001 "postgresql://survey_web:$web@$at/survey"
keep worker_database_url 10001 "postgresql://survey_worker:$worker@$at/survey"
keep owner_database_url 10001 "postgresql://survey_owner:$owner@$at/survey"
keep role_passwords 10001 "web=$web; worker=$worker"
keep owner_password 999 "$owner"
keep postgres_password 999 "$super"

# Compose asks whether these are set; what they are is in the files from now on.
new="$env.new"
sed -E "s/^(SECRET_KEY|POSTGRES_PASSWORD|DATABASE_(OWNER|WEB|WORKER)_PASSWORD)=.*/\1=$placeholder/" "$env" > "$new"
cat "$new" > "$env"
rm "$new"
echo "Seven files in $folder; in $env stands “$placeholder” in their place."
