-- Run once by a superuser, in the product's database: who owns it, and what PostgreSQL leaves open to everybody.
-- OWNER_PASSWORD=… psql --file=config/roles/server.sql survey
\getenv password OWNER_PASSWORD
\set owner survey_owner
SELECT format('CREATE ROLE %I LOGIN CREATEROLE CREATEDB', :'owner')
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'owner') \gexec
ALTER ROLE :"owner" PASSWORD :'password';
SELECT format('ALTER DATABASE %I OWNER TO %I', current_database(), :'owner') \gexec
ALTER SCHEMA public OWNER TO :"owner";
-- Large objects are nobody's table: no right on a table keeps anybody from them.
SELECT format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', oid::regprocedure)
FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND proname ~ '^(lo_|lowrite$|loread$)' \gexec
