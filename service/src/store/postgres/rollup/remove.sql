-- Takes away what install.sql made.
DROP TABLE IF EXISTS {schema}.coworking_analytics_delta, {schema}.coworking_analytics_days,
    {schema}.coworking_analytics_hours, {schema}.coworking_analytics_users, {schema}.coworking_analytics_state;
DROP FUNCTION IF EXISTS {schema}.coworking_analytics_counted() CASCADE;
DROP FUNCTION IF EXISTS {schema}.coworking_analytics_updated() CASCADE;
DROP FUNCTION IF EXISTS {schema}.coworking_analytics_truncated() CASCADE;
DROP FUNCTION IF EXISTS {schema}.coworking_analytics_fingerprint() CASCADE;
-- Of the first edition.
DROP FUNCTION IF EXISTS {schema}.coworking_analytics_inserted() CASCADE;
DROP FUNCTION IF EXISTS {schema}.coworking_analytics_deleted() CASCADE;
