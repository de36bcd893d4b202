# One image for web, worker, scheduler and migrations. It is built by the same set-up script that people and tests use.
FROM python:3.11-slim-bookworm AS base
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
       libpq5 liblz4-1 libzstd1 \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app

# Packages and styles, from lock files with hashes. Only these files decide whether this layer is built anew.
FROM base AS build
COPY pyproject.toml requirements*.txt package.json package-lock.json .npmrc ./
COPY config/bootstrap.py config/
COPY static static
RUN python config/bootstrap.py && rm .env
COPY . .
RUN SECRET_KEY=needed-to-start-but-used-for-nothing-while-building .venv/bin/python manage.py collectstatic --no-input

FROM base
RUN useradd --system --uid 10001 --no-create-home survey && install -d -o survey /backups
# pg_dump must be as new as the server; Debian's is not. What else they link to came with libpq5 above.
COPY --from=postgres:18-bookworm /usr/lib/postgresql/18/bin/pg_dump /usr/lib/postgresql/18/bin/pg_restore /usr/local/bin/
COPY --from=postgres:18-bookworm /usr/lib/*-linux-gnu/libpq.so.5* /usr/local/lib/
RUN ldconfig
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 HOME=/tmp
COPY --from=build /app/.venv .venv
COPY --from=build /app/static/build static/build
COPY --from=build /app/var/static var/static
COPY . .
USER survey
EXPOSE 8000
CMD ["gunicorn", "--bind", "0.0.0.0:8000", "config.wsgi"]
